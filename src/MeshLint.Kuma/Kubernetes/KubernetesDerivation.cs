using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>What Kubernetes control planes make of the objects of their clusters.</summary>
public sealed record KubernetesDerivation
{
    /// <summary>One entry per Kubernetes zone that has objects, in order of their first object.</summary>
    public required ImmutableArray<ControlPlaneDerivation> ControlPlanes { get; init; }

    /// <summary>The Dataplanes of all of them.</summary>
    public IEnumerable<Dataplane> Dataplanes => ControlPlanes.SelectMany(static c => c.Dataplanes).Select(static d => d.Dataplane);

    /// <summary>The MeshServices of all of them.</summary>
    public IEnumerable<DerivedMeshService> MeshServices => ControlPlanes.SelectMany(static c => c.MeshServices);

    /// <summary>The events of all of them.</summary>
    public IEnumerable<KubernetesEvent> Events => ControlPlanes.SelectMany(static c => c.Events);
}

/// <summary>What one control plane derives.</summary>
public sealed record ControlPlaneDerivation
{
    public required ControlPlane ControlPlane { get; init; }

    /// <summary>What became of each Pod (symbolic Pods of templates included), in document order.</summary>
    public required ImmutableArray<PodOutcome> Pods { get; init; }

    /// <summary>In document order of their Pods.</summary>
    public required ImmutableArray<DerivedDataplane> Dataplanes { get; init; }

    /// <summary>2.x: zone proxies of the old kind, in document order of their Pods.</summary>
    public required ImmutableArray<DerivedZoneProxy> ZoneProxies { get; init; }

    /// <summary>In document order of their Services, those of one headless Service in order of their Pods' names.</summary>
    public required ImmutableArray<DerivedMeshService> MeshServices { get; init; }

    /// <summary>2.13 and later, by namespace and name.</summary>
    public required ImmutableArray<DerivedWorkload> Workloads { get; init; }

    /// <summary>2.14 and later, in document order of their Services.</summary>
    public required ImmutableArray<DerivedMeshZoneAddress> MeshZoneAddresses { get; init; }

    /// <summary>What went wrong, was skipped or deserves a word.</summary>
    public required ImmutableArray<KubernetesEvent> Events { get; init; }

    /// <summary>Matches of Pods and Services that are left out because there are too many; 0 for every repository but hostile ones.</summary>
    public int LeftOutMatches { get; init; }
}

/// <summary>Labels and annotations of an object as the API server stores it.</summary>
/// <param name="Labels">Stored labels.</param>
/// <param name="Annotations">Stored annotations that Kuma writes.</param>
public sealed record StoredMetadata(LabelSet Labels, LabelSet Annotations)
{
    /// <summary>
    /// The labels as the control plane sees them: the adapter adds the display name and what is kept in annotations
    /// (docs/kuma/documents.md#identity).
    /// </summary>
    public LabelSet SeenAs(string name)
    {
        var labels = Labels.With(WellKnown.DisplayName, Annotations[WellKnown.DisplayName] ?? name);
        if (Annotations[WellKnown.ServiceAccount] is { } account)
            labels = labels.With(WellKnown.ServiceAccount, account);
        return Annotations[WellKnown.Workload] is { } workload ? labels.With(WellKnown.Workload, workload) : labels;
    }
}

/// <summary>What admission made of a Pod.</summary>
public sealed record PodOutcome
{
    private readonly PodModel pod;

    internal PodOutcome(PodModel pod) => this.pod = pod;

    /// <summary>The Pod, or the workload whose template stands for it.</summary>
    public KubernetesObject Object => pod.Source;

    /// <summary>
    /// Name of the Pod. A StatefulSet's Pods are <c>&lt;name&gt;-&lt;ordinal&gt;</c>; the one symbolic Pod of any other workload is named
    /// like the workload, followed by its kind (<c>web-daemonset</c>) where another Pod or workload of the namespace has that name already.
    /// </summary>
    public string Name => pod.Name;

    /// <summary>The Pod stands for <see cref="Replicas"/> Pods whose names nobody knows offline.</summary>
    public bool IsSymbolic => pod.IsSymbolic;

    public int Replicas => pod.Replicas;

    /// <summary>The injector webhooks that the API server calls for it, in order.</summary>
    public ImmutableArray<string> Webhooks { get; init; } = [];

    /// <summary>A sidecar was added.</summary>
    public bool Injected { get; init; }

    /// <summary>The webhook that refuses the Pod, or null; a refused Pod does not exist.</summary>
    public string? RejectedBy { get; init; }

    /// <summary>Its words, or null.</summary>
    public string? Rejection { get; init; }

