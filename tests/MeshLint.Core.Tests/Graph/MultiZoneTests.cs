using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

public sealed class MultiZoneTests : GraphTestBase
{
    private const string EastService = """
        # file: east/services.yaml
        type: MeshService
        mesh: default
        name: cart
        labels: {kuma.io/origin: zone}
        spec: {selector: {}, ports: [{port: 80, targetPort: 80}], state: Available}

        """;

    [Theory]
    // The check values of docs/kuma/multi-zone.md#replication.
    [InlineData("default", "redis-zone-1", "zone-1", null, "redis-zone-1-2v6wfvvcvbc9f55d")]
    [InlineData("default", "default-timeout-global", null, null, "default-timeout-global-54dbd4c66zwbcf9c")]
    [InlineData("default", "orders", "zone-a", "shop", "orders-bdwc4f6v98df7974")]
    public void Copies_have_hashed_names(string mesh, string name, string? zone, string? ns, string expected) =>
        Assert.Equal(expected, Kri.CopyName(mesh, name, zone, ns));

    [Fact]
    public void Services_are_copied_to_the_global_and_to_other_zones()
    {
        var graph = Build(TwoZones + "# file: global/mesh.yaml\n" + Mesh("Everywhere") + EastService);
        var cart = Assert.Single(graph.Destinations);
        Assert.Equal(["east", "global", "west"], graph.InstancesOf(cart).Select(i => i.ControlPlane.Name));
        Assert.Equal("zone", graph.InstancesOf(cart)[1].Labels[WellKnown.Origin]);
        Assert.Equal("global", graph.InstancesOf(cart)[2].Labels[WellKnown.Origin]);
        Assert.Equal("cart", graph.InstancesOf(cart)[2].Labels[WellKnown.DisplayName]);
        // A hand-written Universal service has no display name at home before 3.0.
        Assert.Null(cart.Labels[WellKnown.DisplayName]);
        Assert.Equal(Kri.CopyName("default", "cart", "east", null), graph.InstancesOf(cart)[2].CoreName);
        Assert.Equal("cart.svc.east.mesh.local", Assert.Single(graph.HostnamesOf(graph.InstancesOf(cart)[2])).Hostname);
        Assert.Equal("cart.svc.mesh.local", Assert.Single(graph.HostnamesOf(graph.LocalOf(cart))).Hostname);
        Assert.Empty(graph.HostnamesOf(graph.InstancesOf(cart)[1]));
    }

    [Fact]
    public void Zones_without_a_global_in_the_repository_get_an_implied_one()
    {
        var graph = Build("""
            # file: .meshlint.yaml
            controlPlanes:
            - {path: east, role: federated-zone, zone: east}
            - {path: west, role: federated-zone, zone: west, environment: kubernetes}

            """ + EastService);
        Assert.True(graph.Views[^1].IsImplied);
        Assert.EndsWith(".kuma-system", Find(View(graph, "west"), "cart").CoreName, StringComparison.Ordinal);
        Assert.Equal("cart.svc.east.mesh.local", Assert.Single(graph.HostnamesOf(Find(View(graph, "west"), "cart"))).Hostname);
    }

    [Fact]
    public void A_label_keeps_a_resource_at_home()
    {
        var graph = Build(TwoZones + "# file: global/mesh.yaml\n" + Mesh("Everywhere") + EastService.Replace("{kuma.io/origin: zone}", "{kuma.io/origin: zone, kuma.io/kds-sync: disabled}", StringComparison.Ordinal));
        Assert.Single(graph.InstancesOf(Assert.Single(graph.Destinations)));
    }

    [Fact]
    public void External_services_of_a_zone_reach_the_global_only()
    {
        var graph = Build(TwoZones + "# file: global/mesh.yaml\n" + Mesh("Everywhere") + """
            # file: east/external.yaml
            type: MeshExternalService
            mesh: default
            name: s3
            labels: {kuma.io/origin: zone}
            spec: {match: {port: 443, protocol: tcp}, endpoints: [{address: s3.example.com, port: 443}]}
            """);
        Assert.Equal(["east", "global"], graph.InstancesOf(Assert.Single(graph.Destinations)).Select(i => i.ControlPlane.Name));
    }

