using System.Collections.Frozen;
using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology.Building;

namespace MeshLint.Kuma.Topology;

/// <summary>What the control planes of a repository would make of it: Dataplanes, destinations, hostnames and endpoints, per control plane.</summary>
/// <remarks>
/// Put together from the values of its stages, each complete when made: topology, service states, hostnames, matches of MeshMultiZoneServices,
/// endpoints. Every list is in document order (creation order) unless it says otherwise. Outcomes that hang on creation time say so.
/// </remarks>
public sealed class MeshGraph
{
    private readonly MeshTopology topology;
    private readonly Dictionary<Destination, ServiceState> states;
    private readonly Dictionary<DestinationInstance, ImmutableArray<HostnameOutcome>> hostnames;
    private readonly Dictionary<DestinationInstance, ServiceMatches> matches;
    private readonly Dictionary<ZoneView, ZoneEndpoints> endpoints;

    internal MeshGraph(
        MeshTopology topology,
        Dictionary<Destination, ServiceState> states,
        Dictionary<DestinationInstance, ImmutableArray<HostnameOutcome>> hostnames,
        Dictionary<DestinationInstance, ServiceMatches> matches,
        Dictionary<ZoneView, ZoneEndpoints> endpoints)
    {
        this.topology = topology;
        this.states = states;
        this.hostnames = hostnames;
        this.matches = matches;
        this.endpoints = endpoints;
    }

    /// <summary>The Kuma line that all control planes run.</summary>
    public KumaVersion Version => topology.Version;

    /// <summary>One per control plane: in the order of the configuration, an implied Global last.</summary>
    public ImmutableArray<ZoneView> Views => topology.Views;

    /// <summary>The meshes, by name, then by home.</summary>
    public ImmutableArray<MeshInfo> Meshes => topology.Meshes;

    /// <summary>The Dataplanes of all zones, each once.</summary>
    public ImmutableArray<Dataplane> Dataplanes => topology.Dataplanes;

    /// <summary>The destinations, each once, where it is born.</summary>
    public ImmutableArray<Destination> Destinations => topology.Destinations;

    /// <summary>The Workloads of all zones (2.13 and later).</summary>
    public ImmutableArray<Workload> Workloads => topology.Workloads;

    /// <summary>Generated MeshServices whose Dataplanes disagree.</summary>
    public ImmutableArray<PortConflict> PortConflicts => topology.PortConflicts;

    /// <summary>Names that give no generated MeshService.</summary>
    public ImmutableArray<SkippedName> SkippedNames => topology.SkippedNames;

    /// <summary>Documents that overwrite an earlier one of the same key.</summary>
    public ImmutableArray<Overwrite> Overwrites => topology.Overwrites;

    /// <summary>Kubernetes Secrets whose type makes them Kuma's, in document order.</summary>
    public ImmutableArray<KubernetesObject> KubernetesSecrets => topology.KubernetesSecrets;

    /// <summary>The view of the control plane that a place belongs to.</summary>
    public ZoneView ViewOf(ControlPlane place) => topology.ViewOf(place);

    /// <summary>What each control plane has of a destination: its home first, then the others in the order of <see cref="Views"/>.</summary>
    public ImmutableArray<DestinationInstance> InstancesOf(Destination destination) => topology.InstancesOf(destination);

    /// <summary>The instance of a destination in its home.</summary>
    public DestinationInstance LocalOf(Destination destination) => topology.InstancesOf(destination)[0];

    /// <summary>What the zone of a MeshService computes about it. Other kinds have no state and are available.</summary>
    public ServiceState StateOf(Destination destination) => states.GetValueOrDefault(destination, ServiceState.None);

    /// <summary>Outcome per HostnameGenerator that applies, ordered by the generator's core name. Empty on a Global, which computes none.</summary>
    public ImmutableArray<HostnameOutcome> HostnamesOf(DestinationInstance instance) => hostnames.GetValueOrDefault(instance, []);

    /// <summary>
    /// The MeshServices of its control plane that a MeshMultiZoneService matches, in the order of <c>status.meshServices</c>, other meshes
    /// included. Empty for other kinds and on a Global.
    /// </summary>
    public ImmutableArray<DestinationInstance> MatchesOf(DestinationInstance instance) => matches.TryGetValue(instance, out var found) ? found.Services : [];

    /// <summary>There are more of <see cref="MatchesOf(DestinationInstance)"/> than are listed, or may be (<c>Bindings.Limits</c>).</summary>
    public bool AreMatchesCut(DestinationInstance instance) => matches.TryGetValue(instance, out var found) && found.IsCut;

    /// <summary>The MeshServices that a MeshMultiZoneService matches in any control plane, other meshes included.</summary>
    public IEnumerable<DestinationInstance> MatchesOf(Destination destination) => InstancesOf(destination).SelectMany(i => MatchesOf(i));

    /// <summary>Endpoints per port (parallel to <see cref="Destination.Ports"/>) as a proxy of its zone has them. Empty on a Global.</summary>
    /// <remarks>
    /// Computed for the whole control plane when somebody asks first: there may be many more endpoints than documents, and few findings need
    /// them.
    /// </remarks>
    public ImmutableArray<ImmutableArray<Endpoint>> EndpointsOf(DestinationInstance instance) =>
        endpoints.TryGetValue(ViewOf(instance.ControlPlane), out var zone) ? zone.Of(instance) : [];

    /// <summary>2.x: the <c>kuma.io/service</c> values that proxies of a zone know, by mesh and name. Empty on a Global and in 3.0.</summary>
    public FrozenDictionary<(string Mesh, string Name), LegacyService> LegacyServicesOf(ZoneView view) =>
        endpoints.TryGetValue(view, out var zone) ? zone.LegacyServices : FrozenDictionary<(string Mesh, string Name), LegacyService>.Empty;
}
