using MeshLint.Kuma.Model;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>A Dataplane as a Global has it: copied from its zone.</summary>
public sealed record DataplaneInstance(Dataplane Dataplane, ControlPlane ControlPlane, string CoreName, LabelSet Labels);

/// <summary>Everything that one control plane has, its own and what was copied to it, with indexes. Immutable; thread-safe.</summary>
/// <remarks>References are resolved here: in each control plane where their document takes effect.</remarks>
public sealed class ZoneView
{
    private readonly Lazy<PairIndex<DestinationInstance>> destinationPairs;
    private readonly Lazy<Dictionary<Identity, ImmutableArray<DestinationInstance>>> destinationIdentities;
    private readonly Lazy<PairIndex<ResourceInstance>> resourcePairs;
    private readonly Lazy<Dictionary<(string Kind, string Mesh), ImmutableArray<ResourceInstance>>> resourceKinds;
    private readonly Lazy<Dictionary<Identity, ImmutableArray<ResourceInstance>>> resourceIdentities;
    private readonly Lazy<DataplaneIndex> dataplaneIndex;
    private readonly Lazy<WorkBudget> budget;
    private readonly Lazy<Building.IdentityBook> identities;

    internal ZoneView(KumaVersion version)
    {
        Version = version;
        destinationPairs = new(() => new(Destinations, static d => (d.Destination.KindName, d.Mesh, d.Labels), DisplayNameOf, Budget));
        destinationIdentities = new(() => Group(Destinations, Destinations.Length, static d => new Identity(d.Destination.KindName, d.Mesh, Zone(d.Labels), Namespace(d.Labels), d.DisplayName)));
        resourcePairs = new(() => new(Resources, static r => (r.Kind, r.Mesh, r.Labels), null, Budget));
        resourceKinds = new(() => Group(Resources, 0, static r => (r.Kind, r.Mesh)));
        resourceIdentities = new(() => Group(Resources, Resources.Length, static r => new Identity(r.Kind, r.Mesh, r.ZoneLabel, r.NamespaceLabel, r.DisplayName)));
        dataplaneIndex = new(() => new(Dataplanes, Budget));
        budget = new(() => new WorkBudget(Destinations.Length + Resources.Length + Dataplanes.Length));
        identities = new(() => new(this));

        // The destination index of 3.0 falls back to the core name where the label is absent (kuma: pkg/xds/context/destination_index.go).
        string? DisplayNameOf(DestinationInstance d) => version.Behaviour.DisplayNameOfEveryResource ? d.DisplayName : null;
    }

    public KumaVersion Version { get; }

    public required ControlPlane ControlPlane { get; init; }

    /// <summary>Not configured: the Global that federated zones must have.</summary>
    public bool IsImplied { get; init; }

    /// <summary>The meshes that the control plane has, by name.</summary>
    public required FrozenDictionary<string, MeshInfo> Meshes { get; init; }

    /// <summary>The Dataplanes of the zone in creation order; empty on a Global.</summary>
    public required ImmutableArray<Dataplane> Dataplanes { get; init; }

    /// <summary>A Global's copies of the Dataplanes of its zones; empty in a zone.</summary>
    public ImmutableArray<DataplaneInstance> DataplaneCopies { get; init; } = [];

    /// <summary>MeshServices, MeshMultiZoneServices and MeshExternalServices, own ones and copies, in creation order as far as documents tell.</summary>
    public required ImmutableArray<DestinationInstance> Destinations { get; init; }

    /// <summary>Everything else that is neither Dataplane, destination, Mesh nor Workload: policies, routes, generators, identities, zone proxies, addresses, secrets, in creation order.</summary>
    public required ImmutableArray<ResourceInstance> Resources { get; init; }

    /// <summary>Workloads (2.13 and later).</summary>
    public ImmutableArray<WorkloadInstance> Workloads { get; init; } = [];

    /// <summary>2.x: the <c>kuma.io/service</c> values that proxies of the zone know, by mesh and name. Empty on a Global and in 3.0.</summary>
    public FrozenDictionary<(string Mesh, string Name), LegacyService> LegacyServices { get; internal set; } =
        FrozenDictionary<(string Mesh, string Name), LegacyService>.Empty;

    /// <summary>What all selections of the control plane may find together.</summary>
    internal WorkBudget Budget => budget.Value;