    [Fact]
    public void Two_services_of_one_identity_are_one_copy()
    {
        var graph = Build(TwoZones + "# file: global/mesh.yaml\n" + Mesh("Everywhere") + EastService + "---\n" + EastService[(EastService.IndexOf('\n', StringComparison.Ordinal) + 1)..]
            .Replace("name: cart", "name: basket", StringComparison.Ordinal).Replace("{kuma.io/origin: zone}", "{kuma.io/origin: zone, kuma.io/display-name: cart}", StringComparison.Ordinal));
        Assert.Equal(2, View(graph, "east").FindDestinations(DestinationKind.MeshService, "default", "east", "", "cart").Length);
        Assert.Single(View(graph, "west").Destinations);
        Assert.Equal("basket", View(graph, "west").Destinations[0].Destination.CoreName);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("mtls: {enabledBackend: ca, backends: [{name: ca, type: builtin}]}", "1.1.1.1:10001")]
    public void Remote_services_need_mtls_and_an_ingress_with_a_public_address(string mtls, string expected)
    {
        var graph = Build(TwoZones + "# file: global/mesh.yaml\n" + Mesh("Exclusive", mtls) + EastService + """
            ---
            type: ZoneIngress
            name: ingress
            networking: {address: 10.0.0.9, port: 10001, advertisedAddress: 1.1.1.1, advertisedPort: 10001}
            """);
        var copy = Find(View(graph, "west"), "cart");
        Assert.Equal(expected, Endpoints(graph, copy));
        Assert.All(graph.EndpointsOf(copy)[0], e => Assert.Equal((EndpointRoute.ZoneIngress, "east", 1), (e.Route, e.Zone, e.Priority)));
    }

    [Fact]
    public void Legacy_services_reach_other_zones_once_per_tag_set()
    {
        var graph = Build(TwoZones + "# file: global/mesh.yaml\n" + Mesh("Everywhere", "mtls: {enabledBackend: ca, backends: [{name: ca, type: builtin}]}\nrouting: {localityAwareLoadBalancing: true}")
            + "# file: east/dps.yaml\n" + Dataplane("a", "10.0.0.1", "web:80:cart:http") + Dataplane("b", "10.0.0.2", "web:81:cart:http") + Dataplane("c", "10.0.0.3", "web:80:cart")
            + "---\ntype: ZoneIngress\nname: ingress\nnetworking: {address: 10.0.0.9, port: 10001, advertisedAddress: 1.1.1.1, advertisedPort: 10001}\n");
        var cart = graph.LegacyServicesOf(View(graph, "west"))[("default", "cart")];
        Assert.True(cart.HasVip);
        Assert.Equal([1, 2], cart.Endpoints.Select(e => e.Weight).Order());
        Assert.All(cart.Endpoints, e => Assert.Equal(("1.1.1.1", 10001, 1), (e.Address, e.Port, e.Priority)));
        Assert.Equal([80, 80, 81], graph.LegacyServicesOf(View(graph, "east"))[("default", "cart")].Endpoints.Select(e => e.Port).Order());
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, "")]
    [InlineData(KumaVersion.V3_0, "1.1.1.1:10001")]
    public void Two_zones_may_share_an_address_since_3_0(KumaVersion version, string expected)
    {
        const string address = """
            type: MeshZoneAddress
            mesh: default
            name: public
            labels: {kuma.io/origin: zone}
            spec: {address: 1.1.1.1, port: 10001}

            """;
        var graph = Build("""
            # file: .meshlint.yaml
            controlPlanes:
            - {path: global, role: global}
            - {path: a, role: federated-zone, zone: a}
            - {path: east, role: federated-zone, zone: east}
            - {path: west, role: federated-zone, zone: west}
            # file: global/mesh.yaml
            type: Mesh
            name: default
            ---
            type: MeshIdentity
            mesh: default
            name: identity
            spec:
              selector: {dataplane: {}}
              provider: {type: Bundled, bundled: {autogenerate: {enabled: true}}}

            """ + "# file: a/address.yaml\n" + address + "# file: east/address.yaml\n" + address + EastService, version);
        Assert.Equal(expected, Endpoints(graph, Find(View(graph, "west"), "cart")));
    }

    [Fact]
    public void A_gateway_without_service_never_reaches_the_global()
    {
        var graph = Build(TwoZones + "# file: global/mesh.yaml\n" + Mesh("Exclusive") + """
            # file: east/dps.yaml
            type: Dataplane
            mesh: default
            name: edge
            networking: {address: 10.0.0.1, gateway: {}}
            ---
            type: Dataplane
            mesh: default
            name: web
            networking: {address: 10.0.0.2, inbound: [{port: 80, tags: {kuma.io/service: web}}]}
            """);
        Assert.Equal(2, View(graph, "east").Dataplanes.Length);
        Assert.Equal("web", Assert.Single(View(graph, "global").DataplaneCopies).Dataplane.CoreName);
    }
}
