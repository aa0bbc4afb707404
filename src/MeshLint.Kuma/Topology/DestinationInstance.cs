using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>How an endpoint is reached.</summary>
public enum EndpointRoute
{
    /// <summary>A Dataplane of the same zone.</summary>
    Local,

    /// <summary>The zone proxy of another zone.</summary>
    ZoneIngress,

    /// <summary>The egress of the own zone, on the way to an external service.</summary>
    ZoneEgress,

    /// <summary>The external address itself.</summary>
    External,
}

/// <summary>An endpoint as a proxy's cluster shows it.</summary>
/// <param name="Route">How it is reached.</param>
/// <param name="Zone">Zone of the endpoint; "" where unknown.</param>
/// <param name="Dataplane">The Dataplane, for a local one.</param>
/// <param name="Address">Address that the cluster holds; "" where only the running Kubernetes cluster knows it.</param>
/// <param name="Port">Port that the cluster holds; 0 where only the running Kubernetes cluster knows it.</param>
/// <param name="Priority">0 local, 1 remote.</param>
/// <param name="Weight">Share of the load among endpoints of one priority; only legacy services have other weights than 1.</param>
public sealed record Endpoint(EndpointRoute Route, string Zone, Dataplane? Dataplane, string Address, int Port, int Priority, int Weight = 1);

/// <summary>Why a generator gives a resource a hostname or does not (<c>status.hostnameGenerators[].conditions</c>).</summary>
public enum HostnameReason
{
    Generated,
    Collision,
    TemplateError,
}

/// <summary>
/// What one HostnameGenerator does to one destination in one control plane (docs/kuma/hostnames.md#order-and-collisions).
/// </summary>
public sealed record HostnameOutcome
{
    public required ResourceInstance Generator { get; init; }

    public required HostnameReason Reason { get; init; }

    /// <summary>The rendered hostname, also of the loser of a collision; "" where the template fails.</summary>
    public required string Hostname { get; init; }

    /// <summary>Message of the condition as the control plane writes it; "" for Generated.</summary>
    public string Message { get; init; } = "";

    /// <summary>Which limit of MeshLint the template exceeds (then <see cref="HostnameReason.TemplateError"/> only says that there is no hostname); null for most.</summary>
    public string? Excess { get; init; }

    /// <summary>The destination that has the hostname, for a collision.</summary>
    public DestinationInstance? Winner { get; init; }

    /// <summary>Another creation order of the colliding destinations or generators would change the winner.</summary>
    public bool DependsOnOrder { get; init; }
}

/// <summary>
/// A destination as one control plane has it: born there, or copied there under a hashed name (docs/kuma/multi-zone.md#replication).
/// </summary>
public sealed class DestinationInstance
{
    public required Destination Destination { get; init; }

    /// <summary>The control plane that has it.</summary>
    public required ControlPlane ControlPlane { get; init; }

    /// <summary>Its name in that control plane's store; hashed for a copy.</summary>
    public required string CoreName { get; init; }

    /// <summary>Its labels there.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>Rank by creation in that control plane, as far as documents tell; smaller is older. Copies count from their arrival, which documents do not tell.</summary>
    public required int Order { get; init; }

    /// <summary>Born here.</summary>
    public bool IsLocal => ReferenceEquals(Destination.Home, ControlPlane);

    /// <summary>Outcome per HostnameGenerator that applies, ordered by the generator's core name. Empty on a Global, which computes none.</summary>
    public ImmutableArray<HostnameOutcome> Hostnames { get; internal set; } = [];

    /// <summary>MeshMultiZoneService: the MeshServices of this control plane that it matches, in the order of <c>status.meshServices</c>, other meshes included.</summary>
    public ImmutableArray<DestinationInstance> MatchedServices { get; internal set; } = [];

    /// <summary>There are more <see cref="MatchedServices"/> than are listed, or may be (<c>Bindings.Limits</c>).</summary>
    public bool IsCut { get; internal set; }

    /// <summary>Endpoints per port (parallel to <see cref="Destination.Ports"/>) as a proxy of this zone has them. Empty arrays on a Global.</summary>
    /// <remarks>Computed for the whole control plane when somebody asks first: there may be many more endpoints than documents, and few findings need them.</remarks>
    public ImmutableArray<ImmutableArray<Endpoint>> Endpoints => EndpointTable?.Value.GetValueOrDefault(this, []) ?? [];

    /// <summary>The endpoints of all destinations of the control plane.</summary>
    internal Lazy<Dictionary<DestinationInstance, ImmutableArray<ImmutableArray<Endpoint>>>>? EndpointTable { get; set; }

    public DestinationKind Kind => Destination.Kind;

    public string Mesh => Destination.Mesh;

    /// <summary>Label <c>kuma.io/display-name</c> if present and non-empty, else the core name, as seen here.</summary>
    public string DisplayName => Labels[WellKnown.DisplayName] is { Length: > 0 } name ? name : CoreName;

    public override string ToString() => $"{Destination.KindName} {Mesh}/{CoreName} in {ControlPlane.Name}";
}