    internal DataplaneIndex DataplaneIndex => dataplaneIndex.Value;

    /// <summary>The MeshIdentities of the zone.</summary>
    internal Building.IdentityBook Identities => identities.Value;

    /// <summary>The mesh of that name; every mesh that a resource of this control plane names is there.</summary>
    internal MeshInfo MeshOf(string name) => Meshes[name];

    /// <summary>
    /// The destinations with that KRI identity; more than one where two have the same (condition A07 of docs/coverage.md).
    /// </summary>
    public ImmutableArray<DestinationInstance> FindDestinations(DestinationKind kind, string mesh, string zone, string ns, string displayName) =>
        destinationIdentities.Value.GetValueOrDefault(new Identity(KindName(kind), mesh, zone, ns, displayName), []);

    /// <summary>The destinations of a mesh that have all the labels, in creation order. An empty query finds nothing.</summary>
    public ImmutableArray<DestinationInstance> FindDestinations(DestinationKind kind, string mesh, LabelSet labels) =>
        destinationPairs.Value.Find(KindName(kind), mesh, labels);

    /// <summary>The resources of a kind in a mesh ("" for kinds without one), in creation order.</summary>
    public ImmutableArray<ResourceInstance> ResourcesOf(string kind, string mesh) => resourceKinds.Value.GetValueOrDefault((kind, mesh), []);

    /// <summary>The resources of a kind with that KRI identity.</summary>
    public ImmutableArray<ResourceInstance> FindResources(string kind, string mesh, string zone, string ns, string displayName) =>
        resourceIdentities.Value.GetValueOrDefault(new Identity(kind, mesh, zone, ns, displayName), []);

    /// <summary>The resources of a kind in a mesh that have all the labels, in creation order. An empty query finds nothing.</summary>
    public ImmutableArray<ResourceInstance> FindResources(string kind, string mesh, LabelSet labels) => resourcePairs.Value.Find(kind, mesh, labels);

    /// <summary>The Dataplanes of a mesh, in creation order.</summary>
    public ImmutableArray<Dataplane> DataplanesOf(string mesh) => dataplaneIndex.Value.OfMesh(mesh);

    /// <summary>The Dataplane of that core name, or null.</summary>
    public Dataplane? FindDataplane(string mesh, string coreName) => dataplaneIndex.Value.ByCoreName(mesh, coreName);

    /// <summary>The Dataplanes whose labels have all the pairs, in creation order. An empty query finds all of the mesh.</summary>
    public ImmutableArray<Dataplane> FindDataplanes(string mesh, LabelSet labels) => dataplaneIndex.Value.ByLabels(mesh, labels);

    /// <summary>The Dataplanes with the pair on some inbound, whatever its state, in creation order.</summary>
    public ImmutableArray<Dataplane> FindDataplanesByTag(string mesh, string key, string value) => dataplaneIndex.Value.ByTag(mesh, key, value);

    private static string KindName(DestinationKind kind) => kind switch
    {
        DestinationKind.MeshService => "MeshService",
        DestinationKind.MeshMultiZoneService => "MeshMultiZoneService",
        _ => "MeshExternalService",
    };

    private static string Zone(LabelSet labels) => labels[WellKnown.Zone] ?? "";

    private static string Namespace(LabelSet labels) => labels[WellKnown.Namespace] ?? "";

    private static Dictionary<TKey, ImmutableArray<T>> Group<T, TKey>(ImmutableArray<T> items, int expectedKeys, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        // Nearly every key has one item: a list is only made where there is a second.
        var result = new Dictionary<TKey, ImmutableArray<T>>(expectedKeys);
        var many = new Dictionary<TKey, ImmutableArray<T>.Builder>();
        foreach (var item in items)
        {
            var key = keyOf(item);
            ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(result, key, out var exists);
            if (!exists)
            {
                found = [item];
                continue;
            }

            if (!many.TryGetValue(key, out var list))
            {
                many[key] = list = ImmutableArray.CreateBuilder<T>();
                list.AddRange(found);
            }

            list.Add(item);
        }

        foreach (var (key, list) in many)
            result[key] = list.DrainToImmutable();
        return result;
    }

    private readonly record struct Identity(string Kind, string Mesh, string Zone, string Namespace, string DisplayName);
}
