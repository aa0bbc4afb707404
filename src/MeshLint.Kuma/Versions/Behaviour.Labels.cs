using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>Labels that a control plane computes.</content>
public sealed partial class Behaviour
{
    public bool ComputedLabelsWin { get; } = facts.Add(
        Labels, "Display name, origin and zone are set by the control plane, whatever is written",
        Since(V3_0), "pkg/core/resources/labels/compute.go");

    public bool ZoneKindGetsOrigin { get; } = facts.Add(
        Labels, "A Zone written on a zone gets the labels of origin and zone",
        Since(V2_10), "pkg/core/resources/labels/compute.go");

    public bool ProxyTypeLabel { get; } = facts.Add(
        Labels, "A proxy gets the label 'kuma.io/proxy-type'",
        Since(V2_10, before: V3_0), "pkg/core/resources/labels/compute.go");

    public bool ProxyTypeLabelRemoved { get; } = facts.Add(
        Labels, "The label 'kuma.io/proxy-type' is taken away from a Dataplane",
        Since(V3_0), "pkg/core/resources/labels/compute.go");

    public bool ServiceAccountLabel { get; } = facts.Add(
        Labels, "A Dataplane of a Pod gets 'k8s.kuma.io/service-account', kept as an annotation on Kubernetes",
        Since(V2_12), "pkg/plugins/resources/k8s/store.go", "CHANGELOG.md 2.12.0");

    public bool PolicyRoleLabelChecked { get; } = facts.Add(
        Labels, "A written policy role other than 'system' is refused on Universal",
        Since(V3_0), "pkg/api-server/resource_endpoints.go");
}
