using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>Mode ReachableBackends, and proxies that list none: they keep their old outbounds and get none of MeshServices.</summary>
/// <remarks>
/// Mirrors kuma: pkg/xds/sync/dataplane_proxy_builder.go. Condition B23 of docs/coverage.md. One finding a mesh; those with
/// reachableServices are reachable-services-without-backends.
/// </remarks>
internal sealed class NoReachableBackends : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3201", "no-reachable-backends", "In mode ReachableBackends proxies that list no backends see no MeshService",
        RuleCategory.Targeting, Severity.Info) { When = static b => !b.AlwaysExclusive };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var graph = context.Compilation.Graph;
        var without = new Dictionary<MeshInfo, List<Dataplane>>(ReferenceEqualityComparer.Instance);
        foreach (var dataplane in graph.Dataplanes)
        {
            if (!dataplane.IsTransparent || dataplane.ReachableBackends is not null || !dataplane.ReachableServices.IsEmpty
                || dataplane.Gateway == GatewayType.Builtin
                || !graph.ViewOf(dataplane.Place).Meshes.TryGetValue(dataplane.Mesh, out var mesh)
                || mesh is not { Mode: MeshServicesMode.ReachableBackends, IsDeclared: true })
                continue;
            if (!without.TryGetValue(mesh, out var list))
                without[mesh] = list = [];
            list.Add(dataplane);
        }

        foreach (var (mesh, dataplanes) in without)
        {
            if (mesh.Document is not { } document)
                continue;
            var finding = context.Report(
                    Descriptor,
                    RuleText.At(document.Spec["meshServices"]["mode"], document.Resource.Location),
                    $"{RuleText.Count(dataplanes.Count, "Dataplane")} of mesh '{mesh.Name}' {(dataplanes.Count == 1 ? "lists" : "list")} "
                        + "no 'reachableBackends', so they reach no MeshService, MeshMultiZoneService or MeshExternalService")
                .On(document)
                .Help("list the backends on each Dataplane that uses them");
            foreach (var dataplane in dataplanes.Take(3))
                finding.Related(dataplane.Location, "lists none");
        }
    }
}
