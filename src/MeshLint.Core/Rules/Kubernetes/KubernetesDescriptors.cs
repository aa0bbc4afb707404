using MeshLint.Core.Diagnostics;

namespace MeshLint.Core.Rules.Kubernetes;

/// <summary>What can be said about Kubernetes objects that Kuma derives resources from.</summary>
internal static class KubernetesDescriptors
{
    public static readonly DiagnosticDescriptor NotInjectedPod = new(
        "ML2151", "pod-not-injected", "A Pod asks for a sidecar and does not get one", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor PodRefused = new(
        "ML2152", "pod-refused", "A webhook of Kuma refuses the Pods of a workload", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor NoDataplane = new(
        "ML2153", "dataplane-not-generated", "A Pod is injected, but gets no Dataplane", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor ServiceOutOfMesh = new(
        "ML2154", "service-out-of-mesh", "A Service has injected Pods behind it, but gives no MeshService", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor NoMeshService = new(
        "ML2155", "mesh-service-not-generated", "The control plane fails to make a MeshService of a Service", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor DeletedResource = new(
        "ML2156", "deleted-resource", "The control plane deletes a hand-written resource", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor OtherMesh = new(
        "ML2157", "service-of-other-mesh", "A Service and the Pods behind it are in different meshes", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnmatchableServiceSelector = new(
        "ML2158", "unmatchable-service-selector", "A Service selects by a label that never becomes an inbound tag", RuleCategory.References, Severity.Error) { When = static b => b.InboundTags };

    public static readonly DiagnosticDescriptor Selectorless = new(
        "ML2159", "selectorless-service", "A Service without selector selects every Dataplane of its namespace", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor SelectsNoPod = new(
        "ML2160", "service-selects-nothing", "A Service in a mesh matches no Pod", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor ReachableBackendsAnnotation = new(
        "ML3151", "reachable-backends-annotation", "The annotation kuma.io/reachable-backends does not do what it looks like", RuleCategory.Targeting, Severity.Warning);

    public static readonly DiagnosticDescriptor NamedPortDiffers = new(
        "ML5151", "named-port-differs", "A named targetPort is another number on other Pods", RuleCategory.Routing, Severity.Warning);

    public static readonly DiagnosticDescriptor SharedPortDiffers = new(
        "ML5152", "shared-port", "Several Services lead to one port of a Pod and only one of them counts", RuleCategory.Routing, Severity.Warning);

    public static readonly DiagnosticDescriptor ListenerSkipped = new(
        "ML5153", "zone-proxy-skipped", "A zone-proxy Service has no effect", RuleCategory.Routing, Severity.Warning) { When = static b => b.ZoneProxyListeners };

    public static readonly DiagnosticDescriptor NoTcpPort = new(
        "ML5154", "service-without-tcp-port", "A Service in a mesh has no TCP port", RuleCategory.Routing, Severity.Warning);

    public static readonly DiagnosticDescriptor Headless = new(
        "ML5155", "headless-without-stateful-set", "A headless Service has Pods without stable names behind it", RuleCategory.Routing, Severity.Warning);

    public static readonly DiagnosticDescriptor AnnotatedMesh = new(
        "ML6151", "mesh-by-annotation", "A mesh is chosen by an annotation that 3.0 does not read", RuleCategory.Versions, Severity.Error);

    public static readonly DiagnosticDescriptor UnusedProtocolAnnotation = new(
        "ML9151", "unused-protocol-annotation", "A protocol annotation names no port of the Service", RuleCategory.Hygiene, Severity.Warning);

    public static readonly DiagnosticDescriptor HalfIgnored = new(
        "ML9152", "half-ignored-service", "A Service is ignored for inbounds, but not for its MeshService", RuleCategory.Hygiene, Severity.Warning);

    public static readonly DiagnosticDescriptor GatewayAnnotation = new(
        "ML9153", "gateway-annotation-on-service", "The gateway annotation stands on a Service instead of its Pods", RuleCategory.Hygiene, Severity.Warning);

    public static readonly DiagnosticDescriptor ReservedLabel = new(
        "ML9154", "reserved-service-label", "A Service carries a label that Kuma computes", RuleCategory.Hygiene, Severity.Warning);

    public static readonly DiagnosticDescriptor NoWorkload = new(
        "ML9155", "workload-not-generated", "Nothing is generated from a workload's name", RuleCategory.Hygiene, Severity.Warning) { When = static b => b.Workloads };

    public static readonly DiagnosticDescriptor CappedReplicas = new(
        "ML9156", "capped-replicas", "A StatefulSet has more replicas than are looked at one by one", RuleCategory.Hygiene, Severity.Info);

    /// <summary>All of them.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        NotInjectedPod, PodRefused, NoDataplane, ServiceOutOfMesh, NoMeshService, DeletedResource, OtherMesh, UnmatchableServiceSelector, Selectorless, SelectsNoPod,
        ReachableBackendsAnnotation, NamedPortDiffers, SharedPortDiffers, ListenerSkipped, NoTcpPort, Headless, AnnotatedMesh, UnusedProtocolAnnotation, HalfIgnored,
        GatewayAnnotation, ReservedLabel, NoWorkload, CappedReplicas,
    ];
}
