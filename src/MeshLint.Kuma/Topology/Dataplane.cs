using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>Whether an inbound takes traffic (kuma: Dataplane.Networking.Inbound.State).</summary>
public enum InboundState
{
    Ready,
    NotReady,
    Ignored,
}

/// <summary>One inbound of a Dataplane, defaults applied.</summary>
public sealed record Inbound
{
    /// <summary>The name as written, "" where absent.</summary>
    public string Name { get; init; } = "";

    /// <summary>Port of the proxy; the one that a numeric targetPort matches.</summary>
    public required int Port { get; init; }

    /// <summary>Port of the application; never used for matching.</summary>
    public required int ServicePort { get; init; }

    public required string Address { get; init; }

    /// <summary>The protocol as the field or the tag gives it, "" where neither does.</summary>
    public string RawProtocol { get; init; } = "";

    public InboundState State { get; init; }

    /// <summary>Legacy <c>health.ready</c>; null where there is no <c>health</c>.</summary>
    public bool? HealthReady { get; init; }

    public LabelSet Tags { get; init; } = LabelSet.Empty;

    /// <summary>Where it is written; missing for a derived one.</summary>
    public Node Node { get; init; }

    /// <summary>Name if non-empty, else the port.</summary>
    public string SectionName => Name.Length > 0 ? Name : Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Ready, and not reported as unhealthy.</summary>
    public bool IsHealthy => State == InboundState.Ready && HealthReady != false;
}

/// <summary>A zone-proxy listener of a Dataplane (2.14 and later).</summary>
public sealed record ProxyListener(string Type, string Address, int Port, string Name, InboundState State, Node Node)
{
    public string SectionName => Name.Length > 0 ? Name : Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A reference that a Dataplane makes: an <c>outbound[].backendRef</c> or a <c>reachableBackends.refs[]</c>.</summary>
public sealed record DataplaneRef(string Kind, string Name, string Namespace, LabelSet Labels, int? Port, Node Node);

/// <summary>One <c>networking.outbound[]</c>.</summary>
/// <param name="Address">Local address, 127.0.0.1 where absent.</param>
/// <param name="Port">Local port.</param>
/// <param name="Backend">Its backendRef, if any.</param>
/// <param name="Tags">Legacy tags (with <c>service</c> folded in), 2.x.</param>
/// <param name="Node">Where it is written.</param>
public sealed record DataplaneOutbound(string Address, int Port, DataplaneRef? Backend, LabelSet Tags, Node Node);

/// <summary>What kind of gateway a Dataplane is.</summary>
public enum GatewayType
{
    None,
    Delegated,
    Builtin,
}

/// <summary>A Dataplane, written by hand or derived from a Pod (template).</summary>
public sealed class Dataplane
{
    public required string Mesh { get; init; }

    /// <summary>Core name: Universal <c>name</c>, Kubernetes <c>pod.namespace</c>.</summary>
    public required string CoreName { get; init; }

    /// <summary>Labels as the control plane sees them.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>The zone control plane that has it.</summary>
    public required ControlPlane Place { get; init; }

    /// <summary>Document order of what it comes from; stands for creation time.</summary>
    public required int Order { get; init; }

    public required string Address { get; init; }

    /// <summary>Used by 2.x endpoints where set, else "".</summary>
    public string AdvertisedAddress { get; init; } = "";

    public ImmutableArray<Inbound> Inbounds { get; init; } = [];

    public GatewayType Gateway { get; init; }

    public LabelSet GatewayTags { get; init; } = LabelSet.Empty;

    public ImmutableArray<ProxyListener> Listeners { get; init; } = [];

    public ImmutableArray<DataplaneOutbound> Outbounds { get; init; } = [];

    /// <summary>Traffic is redirected to the proxy.</summary>
    public bool IsTransparent { get; init; }

    /// <summary>2.x: exact <c>kuma.io/service</c> values; empty = no filter.</summary>
    public ImmutableArray<string> ReachableServices { get; init; } = [];

    /// <summary>Null = everything is reachable; present and empty = nothing.</summary>
    public ImmutableArray<DataplaneRef>? ReachableBackends { get; init; }

    /// <summary>The document, for a declared one.</summary>
    public StoredResource? Declared { get; init; }

    /// <summary>The Pod or the workload whose template gives it, for a derived one.</summary>
    public KubernetesObject? DerivedFrom { get; init; }

    /// <summary>How many Pods the symbolic Dataplane of a workload stands for.</summary>
    public int Replicas { get; init; } = 1;

    public bool IsDerived => DerivedFrom is not null;

    public string Namespace => Labels[WellKnown.Namespace] ?? "";

    public string Zone => Labels[WellKnown.Zone] ?? Place.Zone;

    public string DisplayName => Labels[WellKnown.DisplayName] is { Length: > 0 } name ? name : CoreName;

    public Location Location => Declared?.Resource.Location ?? DerivedFrom?.Location ?? throw new InvalidOperationException("a Dataplane comes from a document");

    public override string ToString() => $"Dataplane {Mesh}/{CoreName}";
}
