using MeshLint.Diagnostics;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary>Both sides of the border of single rules: what reports, with which severity, beside what does not. Near misses of every id are in NearMisses.</summary>
public sealed class RuleBorderTests
{
    private static readonly string Service = MeshFixture.Standalone()
        .Dataplane("cart-1", "main=8080/tcp", service: "cart")
        .MeshService("cart-api", "web=80->main raw=81->main/tcp", "api: cart, team: shop", selects: "app: cart")
        .ToMarkup() + "---\n";

    private static readonly string External = MeshFixture.Standalone().MeshExternalService("pay", labels: "team: shop").ToMarkup();

    // Without sectionName a route means every port, and one of them speaks HTTP.
    [Theory]
    [InlineData("", false)]
    [InlineData(", sectionName: web", false)]
    [InlineData(", sectionName: raw", true)]
    public void An_http_route_needs_one_http_port(string section, bool reported) => Expect("ML5203", reported ? Severity.Warning : null, Service + $$$"""
        type: MeshHTTPRoute
        mesh: default
        name: to-cart
        spec:
          targetRef: {kind: Mesh}
          to:
            - targetRef: {kind: MeshService, name: cart-api{{{section}}}}
              rules:
                - matches: [{path: {type: PathPrefix, value: /}}]
                  default: {}
        """);

    // Zone proxies come from the installation, unless the files state some.
    [Fact]
    public void A_missing_egress_is_an_info_where_no_zone_proxy_is_stated() => Expect("ML5202", Severity.Info, External);

    [Fact]
    public void An_egress_of_the_zone_serves() => Expect("ML5202", null, External + """
        ---
        type: ZoneEgress
        name: egress
        networking: {address: 10.0.1.1, port: 10002}
        """);

    [Theory]
    [InlineData("kuma.io/env: universal", null)]
    [InlineData("kuma.io/env: kubernetes", Severity.Info)]
    public void A_computed_label_with_the_right_value_is_fine(string label, Severity? severity) =>
        Expect("ML9201", severity, Service.Replace("labels: {api: cart,", $"labels: {{{label}, api: cart,", StringComparison.Ordinal));

    // Where no document states the mesh, its mode is unknown.
    [Fact]
    public void A_tagless_inbound_is_fine_where_the_mode_is_unknown() => Expect("ML6202", null, """
        type: Dataplane
        mesh: default
        name: cart-1
        labels: {app: cart}
        networking:
          address: 10.0.0.1
          inbound: [{name: main, port: 8080, protocol: http}]
        """);

    // Two documents of one key are one resource, not two with one identity.
    [Fact]
    public void One_name_is_no_shared_identity() => Expect("ML2201", null, $"{External}---\n{External}");

    [Fact]
    public void Without_federated_zones_the_origin_is_the_same_everywhere() => Expect("ML2206", null, Service + """
        type: MeshTimeout
        mesh: default
        name: timeouts
        spec:
          targetRef: {kind: Mesh}
          to:
            - targetRef: {kind: MeshService, labels: {api: cart, kuma.io/origin: zone}}
              default: {connectionTimeout: 2s}
        """);

    [Fact]
    public void A_port_with_its_number_as_section_is_found_in_3_0_too() => Expect("ML6201", null, Service + """
        type: MeshMultiZoneService
        mesh: default
        name: everywhere
        labels: {kind: multi}
        spec:
          selector: {meshService: {matchLabels: {api: cart}}}
          ports:
            - {port: 80, appProtocol: http}
        """);

    private static void Expect(string id, Severity? severity, string text)
    {
        var found = TestRepository.Compile(text, KumaVersion.V2_14).Diagnostics.Where(d => d.Descriptor.Id == id).Select(d => (Severity?)d.Severity).ToList();
        Assert.Equal(severity is null ? [] : [severity], found);
    }
}
