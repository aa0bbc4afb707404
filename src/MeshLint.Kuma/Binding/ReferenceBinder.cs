using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Binds every reference of every document in each control plane where the document takes effect (docs/kuma/references.md).
/// </summary>
/// <remarks>
/// A document takes effect in the zones that have it, its own or a copy; a Global has no proxies, so it counts only where no zone is
/// known. Each query is an index lookup, and equal ones are answered once, so the work grows with the references and what they find.
/// </remarks>
public static class ReferenceBinder
{
    /// <summary>Binds all references. A graph is bound once: what its selections may find together is used up on the way.</summary>
    /// <param name="graph">The graph.</param>
    public static Bindings Bind(MeshGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var work = new Work(graph);
        foreach (var dataplane in graph.Dataplanes)
            work.AddDataplane(dataplane);
        foreach (var destination in graph.Destinations)
            work.AddDestination(destination);
        foreach (var mesh in graph.Meshes)
            work.AddMesh(mesh);
        work.AddResources();
        var references = work.Finish();
        foreach (var view in graph.Views)
            view.Budget.Freeze();
        return new Bindings(graph, references);
    }

    private sealed class Work
    {
        private readonly MeshGraph graph;
        private readonly Dictionary<ZoneView, BindingScope> scopes = [];
        private readonly ImmutableArray<BindingScope> active;
        private readonly Dictionary<ControlPlane, int> activePositions = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<StoredResource, List<int>> meshPlaces = new(ReferenceEqualityComparer.Instance);
        private readonly List<(int Order, int Rank, List<Reference> References)> parts = [];

        public Work(MeshGraph graph)
        {
            this.graph = graph;
            var candidates = new CandidateFinder(graph);
            foreach (var view in graph.Views)
                scopes[view] = new BindingScope(graph, view, candidates);
            ImmutableArray<BindingScope> zones = [.. graph.Views.Where(static v => !v.ControlPlane.IsGlobal).Select(v => scopes[v])];
            active = zones.IsEmpty ? [.. graph.Views.Select(v => scopes[v])] : zones;
            for (var i = 0; i < active.Length; i++)
                activePositions[active[i].View.ControlPlane] = i;
            IndexMeshes();
            ImmutableArray<BindingScope> federated = [.. zones.Where(static s => s.View.ControlPlane.IsFederated)];
            var common = new SpiffeIndex(federated);
            foreach (var scope in scopes.Values)
            {
                scope.Peers = scope.View.ControlPlane.IsFederated ? federated : [scope];
                scope.SpiffeIds = scope.View.ControlPlane.IsFederated ? common : new SpiffeIndex([scope]);
            }
        }

        public void AddDataplane(Dataplane dataplane)
        {
            var scope = scopes[graph.ViewOf(dataplane.Place)];
            ImmutableArray<Occurrence> occurrences = [new Occurrence(scope, Referrer.Of(dataplane.Mesh, dataplane.Labels))];
            var collector = Begin(dataplane.Declared, dataplane, occurrences, dataplane.Declared?.Order ?? dataplane.Order);
            if (dataplane.Declared is { } declared)
                NamedBinder.BindMesh(collector, declared);
            DataplaneBinder.Bind(collector, dataplane);
        }

        public void AddDestination(Destination destination)
        {
            if (destination.Declared is not { } declared)
                return;
            ImmutableArray<Occurrence> occurrences =
            [
                .. destination.Instances.Where(i => activePositions.ContainsKey(i.ControlPlane))
                    .OrderBy(i => activePositions[i.ControlPlane])
                    .Select(i => new Occurrence(active[activePositions[i.ControlPlane]], Referrer.Of(i.Mesh, i.Labels))),
            ];
            var home = scopes[graph.ViewOf(destination.Home)];
            var collector = Begin(declared, null, occurrences, declared.Order);
            NamedBinder.BindMesh(collector, declared);
            switch (destination.Kind)
            {
                case DestinationKind.MeshService:
                    // Copies select nothing; only the zone of birth has the Dataplanes.
                    SelectorBinder.BindMeshService(collector.Only(home), destination);
                    break;
                case DestinationKind.MeshMultiZoneService:
                    SelectorBinder.BindMultiZone(collector, destination);
                    break;
                default:
                    NamedBinder.BindSecrets(collector, declared, declared.MeshExternalService.Tls, "tls");
                    break;
            }
        }

