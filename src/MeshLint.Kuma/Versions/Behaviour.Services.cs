using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>MeshServices, MeshExternalServices and MeshMultiZoneServices.</content>
public sealed partial class Behaviour
{
    public bool LegacyServices { get; } = facts.Add(
        Services, "A service also exists under the value of the tag 'kuma.io/service', without a MeshService",
        Before(V3_0),
        "pkg/xds/topology/outbound.go",
        "UPGRADE.md 3.0.0: MeshService mode no longer disables zone proxy listeners, inspect endpoints, or MeshIdentity initialization");

    public bool DataplaneTagsSelector { get; } = facts.Add(
        Services, "A MeshService selects by inbound tags ('dataplaneTags')",
        Before(V3_0),
        "pkg/core/resources/apis/meshservice/api/v1alpha1/meshservice.go",
        "UPGRADE.md 3.0.0: dataplaneTags removed from the MeshService selector");

    public bool DataplaneLabelsSelector { get; } = facts.Add(
        Services, "A MeshService selects by labels of Dataplanes ('dataplaneLabels'); empty ones select every Dataplane",
        Since(V2_14),
        "pkg/core/resources/apis/meshservice/api/v1alpha1/meshservice.go",
        "UPGRADE.md 3.0.0: dataplaneTags removed from the MeshService selector");

    public bool EmptyPortNameIsName { get; } = facts.Add(
        Services, "A port of a MeshService whose name is the empty text has the empty section name, not its number",
        Since(V2_12), "pkg/core/resources/apis/meshservice/api/v1alpha1/helpers.go");

    public bool StatusByTargetPort { get; } = facts.Add(
        Services,
        "A Dataplane counts as healthy for a port if a ready inbound serves its target port; otherwise by an inbound with the port's "
            + "name or number",
        Since(V2_10), "pkg/core/resources/apis/meshservice/status/updater.go");

    public bool GeneratedNamesAreLabels { get; } = facts.Add(
        Services, "On Universal a MeshService is generated only for service names that are DNS labels",
        Since(V2_10),
        "pkg/core/resources/apis/meshservice/generate/generator.go",
        "UPGRADE.md 2.10.x: On Universal, a MeshService is no longer generated for any dataplane that has an invalid kuma.io/service "
            + "tag");

    public bool GeneratedProtocolParsed { get; } = facts.Add(
        Services, "The protocol of a generated MeshService's port is a known one, else tcp",
        Since(V2_12), "pkg/core/resources/apis/meshservice/generate/generator.go");

    public bool GeneratedProtocolChecked { get; } = facts.Add(
        Services, "A generated MeshService with a protocol that a MeshService may not have is not written",
        Since(V3_0), "pkg/core/resources/apis/meshservice/generate/generator.go");

    public bool GeneratedZoneLabel { get; } = facts.Add(
        Services, "A generated MeshService has the label 'kuma.io/zone'",
        Since(V2_10), "pkg/core/resources/apis/meshservice/generate/generator.go");

    public bool GeneratedLabelsUpdated { get; } = facts.Add(
        Services, "The labels of a generated MeshService are brought up to date when it exists already",
        Since(V2_14), "pkg/core/resources/apis/meshservice/generate/generator.go");

    public bool ServiceLabelPropagation { get; } = facts.Add(
        Services, "A setting carries labels of Dataplanes over to the MeshServices generated from them",
        Since(V2_14), "pkg/core/resources/apis/meshservice/generate/generator.go", "CHANGELOG.md 2.14.0");

    public bool MultiZonePortsChecked { get; } = facts.Add(
        Services, "The ports of a MeshMultiZoneService are checked",
        Since(V2_10), "pkg/core/resources/apis/meshmultizoneservice/api/v1alpha1/validator.go");

    public bool MultiZonePortsByNumber { get; } = facts.Add(
        Services,
        "A port of a MeshMultiZoneService is served by ports of the same number; otherwise by the ports of the same section name",
        Before(V3_0), "pkg/xds/topology/outbound.go");

    public bool ExternalProtocolFromEndpoints { get; } = facts.Add(
        Services, "A route knows the protocol of a MeshExternalService from its endpoints only",
        Before(V2_10), "pkg/xds/context/mesh_context_builder.go");

    public bool ExternalServiceOfOneZone { get; } = facts.Add(
        Services, "A MeshExternalService may be bound to the egress of one zone by its label 'kuma.io/zone'",
        Before(V3_0), "pkg/xds/topology/outbound.go", "UPGRADE.md 3.0.0: Per-zone MeshExternalService routing removed");

    public bool SecureDataSource { get; } = facts.Add(
        Services, "TLS verification of a MeshExternalService takes certificates as SecureDataSource",
        Since(V3_0),
        "pkg/core/resources/apis/meshexternalservice/api/v1alpha1/validator.go",
        "UPGRADE.md 3.0.0: MeshExternalService TLS verification uses the SecureDataSource shape");

    public bool ServerNamesWarned { get; } = facts.Add(
        Services, "A port whose SNI would be no DNS name is taken with a warning",
        Since(V2_14),
        "pkg/core/resources/apis/meshservice/api/v1alpha1/deprecated.go",
        "UPGRADE.md 2.14.x: MeshMultiZoneService names longer than 63 characters are deprecated");
}
