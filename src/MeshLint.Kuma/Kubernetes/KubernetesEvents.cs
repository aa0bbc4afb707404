using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Something that the derivation of a Kubernetes control plane met: an error, a skip, or a trap. A closed set.</summary>
/// <param name="Object">The object concerned first: the Pod, workload, Service or Namespace.</param>
/// <param name="Node">The place in its document that explains it; missing for the object as a whole.</param>
public abstract record KubernetesEvent(KubernetesObject Object, Node Node);

/// <summary>Why a Pod gets no sidecar.</summary>
public enum NotInjectedReason
{
    /// <summary>No webhook is called: the namespace is not labelled for injection (nor, where that would do, the Pod).</summary>
    NamespaceNotEnabled,

    /// <summary>The system namespace or kube-system.</summary>
    SystemNamespace,

    /// <summary>The Pod asks for a sidecar, but since 2.11 its namespace must carry the label key <c>kuma.io/sidecar-injection</c>.</summary>
    NamespaceLacksLabel,

    /// <summary>The Pod asks with <c>true</c> or <c>yes</c>; the webhook's selector knows <c>enabled</c> only.</summary>
    PodLabelNotMatched,

    /// <summary>The Pod's own label says no.</summary>
    DisabledOnPod,

    /// <summary>A label that excepts Pods (OpenShift builds and deployments).</summary>
    Exception,

    /// <summary>The Pod has a container <c>kuma-sidecar</c> already.</summary>
    HasSidecar,

    /// <summary>The control plane is a Global: it injects nothing.</summary>
    Global,
}

/// <summary>The Pod gets no sidecar.</summary>
public sealed record NotInjected(KubernetesObject Object, Node Node, NotInjectedReason Reason) : KubernetesEvent(Object, Node);

/// <summary>Why a webhook refuses a Pod.</summary>
public enum PodRejectionReason
{
    MeshNotFound,
    InvalidAnnotation,
    InvalidInjectionLabel,

    /// <summary>Label <c>kuma.io/workload</c> is Kuma's own.</summary>
    WorkloadLabel,

    /// <summary>A container runs with the sidecar's user id.</summary>
    SidecarUser,

    /// <summary>A probe uses the port that Kuma wants to serve probes on.</summary>
    ProbePort,
}

/// <summary>A webhook refuses the Pod.</summary>
public sealed record PodRejected(KubernetesObject Object, Node Node, PodRejectionReason Reason, string Webhook, string Text) : KubernetesEvent(Object, Node);

/// <summary>Why an injected Pod has no Dataplane although nothing is wrong.</summary>
public enum DataplaneSkipReason
{
    Succeeded,
    NoAddress,
    Evicted,
    NamespaceTerminating,
}

/// <summary>An injected Pod has no Dataplane, by design.</summary>
public sealed record DataplaneSkipped(KubernetesObject Object, DataplaneSkipReason Reason) : KubernetesEvent(Object, default);

/// <summary>What keeps a Dataplane (or ZoneIngress, ZoneEgress) from being made.</summary>
public enum DataplaneErrorReason
{
    MeshNotFound,
    InvalidAnnotation,
    InvalidReachableBackends,
    InvalidGatewayType,
    InvalidGatewayTags,
    InvalidZoneProxyType,
    ConflictingListeners,
    NodeNotFound,
    OwnerNotFound,
    ZoneProxyNamespace,
    ZoneProxyServices,

    /// <summary>The validating webhook refuses it.</summary>
    Refused,

    /// <summary>The mesh's constraints refuse it.</summary>
    Constraint,

    /// <summary>A label value that Kubernetes does not take.</summary>
    InvalidLabel,
}

/// <summary>The control plane cannot make a Dataplane of the Pod.</summary>
/// <param name="Object">The Pod or workload.</param>
/// <param name="Node">What causes it.</param>
/// <param name="Reason">Kind of error.</param>
/// <param name="Text">The control plane's words.</param>
/// <param name="Services">The Services that bring it about, if any.</param>
public sealed record DataplaneError(KubernetesObject Object, Node Node, DataplaneErrorReason Reason, string Text, ImmutableArray<KubernetesObject> Services)
    : KubernetesEvent(Object, Node);

