using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

/// <summary>SPIFFE IDs and server names in rules.</summary>
public sealed class RuleMatchTests
{
    private const string Path = "spec.rules[0].default.allow[0].spiffeID";

    [Theory]
    [InlineData("{type: Exact, value: \"spiffe://shop/cart\"}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_dp_shop_default__cart-1_")]
    [InlineData("{type: Exact, value: \"spiffe://shop/crat\"}", ReferenceStatus.Unresolved, ReferenceReason.SelectsNothing, "")]
    [InlineData("{type: Prefix, value: \"spiffe://shop/pa\"}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_dp_shop_default__pay-1_")]
    [InlineData("{type: Prefix, value: \"spiffe://shop\"}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_m____shop_")]
    [InlineData("{type: Exact, value: \"spiffe://partner.example/x\"}", ReferenceStatus.Resolved, ReferenceReason.ForeignTrustDomain, "")]
    public void Clients_of_a_mesh_with_mTLS_bear_their_service(string match, ReferenceStatus status, ReferenceReason reason, string targets)
    {
        var bound = Bound.Of(Mutual(Bound.Shop) + Permission(match));
        Assert.Equal((status, reason, targets), (bound.Outcome("permission", Path).Status, bound.Outcome("permission", Path).Reason, bound.Targets("permission", Path)));
        if (status == ReferenceStatus.Unresolved)
            Assert.Equal("spiffe://shop/cart", Assert.Single(bound.Outcome("permission", Path).Candidates).Value);
    }

    [Fact]
    public void Without_identities_nothing_is_compared() =>
        Assert.Equal(ReferenceReason.NoIdentity, Bound.Of(Bound.Shop + Permission("{type: Exact, value: \"spiffe://shop/cart\"}")).Outcome("permission", Path).Reason);

    [Fact]
    public void A_MeshIdentity_gives_ids_of_its_own()
    {
        const string identity = """
            ---
            type: MeshIdentity
            mesh: shop
            name: identity
            spec:
              selector: {dataplane: {matchLabels: {app: cart}}}
              spiffeID: {trustDomain: "{{ .Mesh }}.example", path: "/app/{{ label \"app\" }}"}
              provider: {type: Bundled, bundled: {autogenerate: {enabled: true}, insecureAllowSelfSigned: true}}
            """;
        var bound = Bound.Of(Bound.Shop + identity + "\n" + Permission("{type: Exact, value: \"spiffe://shop.example/app/cart\"}"), KumaVersion.V3_0);
        Assert.Equal("kri_dp_shop_default__cart-1_", bound.Targets("permission", Path));
    }

    [Theory]
    [InlineData("sni.msvc.shop.default.shop-cart.web", ReferenceStatus.Resolved, "kri_msvc_shop_default__shop-cart_web")]
    [InlineData("sni.msvc.shop.default.shop-cart.80", ReferenceStatus.Unresolved, "")]
    [InlineData("bank.example", ReferenceStatus.Resolved, "")]
    public void A_server_name_is_that_of_a_destination_port(string name, ReferenceStatus status, string targets)
    {
        var permission = $$$"""
            ---
            type: MeshTrafficPermission
            mesh: shop
            name: permission
            spec: {rules: [{default: {allow: [{sni: {type: Exact, value: "{{{name}}}" } }]}}]}
            """;
        var bound = Bound.Of(Bound.Shop + permission);
        const string path = "spec.rules[0].default.allow[0].sni";
        Assert.Equal((status, targets), (bound.Outcome("permission", path).Status, bound.Targets("permission", path)));
    }

    private static string Mutual(string shop) => shop.Replace(
        "meshServices: {mode: Exclusive}", "meshServices: {mode: Exclusive}\nmtls: {enabledBackend: ca, backends: [{name: ca, type: builtin}]}", StringComparison.Ordinal);

    private static string Permission(string match) => $$$"""
        ---
        type: MeshTrafficPermission
        mesh: shop
        name: permission
        spec: {rules: [{default: {allow: [{spiffeID: {{{match}}} }]}}]}
        """;
}
