using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>A Dataplane whose <c>reachableBackends</c> has no refs.</summary>
/// <remarks>Mirrors kuma: pkg/xds/sync/dataplane_proxy_builder.go. Condition B19 of docs/coverage.md.</remarks>
internal sealed class NothingReachable : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3004", "nothing-reachable", "An empty reachableBackends lets a proxy reach nothing", RuleCategory.Targeting, Severity.Warning);

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
        if (dataplane.ReachableBackends is not { IsEmpty: true })
            return;
        var node = declared.Dataplane.ReachableBackends;
        context.Report(
            Descriptor,
            node.Exists ? Location.OfKey(node) : dataplane.Location,
            $"{RuleText.Name(dataplane)} has 'reachableBackends' without 'refs', so it reaches nothing")
            .On(declared)
            .Help("list the backends under 'refs', or remove 'reachableBackends' to reach everything");
    }
}
