using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

public sealed class DestinationTests : GraphTestBase
{
    private const string Service = """
        ---
        type: MeshService
        mesh: default
        name: cart
        spec:
          selector: {dataplaneLabels: {matchLabels: {}}}
          ports: [{port: 80, targetPort: web}, {port: 81, targetPort: 8080}, {port: 82}]

        """;

    [Fact]
    public void Target_ports_match_names_exactly_and_numbers_and_nothing_where_absent()
    {
        var graph = Build(Mesh("Exclusive") + Service + Dataplane("a", "10.0.0.1", "web:8080:x") + Dataplane("b", "10.0.0.2", "Web:8080:x"));
        var cart = Find(graph.Views[0], "cart");
        Assert.Equal("10.0.0.1:8080", Endpoints(graph, cart, 0));
        Assert.Equal("10.0.0.1:8080 10.0.0.2:8080", Endpoints(graph, cart, 1));
        Assert.Equal("", Endpoints(graph, cart, 2));
        Assert.Equal(2, graph.StateOf(cart.Destination).Selected.Length);
        Assert.False(graph.StateOf(cart.Destination).IsAvailable);
    }

    [Theory]
    [InlineData("{dataplaneLabels: {matchLabels: {app: a}}}")]
    [InlineData("{dataplaneTags: {kuma.io/service: x}}")]
    [InlineData("{dataplaneTags: {kuma.io/service: x, kuma.io/protocol: http}}")]
    public void Services_with_one_selector_share_one_selection(string selector)
    {
        var graph = Build(Mesh("Exclusive") + $$$"""
            ---
            {type: MeshService, mesh: default, name: one, spec: {selector: {{{selector}}}, ports: [{port: 80, targetPort: 80}]}}
            ---
            {type: MeshService, mesh: default, name: two, spec: {selector: {{{selector}}}, ports: [{port: 81, targetPort: 80}]}}
            ---
            {type: Dataplane, mesh: default, name: a, labels: {app: a}, networking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: x, kuma.io/protocol: http}}]}}
            ---
            {type: Dataplane, mesh: default, name: b, labels: {app: a}, networking: {address: 10.0.0.2, inbound: [{port: 80, tags: {kuma.io/service: x, kuma.io/protocol: http}}]}}
            """);
        var one = graph.StateOf(Find(graph.Views[0], "one").Destination).Selected;
        Assert.Equal(["a", "b"], one.Select(d => d.CoreName));
        Assert.True(one == graph.StateOf(Find(graph.Views[0], "two").Destination).Selected, "the same list, not an equal one");
    }

    [Fact]
    public void Unhealthy_inbounds_count_for_the_state_by_state_only()
    {
        var graph = Build(Mesh("Exclusive") + """
            type: MeshService
            mesh: default
            name: cart
            spec: {selector: {dataplaneTags: {kuma.io/service: x}}, ports: [{port: 80, targetPort: 80}]}
            ---
            type: Dataplane
            mesh: default
            name: a
            networking: {address: 10.0.0.1, inbound: [{port: 80, health: {ready: false}, tags: {kuma.io/service: x}}]}
            """);
        var cart = Find(graph.Views[0], "cart");
        Assert.True(graph.StateOf(cart.Destination).IsAvailable);
        Assert.Equal("", Endpoints(graph, cart));
    }

