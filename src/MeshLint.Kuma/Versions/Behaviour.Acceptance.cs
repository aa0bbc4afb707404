using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>How a control plane takes a document.</content>
public sealed partial class Behaviour
{
    public bool UniversalSchemaDefaults { get; } = facts.Add(
        Acceptance, "On Universal a document passes the schema of its kind first, which puts in defaults (such as mesh 'default' and a "
            + "MeshService's state)",
        Since(V2_10), "pkg/core/resources/model/rest/unmarshaller.go", "UPGRADE.md 2.10.x: API Server behaviour changes");

    public bool IntegersChecked { get; } = facts.Add(
        Acceptance, "On Universal an integer out of range is told as such, not as a wrong type",
        Since(V2_14), "pkg/core/resources/model/rest/unmarshaller.go");

    public bool LabelsComputedOnUpdate { get; } = facts.Add(
        Acceptance, "Labels are computed on update too, not on create only",
        Since(V2_10), "pkg/api-server/resource_endpoints.go");

    public bool NamesAreLabels1035 { get; } = facts.Add(
        Acceptance, "Names of Mesh, Zone, MeshService, MeshExternalService and MeshMultiZoneService must be RFC 1035 labels",
        Since(V3_0),
        "pkg/core/validators/common_validators.go",
        "UPGRADE.md 3.0.0: Names of Mesh, Zone, MeshService, MeshExternalService and MeshMultiZoneService must be RFC 1035 labels");

    public bool NamesWarned1035 { get; } = facts.Add(
        Acceptance, "A name that is no RFC 1035 label is taken with a warning",
        Since(V2_10, before: V3_0),
        "pkg/core/resources/apis/meshservice/api/v1alpha1/deprecated.go",
        "UPGRADE.md 2.10.x: Stricter validation rules for resource names");

    public bool LengthOfDisplayName { get; } = facts.Add(
        Acceptance, "The length of a MeshExternalService's name is that of its display name, without the namespace",
        Since(V2_11), "pkg/core/resources/apis/meshexternalservice/api/v1alpha1/validator.go");

    public bool NamespaceNeedsInjectionLabel { get; } = facts.Add(
        Acceptance, "Pods and Kuma objects of a namespace are seen by the webhooks only where it has the label 'kuma.io/sidecar-injection'",
        Since(V2_11),
        "deployments/charts/kuma/templates/cp-webhooks-and-secrets.yaml",
        "UPGRADE.md 2.11.x: Namespaces that are part of the mesh requires kuma.io/sidecar-injection label to exist");

    public bool OwnerMeshChecked { get; } = facts.Add(
        Acceptance, "An object's owner reference to a Mesh must name its own mesh",
        Since(V3_0),
        "pkg/plugins/runtime/k8s/webhooks/validation.go", "UPGRADE.md 3.0.0: A resource's Mesh ownerReference must match its mesh");

    public bool ZoneTakesEveryPluginKind { get; } = facts.Add(
        Acceptance, "A federated zone takes every kind made by Kuma's policy generator, and no secrets",
        Before(V2_10), "pkg/core/resources/model/resource.go");

    public bool PlacementCheckedOnGlobal { get; } = facts.Add(
        Acceptance,
        "A Global control plane checks origins, and a standalone zone the role of policies, where Kubernetes objects are written",
        Since(V2_11), "pkg/plugins/runtime/k8s/webhooks/resourceadmissionchecker.go");

    public bool GlobalOriginChecked { get; } = facts.Add(
        Acceptance, "A Global control plane on Universal takes no other origin than 'global'",
        Since(V2_11), "pkg/api-server/resource_endpoints.go");

    public bool MeshMetricsDefaults { get; } = facts.Add(
        Acceptance, "A Mesh with metrics backends gets their defaults when it is stored",
        Before(V3_0), "pkg/core/managers/apis/mesh/mesh_helpers.go", "UPGRADE.md 3.0.0: Mesh.spec.tracing removed");

    public bool ZoneAddressChecked { get; } = facts.Add(
        Acceptance, "A MeshZoneAddress is checked by a validator of its own, not by its schema alone",
        Since(V3_0), "pkg/core/resources/apis/meshzoneaddress/api/v1alpha1/validator.go");

    public bool HostnameExtensionChecked { get; } = facts.Add(
        Acceptance, "The type of a HostnameGenerator's extension must not be empty",
        Since(V2_11), "pkg/core/resources/apis/hostnamegenerator/api/v1alpha1/validate.go");

    public bool HostnamesChecked { get; } = facts.Add(
        Acceptance, "A template must give valid DNS names: with stub values on admission, and when a hostname is generated",
        Since(V2_14),
        "pkg/core/resources/apis/hostnamegenerator/api/v1alpha1/validate.go",
        "UPGRADE.md 2.14.x: HostnameGenerator templates that produce invalid DNS names now fail explicitly");

    public bool StrictUrlColons { get; } = facts.Add(
        Acceptance, "The Go library refuses a URL whose host has several colons",
        By(true, (V2_10, false), (V2_11, true)), "go.mod");
}
