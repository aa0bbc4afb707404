using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;

namespace MeshLint.Core.Rules.Targeting;

/// <summary>Settings that narrow what a proxy can reach further than they look.</summary>
/// <remarks>
/// Mirrors kuma: pkg/xds/sync/dataplane_proxy_builder.go and pkg/xds/context/destination_index.go. Conditions B19–B22 and C37 of
/// docs/coverage.md.
/// </remarks>
internal sealed class Reachability : Rule
{
    public static readonly DiagnosticDescriptor Nothing = new(
        "ML3004", "nothing-reachable", "An empty reachableBackends lets a proxy reach nothing", RuleCategory.Targeting, Severity.Warning);

    public static readonly DiagnosticDescriptor OutboundNarrows = new(
        "ML3005", "outbound-with-transparent-proxy", "Outbounds of a transparent proxy are not listened on", RuleCategory.Targeting, Severity.Warning);

    public static readonly DiagnosticDescriptor ServicesOnly = new(
        "ML3006", "reachable-services-without-backends", "A list of reachableServices alone keeps MeshServices out of reach", RuleCategory.Targeting, Severity.Warning) { When = static b => b.ReachableServices };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Nothing, OutboundNarrows, ServicesOnly];

    public override void Analyze(RuleContext context)
    {
        foreach (var dataplane in context.Compilation.Graph.Dataplanes)
        {
            if (dataplane.Declared is not { } declared)
                continue;
            var networking = declared.Spec["networking"];
            var proxying = networking["transparentProxying"];
            if (dataplane.ReachableBackends is { IsEmpty: true })
            {
                var node = proxying["reachableBackends"];
                context.Report(Nothing, node.Exists ? Location.OfKey(node) : dataplane.Location, $"{RuleText.Name(dataplane)} has 'reachableBackends' without 'refs', so it reaches nothing")
                    .On(declared)
                    .Help("list the backends under 'refs', or leave 'reachableBackends' out to reach everything");
            }

            if (dataplane.IsTransparent && !dataplane.Outbounds.IsEmpty)
            {
                var node = networking["outbound"];
                context.Report(OutboundNarrows, node.Exists ? Location.OfKey(node) : dataplane.Location, $"{RuleText.Name(dataplane)} has transparent proxying, so its outbounds are not listened on")
                    .On(declared)
                    .Note(context.Version.Behaviour.OutboundsNarrowReach
                        ? "as soon as one of their backendRefs resolves, only those destinations are reachable, and 'reachableBackends' are not read"
                        : "they have no effect")
                    .Help("remove 'outbound'; use 'transparentProxying.reachableBackends' to narrow what the proxy reaches");
            }

            var exclusive = context.Compilation.Graph.ViewOf(dataplane.Place).Meshes.TryGetValue(dataplane.Mesh, out var mesh) && mesh.Mode != MeshServicesMode.Disabled && mesh.IsDeclared;
            if (exclusive && !dataplane.ReachableServices.IsEmpty && dataplane.ReachableBackends is null && dataplane.IsTransparent)
            {
                var node = proxying["reachableServices"];
                context.Report(ServicesOnly, node.Exists ? Location.OfKey(node) : dataplane.Location, $"{RuleText.Name(dataplane)} has 'reachableServices' but no 'reachableBackends', so it reaches no MeshService")
                    .On(declared)
                    .Help("list the MeshServices under 'reachableBackends'");
            }
        }
    }
}
