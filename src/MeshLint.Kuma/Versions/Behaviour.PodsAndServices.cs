using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>What becomes of Pods and Services.</content>
public sealed partial class Behaviour
{
    public bool MeshAnnotation { get; } = facts.Add(
        PodsAndServices, "The annotation 'kuma.io/mesh' chooses the mesh of a Pod, a Service or a namespace",
        Before(V3_0), "pkg/plugins/runtime/k8s/util/util.go", "UPGRADE.md 3.0.0: kuma.io/mesh annotation no longer honored on Kubernetes");

    public bool PodLabelsCopied { get; } = facts.Add(
        PodsAndServices, "A Dataplane, ZoneIngress or ZoneEgress takes the labels of its Pod",
        Since(V2_10), "pkg/plugins/runtime/k8s/controllers/pod_converter.go");

    public bool InboundNamedByServicePort { get; } = facts.Add(
        PodsAndServices, "An inbound is named after the port of the Service; otherwise after the port of the container",
        Before(V2_10),
        "pkg/plugins/runtime/k8s/controllers/inbound_converter.go", "UPGRADE.md 2.10.x: New kind Dataplane for targetRef in policies");

    public InboundDeduplication InboundDeduplication { get; } = facts.Add(
        PodsAndServices, "Which of several inbounds with one address and port stays, in a mesh of mode Exclusive",
        By(InboundDeduplication.None,
            (V2_11, InboundDeduplication.First),
            (V2_13, InboundDeduplication.FirstOfState),
            (V2_14, InboundDeduplication.First),
            (V3_0, InboundDeduplication.Best)),
        "pkg/plugins/runtime/k8s/controllers/inbound_converter.go");

    public bool DeduplicationNeedsExclusive { get; } = facts.Add(
        PodsAndServices, "Inbounds are deduplicated in a mesh of mode Exclusive only (ZoneIngresses and ZoneEgresses always)",
        Before(V3_0), "pkg/plugins/runtime/k8s/controllers/pod_converter.go");

    public bool DeduplicationNeedsNoTags { get; } = facts.Add(
        PodsAndServices, "Inbounds are deduplicated only where they have no tags",
        Since(V2_14), "pkg/plugins/runtime/k8s/controllers/pod_converter.go");

    public bool HeadlessServicesDeletedByLabel { get; } = facts.Add(
        PodsAndServices, "In mode Disabled the MeshServices of a headless Service's Pods are found by label and deleted",
        Since(V2_13), "pkg/plugins/runtime/k8s/controllers/meshservice_controller.go");

    public bool IgnoredServiceHasNoMeshService { get; } = facts.Add(
        PodsAndServices, "A Service with 'kuma.io/ignore' gets no MeshService",
        Since(V2_10), "pkg/plugins/runtime/k8s/controllers/meshservice_controller.go");

    public bool GatewayPodsHaveNoMeshService { get; } = facts.Add(
        PodsAndServices, "A Service whose Pods are gateways gets no MeshService",
        Since(V2_13), "pkg/plugins/runtime/k8s/controllers/meshservice_controller.go");

    public bool ConfigAnnotation { get; } = facts.Add(
        PodsAndServices, "The annotation 'traffic.kuma.io/transparent-proxy-config' tells how traffic is redirected",
        Since(V2_11),
        "pkg/plugins/runtime/k8s/controllers/pod_converter.go", "UPGRADE.md 2.9.x: Upgrading Transparent Proxy Configuration");
}