/// <summary>A port of a Service names a container port that the Pod does not have; the Pod has no inbound for it.</summary>
/// <param name="Object">The Pod or workload.</param>
/// <param name="Node">The Service's <c>targetPort</c>.</param>
/// <param name="Service">The Service.</param>
/// <param name="Name">The name that is missing.</param>
/// <param name="Candidates">Names of the Pod's TCP ports.</param>
/// <param name="OtherProtocol">A port has the name, with another transport protocol; missing otherwise.</param>
public sealed record NamedPortNotFound(KubernetesObject Object, Node Node, KubernetesObject Service, string Name, ImmutableArray<string> Candidates, Node OtherProtocol)
    : KubernetesEvent(Object, Node);

/// <summary>A named target port leads to a number; kept so that differing numbers among Pods can be seen.</summary>
/// <param name="Object">The Pod or workload.</param>
/// <param name="Node">The Service's <c>targetPort</c>.</param>
/// <param name="Service">The Service.</param>
/// <param name="Name">The port's name.</param>
/// <param name="Port">The container port's number.</param>
/// <param name="ContainerPort">The container port.</param>
public sealed record NamedPortFound(KubernetesObject Object, Node Node, KubernetesObject Service, string Name, int Port, Node ContainerPort) : KubernetesEvent(Object, Node);

/// <summary>A numeric target port is declared by no container: it works, but the inbound has no name.</summary>
public sealed record UndeclaredTargetPort(KubernetesObject Object, Node Node, KubernetesObject Service, int Port) : KubernetesEvent(Object, Node);

/// <summary>A Pod without usable Service port gets the one inbound 49151.</summary>
/// <param name="Object">The Pod or workload.</param>
/// <param name="Services">Services that select it and of which every port fails; empty where none selects it.</param>
public sealed record ServicelessPod(KubernetesObject Object, ImmutableArray<KubernetesObject> Services) : KubernetesEvent(Object, default);

/// <summary>Several Service ports lead to one port of a Pod.</summary>
/// <param name="Object">The Pod or workload.</param>
/// <param name="Node">The Service port that comes second.</param>
/// <param name="First">The Service of the inbound that is there already.</param>
/// <param name="FirstPort">Its port.</param>
/// <param name="Service">The Service that comes second.</param>
/// <param name="Port">The Pod's port.</param>
/// <param name="Outcome">Which of the inbounds remain.</param>
/// <param name="ProtocolsDiffer">The two would give the inbound different protocols.</param>
public sealed record SharedPort(
    KubernetesObject Object, Node Node, KubernetesObject First, Node FirstPort, KubernetesObject Service, int Port, SharedPortOutcome Outcome, bool ProtocolsDiffer)
    : KubernetesEvent(Object, Node);

/// <summary>What happens to two inbounds of one port (docs/kuma/kubernetes.md#duplicate-inbounds).</summary>
public enum SharedPortOutcome
{
    /// <summary>Both are kept.</summary>
    Repeated,

    /// <summary>The second is dropped.</summary>
    FirstKept,

    /// <summary>The second is dropped although it would take traffic and the first does not.</summary>
    ReadyDropped,

    /// <summary>The second is in a better state and takes the first one's place (3.0).</summary>
    SecondKept,
}

/// <summary>A Service selects the Pod only when ignored selector labels are left out: the inbound is there, but <c>Ignored</c>.</summary>
public sealed record InboundIgnored(KubernetesObject Object, Node Node, KubernetesObject Service) : KubernetesEvent(Object, Node);

/// <summary>A zone-proxy Service selects the Pod, but the mesh is not in mode Exclusive: no listener (2.14).</summary>
public sealed record ListenersSkipped(KubernetesObject Object, KubernetesObject Service, string Mesh) : KubernetesEvent(Object, default);

/// <summary>Two zone-proxy Services of one type lead to one port: the second counts for nothing.</summary>
public sealed record DuplicateListener(KubernetesObject Object, KubernetesObject First, KubernetesObject Service, int Port) : KubernetesEvent(Object, default);

/// <summary>How <c>kuma.io/reachable-backends</c> misses its aim without being an error.</summary>
public enum ReachableBackendsTrap
{
    /// <summary>No <c>refs</c>, or an empty list: the proxy reaches nothing.</summary>
    NoRefs,

    /// <summary>A key that means nothing.</summary>
    UnknownKey,

    /// <summary>2.x: read only where the Pod has a transparent proxy.</summary>
    NotRead,
}

/// <summary>The annotation <c>kuma.io/reachable-backends</c> does not do what it looks like.</summary>
public sealed record ReachableBackendsSuspect(KubernetesObject Object, Node Node, ReachableBackendsTrap Trap, string Key) : KubernetesEvent(Object, Node);