        public void AddMesh(MeshInfo mesh)
        {
            if (mesh.Document is not { } document)
                return;
            ImmutableArray<Occurrence> occurrences =
            [
                .. (meshPlaces.GetValueOrDefault(document) ?? []).Select(i => new Occurrence(active[i], Referrer.Of(mesh.Name, document.Labels))),
            ];
            NamedBinder.BindMeshDocument(Begin(document, null, occurrences, document.Order), document);
        }

        /// <summary>In which control planes each Mesh document counts; those of one deployment share their table of meshes.</summary>
        private void IndexMeshes()
        {
            foreach (var deployment in Enumerable.Range(0, active.Length).GroupBy(i => active[i].View.Meshes, ReferenceEqualityComparer.Instance))
            {
                var positions = deployment.ToList();
                foreach (var mesh in active[positions[0]].View.Meshes.Values)
                {
                    if (mesh.Document is { } document && !meshPlaces.TryAdd(document, positions))
                        meshPlaces[document] = [.. meshPlaces[document].Concat(positions).Order()];
                }
            }
        }

        public void AddResources()
        {
            var places = new Dictionary<StoredResource, List<(BindingScope Scope, ResourceInstance Instance)>>();
            foreach (var view in graph.Views)
            {
                var scope = scopes[view];
                var isActive = activePositions.ContainsKey(view.ControlPlane);
                foreach (var instance in view.Resources)
                {
                    if (instance.Stored is not { } stored)
                        continue;
                    if (!places.TryGetValue(stored, out var list))
                        places[stored] = list = new(1);
                    if (isActive)
                        list.Add((scope, instance));
                }
            }

            foreach (var (stored, list) in places)
                AddResource(stored, list);
        }

        private void AddResource(StoredResource stored, List<(BindingScope Scope, ResourceInstance Instance)> places)
        {
            var occurrences = ImmutableArray.CreateBuilder<Occurrence>(places.Count);
            foreach (var (scope, instance) in places)
                occurrences.Add(new Occurrence(scope, Referrer.Of(stored.Mesh, instance.Labels)));
            var collector = Begin(stored, null, occurrences.MoveToImmutable(), stored.Order);
            if (stored.KindInfo.IsMeshScoped)
                NamedBinder.BindMesh(collector, stored);
            switch (stored.KindInfo.Group)
            {
                case KindGroup.Policy:
                    PolicyBinder.Bind(collector, stored);
                    if (stored.Kind is "MeshHTTPRoute" or "MeshTCPRoute")
                        RouteBinder.Bind(collector, stored.Policy, stored.Kind == "MeshHTTPRoute");
                    if (stored.Kind is "MeshAccessLog" or "MeshMetric" or "MeshTrace")
                        NamedBinder.BindOpenTelemetry(collector, stored);
                    return;
                case KindGroup.LegacyPolicy or KindGroup.Gateway:
                    LegacyBinder.Bind(collector, stored);
                    break;
            }

            switch (stored.Kind)
            {
                case "TrafficTrace" or "TrafficLog":
                    NamedBinder.BindMeshBackend(collector, stored);
                    break;
                case "ExternalService":
                    NamedBinder.BindSecrets(collector, stored, stored.Spec["networking"]["tls"], "networking.tls");
                    break;
                case "MeshGateway":
                    NamedBinder.BindSecrets(collector, stored, stored.Spec["conf"], "conf");
                    break;
                case "MeshIdentity":
                    SelectorBinder.BindIdentity(collector, stored);
                    NamedBinder.BindSecrets(collector, stored, stored.MeshIdentity.Provider, "provider");
                    break;
                case "HostnameGenerator":
                    SelectorBinder.BindGenerator(collector, stored, places.ToDictionary(static p => p.Scope, static p => p.Instance));
                    break;
            }
        }

        public ImmutableArray<Reference> Finish()
        {
            parts.Sort(static (a, b) => a.Order != b.Order ? a.Order.CompareTo(b.Order) : a.Rank.CompareTo(b.Rank));
            var references = ImmutableArray.CreateBuilder<Reference>(parts.Sum(static p => p.References.Count));
            foreach (var part in parts)
                references.AddRange(part.References);
            return references.MoveToImmutable();
        }

        private ReferenceCollector Begin(StoredResource? stored, Dataplane? dataplane, ImmutableArray<Occurrence> occurrences, int order)
        {
            var references = new List<Reference>();
            parts.Add((order, parts.Count, references));
            return new ReferenceCollector(stored, dataplane, occurrences, references);
        }
    }
}
