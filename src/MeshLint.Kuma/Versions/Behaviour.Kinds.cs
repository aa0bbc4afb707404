using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>Which kinds a line has.</content>
public sealed partial class Behaviour
{
    public bool MeshIdentities { get; } = facts.Add(
        Kinds, "Kinds MeshIdentity and MeshTrust exist: a workload gets a SPIFFE identity without the mesh's certificate authority",
        Since(V2_12), "pkg/core/resources/apis/meshidentity/api/v1alpha1/meshidentity.go", "CHANGELOG.md 2.12.0");

    public bool Workloads { get; } = facts.Add(
        Kinds, "Kind Workload exists, and the label 'kuma.io/workload' names what a proxy belongs to",
        Since(V2_13), "pkg/core/resources/apis/workload/api/v1alpha1/workload.go", "CHANGELOG.md 2.13.0");

    public bool OpenTelemetryBackends { get; } = facts.Add(
        Kinds, "Kind MeshOpenTelemetryBackend exists, and telemetry policies refer to it by 'backendRef'",
        Since(V2_14),
        "pkg/core/resources/apis/meshopentelemetrybackend/api/v1alpha1/meshopentelemetrybackend.go", "UPGRADE.md 2.14.x: Observability");

    public bool MeshZoneAddresses { get; } = facts.Add(
        Kinds, "Kind MeshZoneAddress exists: it tells other zones where a zone is entered",
        Since(V2_14),
        "pkg/core/resources/apis/meshzoneaddress/api/v1alpha1/meshzoneaddress.go",
        "UPGRADE.md 3.0.0: Cross-zone MeshService routing requires MeshZoneAddress");

    public bool ZoneIngressesAndEgresses { get; } = facts.Add(
        Kinds, "Kinds ZoneIngress and ZoneEgress exist, and Pods with 'kuma.io/ingress' or 'kuma.io/egress' become them",
        Before(V3_0), "api/mesh/v1alpha1/zone_ingress.proto", "UPGRADE.md 3.0.0: ZoneIngress and ZoneEgress resources removed");

    public bool LegacyPolicies { get; } = facts.Add(
        Kinds, "The policies that select by 'sources' and 'destinations' (TrafficRoute, TrafficPermission, …) and ExternalService exist",
        Before(V3_0),
        "api/mesh/v1alpha1/traffic_route.proto",
        "UPGRADE.md 3.0.0: Legacy policy resources removed; Legacy ExternalService resource removed");

    public bool BuiltinGateways { get; } = facts.Add(
        Kinds, "Kuma's own gateway exists: MeshGateway, MeshGatewayRoute, MeshGatewayConfig, MeshGatewayInstance and gateway type BUILTIN",
        Before(V3_0), "api/mesh/v1alpha1/gateway.proto", "UPGRADE.md 3.0.0: Built-in gateway API and CRDs removed");
}