/// <summary>Why a Service has no MeshService.</summary>
public enum MeshServiceSkipReason
{
    /// <summary>Neither the Service's label <c>kuma.io/mesh</c> nor its namespace brings it into a mesh.</summary>
    NotInMesh,
    MeshNotFound,

    /// <summary><c>meshServices.mode</c> is Disabled.</summary>
    ModeDisabled,
    Ignored,

    /// <summary>Annotation <c>kuma.io/gateway</c> on the Service.</summary>
    GatewayAnnotation,

    /// <summary>Label <c>k8s.kuma.io/zone-proxy-type</c>.</summary>
    ZoneProxy,

    /// <summary>The first Pod behind it is a delegated gateway (2.13 and later).</summary>
    BacksGateway,
    ExternalName,

    /// <summary>A headless Service with no Pod behind it.</summary>
    NoPods,
}

/// <summary>The control plane makes no MeshService of the Service.</summary>
/// <param name="Object">The Service.</param>
/// <param name="Node">What decides.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Pods">Pods with a Dataplane behind it, which nobody can reach by a MeshService then.</param>
public sealed record MeshServiceSkipped(KubernetesObject Object, Node Node, MeshServiceSkipReason Reason, ImmutableArray<KubernetesObject> Pods)
    : KubernetesEvent(Object, Node);

/// <summary>What keeps a MeshService from being made.</summary>
public enum MeshServiceErrorReason
{
    InvalidNamespaceLabel,
    NotOwned,
    InvalidAppProtocol,
    InvalidName,
    InvalidOrigin,
}

/// <summary>The control plane fails to make a MeshService of the Service.</summary>
/// <param name="Object">The Service.</param>
/// <param name="Node">What causes it.</param>
/// <param name="Reason">Kind of error.</param>
/// <param name="Text">The control plane's words.</param>
/// <param name="Existing">The hand-written MeshService that is in the way, for <see cref="MeshServiceErrorReason.NotOwned"/>.</param>
public sealed record MeshServiceError(KubernetesObject Object, Node Node, MeshServiceErrorReason Reason, string Text, StoredResource? Existing)
    : KubernetesEvent(Object, Node);

/// <summary>The control plane deletes a hand-written resource because a Service of its name must have none.</summary>
public sealed record ResourceDeleted(KubernetesObject Object, StoredResource Resource) : KubernetesEvent(Object, default);

/// <summary>A port of a Service is not TCP: the MeshService lacks it.</summary>
/// <param name="Object">The Service.</param>
/// <param name="Node">The port.</param>
/// <param name="Protocol">Its transport protocol.</param>
/// <param name="IsLast">The Service has no TCP port at all.</param>
public sealed record UnsupportedPortProtocol(KubernetesObject Object, Node Node, string Protocol, bool IsLast) : KubernetesEvent(Object, Node);

/// <summary>How an <c>appProtocol</c> fails.</summary>
public enum AppProtocolTrap
{
    /// <summary>Not a protocol that Kuma supports.</summary>
    Unsupported,

    /// <summary>Supported, but compared exactly later on: upper case routes nothing.</summary>
    UpperCase,

    /// <summary>Given by annotation only: the inbound has it, the MeshService port is tcp.</summary>
    AnnotationOnly,
}

/// <summary>The protocol of a Service port does not have the effect that it looks like.</summary>
public sealed record AppProtocolSuspect(KubernetesObject Object, Node Node, AppProtocolTrap Trap, string Value, int Port) : KubernetesEvent(Object, Node);

/// <summary>How an annotation <c>&lt;port&gt;.service.kuma.io/protocol</c> fails.</summary>
public enum ProtocolAnnotationTrap
{
    /// <summary>Not a protocol: the Dataplanes behind the Service are refused.</summary>
    UnknownValue,

    /// <summary>The Service has no port of that number.</summary>
    NoSuchPort,

    /// <summary>The number is that of a target port.</summary>
    TargetPort,
}

/// <summary>An annotation <c>&lt;port&gt;.service.kuma.io/protocol</c> has no or a bad effect.</summary>
public sealed record ProtocolAnnotationSuspect(KubernetesObject Object, Node Node, ProtocolAnnotationTrap Trap, string Value) : KubernetesEvent(Object, Node);

