using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>A Dataplane with outbounds and transparent proxying.</summary>
/// <remarks>Mirrors kuma: pkg/xds/sync/dataplane_proxy_builder.go. Conditions B20 and B21 of docs/coverage.md.</remarks>
internal sealed class OutboundWithTransparentProxy : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3005", "outbound-with-transparent-proxy", "A transparent proxy does not listen on its outbounds", RuleCategory.Targeting,
        Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var dataplane in context.Compilation.Graph.Dataplanes)
        {
            if (dataplane.Declared is { } declared)
                Check(context, dataplane, declared);
        }
    }

    private static void Check(RuleContext context, Dataplane dataplane, StoredResource declared)
    {
        if (!dataplane.IsTransparent || dataplane.Outbounds.IsEmpty)
            return;
        var node = declared.Dataplane.Outbounds;
        context.Report(
                Descriptor,
                node.Exists ? Location.OfKey(node) : dataplane.Location,
                $"{RuleText.Name(dataplane)} has transparent proxying, so it does not listen on its outbounds")
            .On(declared)
            .Note(context.Version.Behaviour.OutboundsNarrowReach
                ? "as soon as one of their backendRefs resolves, only those destinations are reachable, and 'reachableBackends' is not read"
                : "they have no effect")
            .Help("remove 'outbound'; use 'transparentProxying.reachableBackends' to limit what the proxy reaches");
    }
}
