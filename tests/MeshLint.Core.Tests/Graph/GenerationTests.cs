using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

public sealed class GenerationTests : GraphTestBase
{
    [Fact]
    public void First_dataplane_decides_the_ports_and_the_others_are_kept_as_losers()
    {
        var graph = Build(Mesh("Everywhere")
            + Dataplane("a", "10.0.0.1", "web:80:cart:http ops:90:cart")
            + Dataplane("b", "10.0.0.2", "ops:90:cart web:80:cart:http")
            + Dataplane("c", "10.0.0.3", "web:80:cart:http ops:90:cart"));

        var cart = Find(graph.Views[0], "cart").Destination;
        Assert.Equal(DestinationOrigin.GeneratedFromDataplanes, cart.Origin);
        Assert.Equal(["web 80 http", "ops 90 tcp"], cart.Ports.Select(p => $"{p.Name} {p.Port} {p.AppProtocol}"));
        Assert.Equal(["a", "b", "c"], graph.StateOf(cart).Selected.Select(d => d.CoreName));
        var conflict = Assert.Single(graph.PortConflicts);
        Assert.Same(cart, conflict.Service);
        Assert.Equal("a", conflict.Winner.Dataplane.CoreName);
        Assert.Equal(["b"], conflict.Losers.Select(l => l.Dataplane.CoreName));
        // The order of ports is nothing to endpoints.
        Assert.Equal("10.0.0.1:80 10.0.0.2:80 10.0.0.3:80", Endpoints(graph, graph.LocalOf(cart)));
    }

    [Fact]
    public void Nothing_is_generated_in_mode_disabled()
    {
        var graph = Build(Mesh("Disabled") + Dataplane("a", "10.0.0.1", "web:80:cart"));
        Assert.Empty(graph.Destinations);
        Assert.True(graph.LegacyServicesOf(graph.Views[0])[("default", "cart")].HasVip);
    }

    [Fact]
    public void A_declared_service_of_the_name_stands_in_the_way()
    {
        var graph = Build(Mesh("Everywhere") + Dataplane("a", "10.0.0.1", "web:80:cart") + """
            ---
            type: MeshService
            mesh: default
            name: cart
            spec: {selector: {}, ports: [{port: 1, targetPort: 1}]}
            """);

        var skipped = Assert.Single(graph.SkippedNames);
        Assert.Equal(SkippedNameReason.DeclaredExists, skipped.Reason);
        Assert.Equal("kuma.io/service", skipped.Key);
        Assert.Equal(DestinationOrigin.Declared, skipped.Declared?.Origin);
        Assert.Single(graph.Destinations);
    }

    [Fact]
    public void A_declared_service_that_claims_to_be_generated_is_taken_over()
    {
        var graph = Build(Mesh("Everywhere") + Dataplane("a", "10.0.0.1", "web:80:cart") + """
            ---
            type: MeshService
            mesh: default
            name: cart
            labels: {kuma.io/managed-by: meshservice-generator, team: red}
            spec: {selector: {}, ports: [{port: 1, targetPort: 1}]}
            """);

        var cart = Assert.Single(graph.Destinations);
        Assert.Equal(80, Assert.Single(cart.Ports).Port);
        Assert.Equal("red", cart.Labels["team"]);
        Assert.Equal("cart", cart.Labels[WellKnown.DisplayName]);
        Assert.Empty(graph.SkippedNames);
    }

    [Theory]
    [InlineData(KumaVersion.V2_9, "cart_ns_svc_80", true)]
    [InlineData(KumaVersion.V2_10, "cart_ns_svc_80", false)]
    [InlineData(KumaVersion.V2_14, "1cart", false)]
    [InlineData(KumaVersion.V2_14, "cart", true)]
    public void Names_follow_the_version(KumaVersion version, string name, bool isGenerated)
    {
        var graph = Build(Mesh("Everywhere") + Dataplane("a", "10.0.0.1", $"web:80:{name}"), version);
        Assert.Equal(isGenerated, graph.Destinations.Length == 1);
        Assert.Equal(!isGenerated, graph.SkippedNames.Length == 1 && graph.SkippedNames[0].Reason == SkippedNameReason.InvalidName);
    }

