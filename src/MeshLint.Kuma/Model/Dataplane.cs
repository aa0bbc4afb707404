namespace MeshLint.Kuma.Model;

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