/// <summary><c>kuma.io/ignore</c> with a value that one of the two readers does not know: ignored for inbounds, yet the MeshService is made.</summary>
public sealed record IgnoredByHalf(KubernetesObject Object, Node Node, string Value) : KubernetesEvent(Object, Node);

/// <summary>The annotation <c>kuma.io/gateway</c> stands on a Service, where it only suppresses the MeshService.</summary>
public sealed record GatewayOnService(KubernetesObject Object, Node Node) : KubernetesEvent(Object, Node);

/// <summary>The mesh is chosen by an annotation: deprecated in 2.x, without effect in 3.0.</summary>
/// <param name="Object">The Pod, workload, Service or Namespace.</param>
/// <param name="Node">The annotation.</param>
/// <param name="Mesh">Its value.</param>
/// <param name="Effective">The mesh that counts.</param>
public sealed record MeshByAnnotation(KubernetesObject Object, Node Node, string Mesh, string Effective) : KubernetesEvent(Object, Node);

/// <summary>A Service selects a Pod of another mesh: its MeshService has no endpoint there.</summary>
public sealed record MeshMismatch(KubernetesObject Object, Node Node, string Mesh, KubernetesObject Pod, string PodMesh) : KubernetesEvent(Object, Node);

/// <summary>A selector pair that Kubernetes matches but <c>dataplaneTags</c> never do: a key with <c>kuma.io/</c>, or an empty value.</summary>
public sealed record UnmatchableSelector(KubernetesObject Object, Node Node) : KubernetesEvent(Object, Node);

/// <summary>A Service without selector: its MeshService selects every Dataplane of the namespace.</summary>
public sealed record SelectorlessService(KubernetesObject Object) : KubernetesEvent(Object, default);

/// <summary>A Service whose selector no Pod of the namespace matches.</summary>
public sealed record ServiceSelectsNoPod(KubernetesObject Object, Node Node) : KubernetesEvent(Object, Node);

/// <summary>A Service label with a key that Kuma computes; it is copied to the MeshService and wins there.</summary>
public sealed record ReservedServiceLabel(KubernetesObject Object, Node Node) : KubernetesEvent(Object, Node);

/// <summary>Pods behind a headless Service have no stable names, as only a StatefulSet's have.</summary>
public sealed record UnpredictableHeadless(KubernetesObject Object, KubernetesObject Workload) : KubernetesEvent(Object, default);

/// <summary>Why no Workload is made.</summary>
public enum WorkloadSkipReason
{
    /// <summary>Dataplanes of several meshes name it.</summary>
    SeveralMeshes,

    /// <summary>Not a name that Kubernetes takes.</summary>
    InvalidName,

    /// <summary>A name that Kubernetes takes, but no RFC 1035 label, as hostnames and identities want it.</summary>
    NotDnsLabel,
}

/// <summary>A workload name gives no (or no usable) Workload.</summary>
/// <param name="Object">A Pod or workload that names it.</param>
/// <param name="Name">The name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Text">The control plane's words, "" where it has none.</param>
/// <param name="Meshes">The meshes, for <see cref="WorkloadSkipReason.SeveralMeshes"/>.</param>
public sealed record WorkloadSkipped(KubernetesObject Object, string Name, WorkloadSkipReason Reason, string Text, ImmutableArray<string> Meshes)
    : KubernetesEvent(Object, default);

/// <summary>Why a zone-ingress Service has no MeshZoneAddress.</summary>
public enum MeshZoneAddressSkipReason
{
    NoReadyEndpoint,

    /// <summary>The Service has no address that other zones could reach.</summary>
    NoPublicAddress,
    Error,
}

/// <summary>A zone-ingress Service has no MeshZoneAddress: other zones do not find this one by it.</summary>
/// <param name="Object">The Service.</param>
/// <param name="Reason">Why.</param>
/// <param name="Text">The control plane's words for <see cref="MeshZoneAddressSkipReason.Error"/>, else "".</param>
public sealed record MeshZoneAddressSkipped(KubernetesObject Object, MeshZoneAddressSkipReason Reason, string Text) : KubernetesEvent(Object, default);

/// <summary>No document declares the namespace; it is taken to exist and to be labelled for injection.</summary>
public sealed record NamespaceAssumed(KubernetesObject Object, string Namespace) : KubernetesEvent(Object, default);

/// <summary>A StatefulSet has more replicas than are looked at one by one; only the first stand for all.</summary>
public sealed record ReplicasCapped(KubernetesObject Object, Node Node, int Replicas, int Considered) : KubernetesEvent(Object, Node);
