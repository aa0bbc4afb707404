using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>How references name what they mean.</content>
public sealed partial class Behaviour
{
    public bool TargetsByName { get; } = facts.Add(
        Targets, "A reference to a resource may name it by 'name' and 'namespace', not by 'labels' only",
        Before(V3_0),
        "api/common/v1alpha1/targetref.go", "UPGRADE.md 3.0.0: Real-resource policy selection now uses labels only");

    public bool DisplayNameOfEveryResource { get; } = facts.Add(
        Targets, "A selector by 'kuma.io/display-name' finds a resource that does not carry the label by its name",
        Since(V3_0), "pkg/xds/context/destination_index.go", "UPGRADE.md 3.0.0: Real-resource policy selection now uses labels only");

    public bool TagSubsets { get; } = facts.Add(
        Targets,
        "The kinds MeshSubset, MeshServiceSubset and a top-level MeshService select proxies by tags, and 'proxyTypes' narrows a Mesh",
        Before(V3_0), "api/common/v1alpha1/targetref.go", "UPGRADE.md 3.0.0: Legacy top-level policy targetRef selector kinds removed");

    public bool TopLevelDataplane { get; } = facts.Add(
        Targets, "The top-level targetRef may have kind Dataplane",
        Since(V2_10), "api/common/v1alpha1/targetref.go", "UPGRADE.md 2.10.x: New kind Dataplane for targetRef in policies");

    public bool TopLevelMeshOrDataplane { get; } = facts.Add(
        Targets, "The top-level targetRef may have no other kind than Mesh and Dataplane",
        Since(V3_0), "api/common/v1alpha1/targetref.go", "UPGRADE.md 3.0.0: Legacy top-level policy targetRef selector kinds removed");

    public bool TopLevelGateways { get; } = facts.Add(
        Targets, "A Dataplane target also selects gateways",
        Since(V2_12), "pkg/plugins/policies/core/matchers/dataplane.go");

    public bool IgnoredInboundsSelected { get; } = facts.Add(
        Targets, "A Dataplane target also selects inbounds of state Ignored",
        Since(V2_11), "pkg/plugins/policies/core/matchers/dataplane.go");

    public bool UnnamedSectionsSelected { get; } = facts.Add(
        Targets, "A section name of a Dataplane target also finds an inbound without name by its port",
        Since(V2_12), "pkg/plugins/policies/core/matchers/dataplane.go");

    public bool SectionWithLabels { get; } = facts.Add(
        Targets, "'sectionName' may stand beside 'labels'",
        Since(V2_10), "pkg/core/resources/apis/mesh/validators.go", "UPGRADE.md 2.10.x: New kind Dataplane for targetRef in policies");

    public bool SectionOfRouteRefused { get; } = facts.Add(
        Targets, "'sectionName' may not stand in a target of kind MeshHTTPRoute",
        Since(V2_11), "pkg/core/resources/apis/mesh/validators.go");

    public bool TagSelectorsChecked { get; } = facts.Add(
        Targets, "Tags of MeshServiceSubset and MeshGateway targets are checked as selectors",
        Since(V2_10), "pkg/core/resources/apis/mesh/validators.go");

    public bool NameOrLabels { get; } = facts.Add(
        Targets, "A target without name and labels is told to need either one",
        Since(V2_14), "pkg/core/resources/apis/mesh/validators.go");

    public bool EmptyProxyTypesRefused { get; } = facts.Add(
        Targets, "An empty list 'proxyTypes' is refused",
        Since(V2_10), "pkg/core/resources/apis/mesh/validators.go", "UPGRADE.md 2.10.x: Built-in MeshGateway policy targeting");

    public bool BackendRefSectionName { get; } = facts.Add(
        Targets, "A backendRef reads 'sectionName', which wins over 'port'",
        Since(V2_12), "pkg/core/xds/types/outbound.go");

    public bool SolePortTaken { get; } = facts.Add(
        Targets, "A backendRef without port means the only port of its destination",
        Since(V3_0),
        "pkg/plugins/policies/core/rules/resolve/backendref.go",
        "UPGRADE.md 3.0.0: A MeshHTTPRoute backendRef naming a port the destination lacks now fails closed");

    public bool BackendRefToSubset { get; } = facts.Add(
        Targets, "A backendRef may have kind MeshServiceSubset",
        Before(V3_0),
        "pkg/core/resources/apis/mesh/validators.go", "UPGRADE.md 3.0.0: Route backendRef no longer accepts MeshServiceSubset");

    public bool WeightChecked { get; } = facts.Add(
        Targets, "The weight of a backendRef must fit 32 bits",
        Since(V3_0), "pkg/core/resources/apis/mesh/validators.go");
}