    [Fact]
    public void Workloads_give_services_where_tags_are_disabled()
    {
        var graph = Build(
            Mesh("Exclusive") + Dataplane("a", "10.0.0.1", "web:80:cart", "{kuma.io/workload: shop}"), KumaVersion.V2_14, p => p with { InboundTagsDisabled = true });
        var shop = Assert.Single(graph.Destinations);
        Assert.Equal("shop", shop.CoreName);
        Assert.Equal("kuma.io/workload=shop", shop.Selector.DataplaneLabels?.Labels.ToString());
        Assert.Equal("shop", Assert.Single(graph.Workloads).Name);
    }

    [Fact]
    public void Labels_of_most_dataplanes_are_propagated_where_the_control_plane_is_told_to()
    {
        var repository = Mesh("Everywhere")
            + Dataplane("a", "10.0.0.1", "web:80:cart", "{team: red, tier: one}")
            + Dataplane("b", "10.0.0.2", "web:80:cart", "{team: blue, kuma.io/x: yes-it-is}")
            + Dataplane("c", "10.0.0.3", "web:80:cart", "{team: blue, tier: two}");

        Assert.Null(Find(Build(repository).Views[0], "cart").Labels["team"]);
        var labels = Find(Build(repository, change: p => p with { PropagateMeshServiceLabels = true }).Views[0], "cart").Labels;
        Assert.Equal("blue", labels["team"]);
        // A tie goes to the newest Dataplane.
        Assert.Equal("two", labels["tier"]);
        Assert.Null(labels["kuma.io/x"]);
        Assert.Equal(2, labels.Count(l => l.Key.StartsWith("kuma.io/pkey-", StringComparison.Ordinal)));
        var allowed = Build(repository, change: p => p with { PropagateMeshServiceLabels = true, PropagatedMeshServiceLabels = ["tier"] });
        Assert.Null(Find(allowed.Views[0], "cart").Labels["team"]);
    }

    [Fact]
    public void Protocols_that_no_service_may_have_stop_generation_in_3_0()
    {
        var graph = Build("""
            type: Mesh
            name: default
            ---
            type: Dataplane
            mesh: default
            name: a
            labels: {kuma.io/workload: cart}
            networking: {address: 10.0.0.1, inbound: [{port: 80, name: web, protocol: tls}]}
            """, KumaVersion.V3_0);
        Assert.Empty(graph.Destinations);
        Assert.Equal(SkippedNameReason.InvalidProtocol, Assert.Single(graph.SkippedNames).Reason);
    }

    [Fact]
    public void A_later_document_of_one_key_overwrites_the_earlier_and_keeps_its_age()
    {
        var graph = Build(Mesh("Everywhere")
            + Dataplane("a", "10.0.0.1", "web:80:cart")
            + Dataplane("b", "10.0.0.2", "web:81:cart")
            + Dataplane("a", "10.0.0.3", "web:82:cart"));

        Assert.Equal(["a 10.0.0.3", "b 10.0.0.2"], graph.Dataplanes.Select(d => $"{d.CoreName} {d.Address}"));
        Assert.Equal(82, Assert.Single(graph.Destinations).Ports[0].Port);
        var overwrite = Assert.Single(graph.Overwrites);
        Assert.True(overwrite.Earlier.Order < overwrite.Later.Order);
    }

    [Fact]
    public void Default_policies_come_with_a_mesh_unless_it_refuses_them()
    {
        Assert.Equal(4, Build(Mesh("Everywhere")).Views[0].Resources.Count(r => r.KindInfo.Group == KindGroup.Policy && r.IsDefault));
        Assert.Equal(2, Build(Mesh("Everywhere", "skipCreatingInitialPolicies: [MeshTimeout]")).Views[0].Resources.Count(r => r.KindInfo.Group == KindGroup.Policy));
        Assert.DoesNotContain(Build(Mesh("Everywhere", "skipCreatingInitialPolicies: ['*']")).Views[0].Resources, r => r.KindInfo.Group == KindGroup.Policy);
    }
}
