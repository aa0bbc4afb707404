using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

/// <summary>
/// Outbounds and reachable backends of Dataplanes (docs/kuma/references.md#dataplane-outbounds,
/// docs/kuma/references.md#reachable-backends).
/// </summary>
public sealed class DataplaneReferenceTests
{
    private const string Outbound = "networking.outbound[0].backendRef";
    private const string Reach = "networking.transparentProxying.reachableBackends.refs[0]";

    [Theory]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-cart, port: 80}", ReferenceReason.None, ReferenceEffect.None)]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, labels: {team: shop}, port: 81}", ReferenceReason.NoSuchPort, ReferenceEffect.NoListener)]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: nobody, port: 80}", ReferenceReason.NoSuchName, ReferenceEffect.NoListener)]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, labels: {team: nobody}, port: 80}", ReferenceReason.NoLabelMatch, ReferenceEffect.NoListener)]
    // 3.0 turns the name into labels, and splits legacy names.
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, name: shop-cart, port: 80}", ReferenceReason.None, ReferenceEffect.None)]
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, name: shop-cart_ns_svc_80, port: 80}", ReferenceReason.NoLabelMatch, ReferenceEffect.NoListener)]
    public void An_outbound_without_transparent_proxy(KumaVersion version, string backend, ReferenceReason reason, ReferenceEffect effect)
    {
        var outcome = Bound.Of(Bound.Shop + Dataplane(backend), version).Outcome("web-1", Outbound);
        Assert.Equal((reason, effect), (outcome.Reason, outcome.Effect));
    }

    [Fact]
    public void Of_two_outbounds_to_one_port_the_later_has_the_listener()
    {
        const string dataplane = """
            ---
            type: Dataplane
            mesh: shop
            name: web-1
            networking:
              address: 10.0.0.9
              inbound: [{port: 8080, tags: {kuma.io/service: web}}]
              outbound:
              - {port: 10001, backendRef: {kind: MeshService, name: shop-cart, port: 80}}
              - {port: 10002, backendRef: {kind: MeshService, name: shop-cart, port: 80}}
              - {port: 10003, backendRef: {kind: MeshService, name: shop-cart, port: 9090}}
            """;
        var bound = Bound.Of(Bound.Shop + dataplane);
        Assert.Equal((ReferenceReason.Overridden, ReferenceEffect.NoListener), (bound.Outcome("web-1", Outbound).Reason, bound.Outcome("web-1", Outbound).Effect));
        Assert.Equal(ReferenceEffect.None, bound.Outcome("web-1", "networking.outbound[1].backendRef").Effect);
        Assert.Equal(ReferenceEffect.None, bound.Outcome("web-1", "networking.outbound[2].backendRef").Effect);
    }

    [Theory]
    [InlineData(KumaVersion.V2_11, ReferenceStatus.Ignored)]
    [InlineData(KumaVersion.V2_12, ReferenceStatus.Resolved)]
    public void With_transparent_proxy_an_outbound_is_a_filter_from_2_12_on(KumaVersion version, ReferenceStatus status) =>
        Assert.Equal(status, Bound.Of(Bound.Shop + Dataplane("{kind: MeshService, name: shop-cart, port: 80}", "redirectPortInbound: 15006, redirectPortOutbound: 15001"), version)
            .Outcome("web-1", Outbound).Status);

    [Theory]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-cart, port: 80}", ReferenceStatus.Resolved, ReferenceEffect.None, "kri_msvc_shop_default__shop-cart_web")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-cart}", ReferenceStatus.Resolved, ReferenceEffect.None, "kri_msvc_shop_default__shop-cart_")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: nobody}", ReferenceStatus.Unresolved, ReferenceEffect.Unreachable, "")]
    // A port that is not there: nothing up to 2.11, everything later.
    [InlineData(KumaVersion.V2_11, "{kind: MeshService, name: shop-cart, port: 81}", ReferenceStatus.Unresolved, ReferenceEffect.Unreachable, "kri_msvc_shop_default__shop-cart_")]
    [InlineData(KumaVersion.V2_12, "{kind: MeshService, name: shop-cart, port: 81}", ReferenceStatus.Partial, ReferenceEffect.AllPortsReachable, "kri_msvc_shop_default__shop-cart_")]
    // No port: an unnamed port hides the others from 2.12 on.
    [InlineData(KumaVersion.V2_11, "{kind: MeshService, name: mixed}", ReferenceStatus.Resolved, ReferenceEffect.None, "kri_msvc_shop_default__mixed_")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: mixed}", ReferenceStatus.Partial, ReferenceEffect.OnePortReachable, "kri_msvc_shop_default__mixed_81")]
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, name: mixed}", ReferenceStatus.Partial, ReferenceEffect.OnePortReachable, "kri_msvc_shop_default__mixed_81")]
    public void A_reachable_backend(KumaVersion version, string reference, ReferenceStatus status, ReferenceEffect effect, string targets)
    {
        var bound = Bound.Of(Bound.Shop + Mixed + Reaching(reference), version);
        var outcome = bound.Outcome("web-1", Reach);
        Assert.Equal((status, effect, targets), (outcome.Status, outcome.Effect, bound.Targets("web-1", Reach)));
    }

    [Theory]
    [InlineData(KumaVersion.V2_11, ReferenceStatus.Resolved)]
    [InlineData(KumaVersion.V2_12, ReferenceStatus.Ambiguous)]
    public void Labels_with_port_that_hit_several_end_at_the_first_from_2_12_on(KumaVersion version, ReferenceStatus status)
    {
        var outcome = Bound.Of(Bound.Shop + Mixed + Reaching("{kind: MeshService, labels: {tier: all}, port: 80}"), version).Outcome("web-1", Reach);
        Assert.Equal(status, outcome.Status);
        Assert.Equal(2, outcome.Targets.Length);
        Assert.Equal(status == ReferenceStatus.Ambiguous, outcome.DependsOnOrder);
    }

    [Theory]
    [InlineData("Disabled", "cart", ReferenceReason.None)]
    [InlineData("Disabled", "nobody", ReferenceReason.NoSuchLegacyService)]
    [InlineData("Exclusive", "cart", ReferenceReason.LegacyInExclusiveMode)]
    public void A_reachable_service(string mode, string service, ReferenceReason reason)
    {
        var repository = $$$"""
            type: Mesh
            name: shop
            meshServices: {mode: {{{mode}}} }
            ---
            type: Dataplane
            mesh: shop
            name: cart-1
            networking: {address: 10.0.0.1, inbound: [{port: 8080, tags: {kuma.io/service: cart}}]}
            ---
            type: Dataplane
            mesh: shop
            name: web-1
            networking:
              address: 10.0.0.2
              inbound: [{port: 8080, tags: {kuma.io/service: web}}]
              transparentProxying: {redirectPortInbound: 15006, redirectPortOutbound: 15001, reachableServices: [{{{service}}}]}
            """;
        Assert.Equal(reason, Bound.Of(repository).Outcome("web-1", "networking.transparentProxying.reachableServices[0]").Reason);
    }

    private const string Mixed = """
        ---
        type: MeshService
        mesh: shop
        name: mixed
        labels: {tier: all}
        spec:
          selector: {dataplaneRef: {name: cart-1}}
          ports: [{name: web, port: 80, targetPort: main, appProtocol: http}, {port: 81, targetPort: 9090, appProtocol: tcp}]
        ---
        type: MeshService
        mesh: shop
        name: other
        labels: {tier: all}
        spec:
          selector: {dataplaneRef: {name: cart-1}}
          ports: [{name: web, port: 80, targetPort: main, appProtocol: http}]

        """;

    private static string Dataplane(string backend, string proxying = "") => $$$"""
        ---
        type: Dataplane
        mesh: shop
        name: web-1
        networking:
          address: 10.0.0.9
          inbound: [{port: 8080, tags: {kuma.io/service: web}}]
          outbound: [{port: 10001, backendRef: {{{backend}}} }]
          transparentProxying: { {{{proxying}}} }
        """;

    private static string Reaching(string reference) => $$$"""
        ---
        type: Dataplane
        mesh: shop
        name: web-1
        networking:
          address: 10.0.0.9
          inbound: [{port: 8080, tags: {kuma.io/service: web}}]
          transparentProxying: {redirectPortInbound: 15006, redirectPortOutbound: 15001, reachableBackends: {refs: [{{{reference}}}]}}
        """;
}
