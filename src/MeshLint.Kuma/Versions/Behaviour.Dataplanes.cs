using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>What a Dataplane says.</content>
public sealed partial class Behaviour
{
    public bool InboundTags { get; } = facts.Add(
        Dataplanes, "Inbounds have tags, by which services and policies select",
        Before(V3_0), "api/mesh/v1alpha1/dataplane.proto", "UPGRADE.md 3.0.0: Inbound tags removed from Dataplane");

    public bool InboundTagsOptional { get; } = facts.Add(
        Dataplanes, "An inbound or a delegated gateway may have no tags at all",
        Since(V2_14), "pkg/core/resources/apis/mesh/dataplane_validator.go");

    public bool InboundTagsSetting { get; } = facts.Add(
        Dataplanes, "The setting 'experimental.inboundTagsDisabled' makes a control plane produce no inbound tags",
        Since(V2_14, before: V3_0), "pkg/config/app/kuma-cp/config.go", "UPGRADE.md 3.0.0: Inbound tags removed from Dataplane");

    public bool TaglessDataplaneFrozen { get; } = facts.Add(
        Dataplanes,
        "On Universal a Dataplane without tags is created, but every update of it is refused: the control plane adds a tag first",
        Since(V2_14, before: V3_0), "pkg/core/managers/apis/dataplane/dataplane_manager.go");

    public bool InboundProtocolField { get; } = facts.Add(
        Dataplanes, "The protocol of an inbound is its field 'protocol'",
        Since(V2_14), "api/mesh/v1alpha1/dataplane.proto", "UPGRADE.md 3.0.0: kuma.io/protocol inbound tag no longer sets the protocol");

    public bool ProtocolTag { get; } = facts.Add(
        Dataplanes, "The tag 'kuma.io/protocol' sets the protocol of an inbound",
        Before(V3_0),
        "api/mesh/v1alpha1/dataplane_helpers.go", "UPGRADE.md 3.0.0: kuma.io/protocol inbound tag no longer sets the protocol");

    public bool ProtocolTagInAnyCase { get; } = facts.Add(
        Dataplanes, "Upper and lower case of the tag 'kuma.io/protocol' do not matter to validators",
        Since(V2_12), "pkg/core/metadata/protocol.go");

    public bool ZoneProxyListeners { get; } = facts.Add(
        Dataplanes, "A Dataplane may be a zone proxy: it has listeners of type ZoneIngress or ZoneEgress",
        Since(V2_14), "api/mesh/v1alpha1/dataplane.proto", "CHANGELOG.md 2.14.0");

    public bool DataplaneMayBeEmpty { get; } = facts.Add(
        Dataplanes, "A Dataplane needs neither inbound nor gateway",
        Since(V2_14), "pkg/core/resources/apis/mesh/dataplane_validator.go");

    public bool DataplaneProbesAndMetrics { get; } = facts.Add(
        Dataplanes, "A Dataplane has 'probes' (virtual probes) and 'metrics', which are checked",
        Before(V3_0), "pkg/core/resources/apis/mesh/dataplane_validator.go", "UPGRADE.md 3.0.0: Virtual probes removed");

    public bool LegacyOutbounds { get; } = facts.Add(
        Dataplanes, "An outbound may name its service by tags instead of 'backendRef'",
        Before(V3_0), "pkg/core/resources/apis/mesh/dataplane_validator.go", "UPGRADE.md 3.0.0: Dataplane outbounds must use backendRef");

    public bool OutboundsNarrowReach { get; } = facts.Add(
        Dataplanes,
        "With transparent proxying a resolved 'backendRef' of an outbound narrows what the proxy reaches, as 'reachableBackends' does",
        Since(V2_12), "pkg/xds/sync/dataplane_proxy_builder.go");

    public bool AdvertisedAddress { get; } = facts.Add(
        Dataplanes, "A Dataplane may advertise another address than its own",
        Before(V3_0), "api/mesh/v1alpha1/dataplane.proto", "UPGRADE.md 3.0.0: advertisedAddress removed from Dataplane networking");

    public bool ReachableServices { get; } = facts.Add(
        Dataplanes, "The list 'reachableServices' narrows what a proxy reaches",
        Before(V3_0),
        "api/mesh/v1alpha1/dataplane.proto",
        "UPGRADE.md 3.0.0: reachableServices / kuma.io/transparent-proxying-reachable-services removed");

    public bool ReachableBackendsBySection { get; } = facts.Add(
        Dataplanes, "A reachable backend finds its port by section name; otherwise every match with that port number counts",
        Since(V2_12), "pkg/xds/sync/dataplane_proxy_builder.go");

    public bool KriNames { get; } = facts.Add(
        Dataplanes, "Envoy resources always bear KRI names",
        Since(V3_0), "pkg/core/naming/unified-naming/unified_naming.go", "UPGRADE.md 3.0.0: Unified resource naming opt-out removed");

    public bool KriOutboundsInExclusive { get; } = facts.Add(
        Dataplanes, "Outbound listeners bear KRI names in a mesh of mode Exclusive where the proxy has the feature",
        Since(V2_12), "pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go", "CHANGELOG.md 2.12.0");

    public bool KriInboundsInExclusive { get; } = facts.Add(
        Dataplanes, "Inbound listeners bear the name of their section in a mesh of mode Exclusive where the proxy has the feature",
        Since(V2_13), "pkg/xds/generator/inbound_proxy_generator.go", "CHANGELOG.md 2.13.0");

    public bool KafkaProtocol { get; } = facts.Add(
        Dataplanes, "Protocol 'kafka' is known",
        Before(V3_0), "pkg/core/metadata/protocol.go");

    public bool MysqlProtocol { get; } = facts.Add(
        Dataplanes, "Protocol 'mysql' is known",
        Since(V2_10), "pkg/core/metadata/protocol.go", "UPGRADE.md 2.10.x: MeshPassthrough");
}
