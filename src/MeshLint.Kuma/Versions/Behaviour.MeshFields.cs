using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>What a Mesh says.</content>
public sealed partial class Behaviour
{
    public bool AlwaysExclusive { get; } = facts.Add(
        MeshFields, "A mesh has no field 'meshServices': it behaves as in mode Exclusive",
        Since(V3_0), "api/mesh/v1alpha1/mesh.proto", "UPGRADE.md 3.0.0: meshServices removed from the Mesh schema");

    public bool MeshMtls { get; } = facts.Add(
        MeshFields, "The field 'mtls' of a Mesh gives its proxies certificates",
        Before(V3_0), "api/mesh/v1alpha1/mesh.proto", "UPGRADE.md 3.0.0: Mesh.mtls no longer produces mTLS");

    public bool MeshSettings { get; } = facts.Add(
        MeshFields,
        "A Mesh has certificate authorities, tracing, logging and metrics backends, constraints and routing settings, which are checked",
        Before(V3_0),
        "pkg/core/resources/apis/mesh/mesh_validator.go",
        "UPGRADE.md 3.0.0: Mesh.spec.tracing removed; Mesh.spec.logging removed; Mesh.mtls is removed from the API");

    public bool MembershipConstraints { get; } = facts.Add(
        MeshFields, "The field 'constraints.dataplaneProxy' of a Mesh decides which Dataplanes may join",
        Before(V3_0), "pkg/core/managers/apis/dataplane/membership_validator.go", "UPGRADE.md 3.0.0: Inbound tags removed from Dataplane");

    public bool TimeoutForGatewaysByDefault { get; } = facts.Add(
        MeshFields, "A new mesh gets a MeshTimeout for its gateways ('mesh-gateways-timeout-all'); otherwise one for outbound traffic "
            + "('mesh-timeout-to-all')",
        Before(V3_0), "pkg/defaults/mesh/mesh.go", "UPGRADE.md 3.0.0: Legacy top-level policy targetRef selector kinds removed");

    public bool DefaultPoliciesLabelled { get; } = facts.Add(
        MeshFields, "The policies that a control plane on Universal makes for a new mesh carry computed labels",
        Since(V2_14), "pkg/defaults/mesh/mesh.go");
}
