using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>What traffic from zone to zone needs: an identity on the mesh, and an ingress in each zone.</summary>
/// <remarks>Mirrors kuma: pkg/xds/topology/outbound.go. One finding a mesh or zone. Conditions H01 and H02 of docs/coverage.md.</remarks>
internal sealed class CrossZoneFamily(ImmutableArray<CrossZoneRule> rules) : RuleFamily<CrossZoneRule>(rules)
{
    public override void Analyze(RuleContext context)
    {
        var graph = context.Compilation.Graph;
        var uses = new Dictionary<(CrossZoneRule Rule, string Key), CrossZoneUse>();
        foreach (var instance in UsedElsewhere(context.Compilation.Bindings))
        {
            var view = graph.ViewOf(instance.ControlPlane);
            if (!view.Meshes.TryGetValue(instance.Mesh, out var mesh))
                continue;
            var hasIdentity = HasIdentity(view, mesh);
            foreach (var rule in Rules)
            {
                if (rule.KeyOf(instance, mesh, hasIdentity) is not { } key)
                    continue;
                if (!uses.TryGetValue((rule, key), out var use))
                    uses[(rule, key)] = use = new CrossZoneUse(key, instance, new HashSet<Destination>(ReferenceEqualityComparer.Instance));
                use.All.Add(instance.Destination);
            }
        }

        foreach (var ((rule, _), use) in uses)
            rule.Report(context, use);
    }

    // The copies of MeshServices that something in their zone means to send to, and that have no endpoint there.
    private static IEnumerable<DestinationInstance> UsedElsewhere(Bindings bindings)
    {
        var used = new HashSet<DestinationInstance>(ReferenceEqualityComparer.Instance);
        foreach (var view in bindings.Graph.Views)
        {
            if (!view.ControlPlane.IsFederated)
                continue;
            foreach (var instance in view.Destinations)
            {
                if (instance.Kind == DestinationKind.MeshMultiZoneService)
                    used.UnionWith(instance.MatchedServices.Where(m => m.Mesh == instance.Mesh));
            }
        }

        foreach (var reference in bindings.References)
        {
            if (reference.Edge is not (ReferenceEdge.BackendRef or ReferenceEdge.Outbound or ReferenceEdge.ReachableBackend))
                continue;
            foreach (var outcome in reference.Outcomes)
            {
                if (outcome.ControlPlane.IsFederated && outcome.Status == ReferenceStatus.Resolved)
                    used.UnionWith(outcome.Targets.Select(static t => t.Destination).OfType<DestinationInstance>());
            }
        }

        return used.Where(i => i is { Kind: DestinationKind.MeshService, IsLocal: false, Destination: { IsAvailable: true, Selected.IsEmpty: false, Home.IsGlobal: false } }
                && !i.Endpoints.IsEmpty && i.Endpoints.All(static e => e.IsEmpty))
            .OrderBy(i => i.Destination.Order).ThenBy(i => i.ControlPlane.Name, StringComparer.Ordinal);
    }

    private static bool HasIdentity(ZoneView view, MeshInfo mesh) =>
        mesh.HasMtls || (view.Version.Behaviour.MeshIdentities && !view.ResourcesOf("MeshIdentity", mesh.Name).IsEmpty);
}