    [Fact]
    public void A_pair_with_empty_value_matches_services_without_the_label()
    {
        var graph = Build(Mesh("Exclusive") + """
            type: MeshService
            mesh: default
            name: a
            labels: {team: red}
            spec: {selector: {}, ports: [{port: 80}]}
            ---
            type: MeshService
            mesh: default
            name: b
            spec: {selector: {}, ports: [{port: 80}]}
            ---
            type: MeshMultiZoneService
            mesh: default
            name: all
            spec: {selector: {meshService: {matchLabels: {team: ''}}}, ports: [{port: 80}]}
            """);
        Assert.Equal(["b"], graph.MatchesOf(Find(graph.Views[0], "all", DestinationKind.MeshMultiZoneService)).Select(m => m.CoreName));
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, "10.0.0.1:8080")]
    [InlineData(KumaVersion.V3_0, "")]
    public void Multi_zone_ports_find_numbers_before_3_0_and_names_since(KumaVersion version, string expected)
    {
        var graph = Build((version.IsTwo() ? Mesh("Exclusive") : "type: Mesh\nname: default\n---\n") + """
            type: MeshService
            mesh: default
            name: cart
            labels: {app: cart}
            spec: {selector: {dataplaneRef: {name: a}}, ports: [{port: 80, name: http, targetPort: 8080}]}
            ---
            type: MeshMultiZoneService
            mesh: default
            name: all
            spec: {selector: {meshService: {matchLabels: {app: cart}}}, ports: [{port: 80, name: web}]}
            """ + "\n" + Dataplane("a", "10.0.0.1", "main:8080:x"), version);
        Assert.Equal(expected, Endpoints(graph, Find(graph.Views[0], "all", DestinationKind.MeshMultiZoneService)));
    }

    [Fact]
    public void External_services_are_reached_through_egresses()
    {
        var external = Mesh("Exclusive") + """
            type: MeshExternalService
            mesh: default
            name: s3
            spec: {match: {port: 443, protocol: tcp}, endpoints: [{address: s3.example.com, port: 443}]}
            ---
            type: ZoneEgress
            name: egress
            networking: {address: 10.9.9.9, port: 10002}

            """;
        var graph = Build(external);
        Assert.Equal("10.9.9.9:10002", Endpoints(graph, Find(graph.Views[0], "s3", DestinationKind.MeshExternalService)));
        // Listeners of Dataplanes replace the legacy ones.
        var withListener = external + """
            ---
            type: Dataplane
            mesh: default
            name: zone-proxy
            networking: {address: 10.8.8.8, listeners: [{type: ZoneEgress, address: 10.8.8.8, port: 10003}]}
            """;
        graph = Build(withListener);
        Assert.Equal("10.8.8.8:10003", Endpoints(graph, Find(graph.Views[0], "s3", DestinationKind.MeshExternalService)));
    }

    [Fact]
    public void Equal_hostnames_collide_and_say_that_age_decides()
    {
        var graph = Build(Mesh("Exclusive") + """
            type: MeshService
            mesh: default
            name: a
            spec: {selector: {}, ports: [{port: 80}]}
            ---
            type: MeshService
            mesh: default
            name: b
            spec: {selector: {}, ports: [{port: 80}]}
            ---
            type: HostnameGenerator
            name: fixed
            spec: {selector: {meshService: {}}, template: 'one.{{ .Mesh }}.local'}
            """);
        var outcomes = graph.Views[0].Destinations.Select(d => graph.HostnamesOf(d).Single(h => h.Generator.CoreName == "fixed")).ToList();
        Assert.Equal([HostnameReason.Generated, HostnameReason.Collision], outcomes.Select(o => o.Reason));
        Assert.All(outcomes, o => Assert.True(o.DependsOnOrder));
        Assert.Equal("Hostname collision with MeshService: b", outcomes[1].Message);
        Assert.Equal("a", outcomes[1].Winner?.CoreName);
        Assert.All(graph.Views[0].Destinations, d => Assert.False(graph.HostnamesOf(d).Single(h => h.Generator.CoreName == "local-universal-mesh-service").DependsOnOrder));
    }

    [Theory]
    [InlineData(KumaVersion.V2_13, HostnameReason.Generated, "a..local")]
    [InlineData(KumaVersion.V2_14, HostnameReason.TemplateError, "")]
    public void A_hostname_that_is_no_dns_name_is_refused_since_2_14(KumaVersion version, HostnameReason reason, string hostname)
    {
        var graph = Build(Mesh("Exclusive") + """
            type: MeshService
            mesh: default
            name: a
            spec: {selector: {}, ports: [{port: 80}]}
            ---
            type: HostnameGenerator
            name: with-namespace
            spec: {selector: {meshService: {}}, template: '{{ .Name }}.{{ .Namespace }}.local'}
            """, version);
        var outcome = graph.HostnamesOf(graph.Views[0].Destinations[0]).Single(h => h.Generator.CoreName == "with-namespace");
        Assert.Equal((reason, hostname), (outcome.Reason, outcome.Hostname));
        Assert.Equal(reason == HostnameReason.TemplateError, outcome.Message.StartsWith("generated hostname \"a..local\" is not a valid DNS name: a lowercase", StringComparison.Ordinal));
    }
}
