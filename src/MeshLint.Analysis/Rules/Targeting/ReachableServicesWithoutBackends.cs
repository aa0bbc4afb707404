using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>A Dataplane that lists <c>reachableServices</c> but no <c>reachableBackends</c>.</summary>
/// <remarks>Mirrors kuma: pkg/xds/sync/dataplane_proxy_builder.go. Conditions B22 and C37 of docs/coverage.md.</remarks>
internal sealed class ReachableServicesWithoutBackends : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3006", "reachable-services-without-backends", "A Dataplane with reachableServices alone reaches no MeshService",
        RuleCategory.Targeting, Severity.Warning) { When = static b => b.ReachableServices };

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
        var hasMeshServices = context.Compilation.Graph.ViewOf(dataplane.Place).Meshes.TryGetValue(dataplane.Mesh, out var mesh)
            && mesh.Mode != MeshServicesMode.Disabled && mesh.IsDeclared;
        if (!hasMeshServices || dataplane.ReachableServices.IsEmpty || dataplane.ReachableBackends is not null || !dataplane.IsTransparent)
            return;
        var node = declared.Dataplane.ReachableServices;
        context.Report(
                Descriptor,
                node.Exists ? Location.OfKey(node) : dataplane.Location,
                $"{RuleText.Name(dataplane)} has 'reachableServices' but no 'reachableBackends', so it reaches no MeshService")
            .On(declared)
            .Help("list the MeshServices under 'reachableBackends'");
    }
}