    /// <summary>Labels after injection.</summary>
    public LabelSet Labels => LabelSet.Create(pod.Labels);

    /// <summary>Annotations after injection.</summary>
    public LabelSet Annotations => LabelSet.Create(pod.Annotations);

    /// <summary>Where the container <c>kuma-sidecar</c> stands after injection.</summary>
    public SidecarPlace Sidecar => pod.Sidecar;
}

/// <summary>Where a Pod has its sidecar.</summary>
public enum SidecarPlace
{
    None,
    Container,
    InitContainer,
}

/// <summary>A Dataplane with what only its Kubernetes object has.</summary>
public sealed record DerivedDataplane
{
    public required Dataplane Dataplane { get; init; }

    /// <summary>Name of the Pod and of the Dataplane object.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace of the Pod and of the Dataplane object (a Pod label may make the label <c>k8s.kuma.io/namespace</c> say otherwise).</summary>
    public required string Namespace { get; init; }

    public required StoredMetadata Metadata { get; init; }

    /// <summary>Port of Envoy's admin interface; null where the Pod does not set one.</summary>
    public uint? AdminPort { get; init; }

    /// <summary><c>transparentProxying</c>, or null.</summary>
    public TransparentProxying? TransparentProxying { get; init; }

    /// <summary>2.x: metrics of the deprecated annotations, or null.</summary>
    public PrometheusMetrics? Metrics { get; init; }

    /// <summary>2.x: virtual probes, or null.</summary>
    public VirtualProbes? Probes { get; init; }
}

/// <summary><c>networking.transparentProxying</c> of a derived Dataplane.</summary>
public sealed record TransparentProxying
{
    public uint RedirectPortInbound { get; init; }

    public uint RedirectPortOutbound { get; init; }

    /// <summary><c>DualStack</c>, <c>IPv4</c>, or "".</summary>
    public string IpFamilyMode { get; init; } = "";

    public ImmutableArray<string> DirectAccessServices { get; init; } = [];

    public ImmutableArray<string> ReachableServices { get; init; } = [];

    public ImmutableArray<DataplaneRef>? ReachableBackends { get; init; }
}

/// <summary>One <c>prometheus.metrics.kuma.io/aggregate-&lt;name&gt;-…</c> target.</summary>
public sealed record AggregateMetrics(string Name, string Path, string Address, uint Port, bool Enabled);

/// <summary>The metrics backend that Pod annotations ask for.</summary>
public sealed record PrometheusMetrics(string Path, uint Port, ImmutableArray<AggregateMetrics> Aggregate);

/// <summary>One virtual probe.</summary>
public sealed record ProbeEndpoint(uint InboundPort, string InboundPath, string Path);

/// <summary><c>probes</c> of a Dataplane.</summary>
public sealed record VirtualProbes(uint Port, ImmutableArray<ProbeEndpoint> Endpoints);

/// <summary>A ZoneIngress or ZoneEgress of a Pod (2.x).</summary>
public sealed record DerivedZoneProxy
{
    /// <summary>The Pod or the workload.</summary>
    public required KubernetesObject Object { get; init; }

    /// <summary><c>ZoneIngress</c> or <c>ZoneEgress</c>.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Namespace { get; init; }

    public required StoredMetadata Metadata { get; init; }

    public LabelSet Labels => Metadata.SeenAs(Name);

    /// <summary>Pod IP, "" where unknown offline.</summary>
    public required string Address { get; init; }

    public required int Port { get; init; }

    /// <summary>Address for other zones, "" where there is none.</summary>
    public string AdvertisedAddress { get; init; } = "";

    public uint AdvertisedPort { get; init; }

    public uint? AdminPort { get; init; }
}

/// <summary>A Workload that the control plane makes from the annotation <c>kuma.io/workload</c> of Dataplanes.</summary>
public sealed record DerivedWorkload(string Mesh, string Namespace, string Name, StoredMetadata Metadata)
{
    public LabelSet Labels => Metadata.SeenAs(Name);
}

/// <summary>A MeshZoneAddress that the control plane makes from a zone-ingress Service.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Mesh">Its mesh.</param>
/// <param name="Metadata">Labels and annotations.</param>
/// <param name="Address">The public address; "" where only the running cluster knows it (a load balancer, Nodes).</param>
/// <param name="Port">The public port; 0 where only the running cluster knows it.</param>
public sealed record DerivedMeshZoneAddress(KubernetesObject Service, string Mesh, StoredMetadata Metadata, string Address, int Port)
{
    public LabelSet Labels => Metadata.SeenAs(Service.Name);

    /// <summary>Address and port are known offline.</summary>
    public bool IsKnown => Address.Length > 0 && Port > 0;
}
