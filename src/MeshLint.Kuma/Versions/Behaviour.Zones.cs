using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>Traffic between zones.</content>
public sealed partial class Behaviour
{
    public bool EndpointsByPortNumber { get; } = facts.Add(
        Zones, "Endpoints of a destination are kept by port number; otherwise by section name",
        Before(V3_0), "pkg/xds/topology/outbound.go");

    public bool ZoneAddressOnceInAll { get; } = facts.Add(
        Zones, "An ingress address that another zone has already is dropped; otherwise an address counts once a zone",
        Before(V3_0), "pkg/xds/topology/outbound.go", "UPGRADE.md 3.0.0: Cross-zone MeshService routing requires MeshZoneAddress");
}
