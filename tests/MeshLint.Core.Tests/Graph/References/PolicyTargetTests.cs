using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

/// <summary>
/// Top-level targetRef, to and from (docs/kuma/references.md#top-level-targets, docs/kuma/references.md#destinations-of-policies).
/// </summary>
public sealed class PolicyTargetTests
{
    private const string Top = "spec.targetRef";
    private const string To = "spec.to[0].targetRef";

    [Theory]
    [InlineData("{kind: Dataplane, labels: {app: cart}}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_dp_shop_default__cart-1_")]
    [InlineData("{kind: Dataplane}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_m____shop_")]
    [InlineData("{kind: Dataplane, name: cart-1}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_dp_shop_default__cart-1_")]
    [InlineData("{kind: Dataplane, labels: {app: crat}}", ReferenceStatus.Unresolved, ReferenceReason.NoLabelMatch, "")]
    [InlineData("{kind: Dataplane, labels: {kuma.io/service: cart}}", ReferenceStatus.Unresolved, ReferenceReason.NoLabelMatch, "")]
    [InlineData("{kind: Dataplane, namespace: shop-ns}", ReferenceStatus.Unresolved, ReferenceReason.NamespaceOnly, "")]
    [InlineData("{kind: Dataplane, labels: {app: cart, team: \"\"}}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_dp_shop_default__cart-1_")]
    [InlineData("{kind: MeshService, name: cart}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_dp_shop_default__cart-1_main")]
    [InlineData("{kind: MeshService, name: shop-cart}", ReferenceStatus.Unresolved, ReferenceReason.NoSuchLegacyService, "")]
    [InlineData("{kind: MeshSubset, tags: {kuma.io/protocol: tcp}}", ReferenceStatus.Resolved, ReferenceReason.None, "kri_dp_shop_default__cart-1_9090")]
    public void Top_level(string target, ReferenceStatus status, ReferenceReason reason, string targets)
    {
        var bound = Bound.Of(Bound.Shop + Timeout(target, "{kind: Mesh}"));
        var outcome = bound.Outcome("timeout", Top);
        Assert.Equal((status, reason, targets), (outcome.Status, outcome.Reason, bound.Targets("timeout", Top)));
        Assert.Equal(status == ReferenceStatus.Unresolved, outcome.Effect == ReferenceEffect.PolicySelectsNothing);
    }

    [Fact]
    public void A_tag_where_labels_are_asked_for_is_named()
    {
        var candidate = Bound.Of(Bound.Shop + Timeout("{kind: Dataplane, labels: {kuma.io/service: cart}}", "{kind: Mesh}")).Outcome("timeout", Top).Candidates[0];
        Assert.Equal((CandidateDifference.TagNotLabel, "kuma.io/service", "cart"), (candidate.Difference, candidate.Key, candidate.Value));
    }

    [Fact]
    public void A_label_value_that_is_misspelled_is_named()
    {
        var candidate = Assert.Single(Bound.Of(Bound.Shop + Timeout("{kind: Dataplane, labels: {app: crat}}", "{kind: Mesh}")).Outcome("timeout", Top).Candidates);
        Assert.Equal((CandidateDifference.Spelling, "app", "cart"), (candidate.Difference, candidate.Key, candidate.Value));
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, "main", ReferenceStatus.Resolved, "kri_dp_shop_default__cart-1_main, kri_dp_shop_default__pay-1_main")]
    [InlineData(KumaVersion.V2_14, "9090", ReferenceStatus.Partial, "kri_dp_shop_default__cart-1_9090")]
    // 2.10 and 2.11 compare the name only.
    [InlineData(KumaVersion.V2_11, "9090", ReferenceStatus.Unresolved, "")]
    [InlineData(KumaVersion.V2_14, "8080", ReferenceStatus.Unresolved, "")]
    public void A_section_of_Dataplanes(KumaVersion version, string section, ReferenceStatus status, string targets)
    {
        var policy = $$$"""
            ---
            type: MeshTimeout
            mesh: shop
            name: timeout
            spec:
              targetRef: {kind: Dataplane, sectionName: "{{{section}}}" }
              rules: [{default: {idleTimeout: 5s}}]
            """;
        var bound = Bound.Of(Bound.Shop + policy, version);
        Assert.Equal((status, targets), (bound.Outcome("timeout", Top).Status, bound.Targets("timeout", Top)));
        if (section == "8080")
            Assert.Equal((CandidateDifference.NumberOfNamedPort, "main"), (bound.Outcome("timeout", Top).Candidates[0].Difference, bound.Outcome("timeout", Top).Candidates[0].Value));
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-cart}", ReferenceReason.None, "kri_msvc_shop_default__shop-cart_")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-cart, sectionName: web}", ReferenceReason.None, "kri_msvc_shop_default__shop-cart_web")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-pay, sectionName: \"80\"}", ReferenceReason.None, "kri_msvc_shop_default__shop-pay_80")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-cart, sectionName: \"80\"}", ReferenceReason.NoSuchSection, "kri_msvc_shop_default__shop-cart_")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, labels: {team: shop}}", ReferenceReason.None, "kri_msvc_shop_default__shop-cart_")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-crat}", ReferenceReason.NoSuchName, "")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshMultiZoneService}", ReferenceReason.NamesNothing, "")]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: cart_admin}", ReferenceReason.LegacyInExclusiveMode, "")]
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, labels: {kuma.io/display-name: shop-cart}}", ReferenceReason.None, "kri_msvc_shop_default__shop-cart_")]
    public void An_item_of_to(KumaVersion version, string target, ReferenceReason reason, string targets)
    {
        var bound = Bound.Of(Bound.Shop + Timeout("{kind: Mesh}", target), version);
        Assert.Equal((reason, targets), (bound.Outcome("timeout", To).Reason, bound.Targets("timeout", To)));
        Assert.Equal(reason == ReferenceReason.None ? ReferenceEffect.None : ReferenceEffect.ItemWithoutEffect, bound.Outcome("timeout", To).Effect);
    }

    [Theory]
    [InlineData("Everywhere", ReferenceStatus.Resolved, "kri_msvc_shop_default__cart_, kuma.io/service=cart")]
    [InlineData("Disabled", ReferenceStatus.Resolved, "kuma.io/service=cart")]
    [InlineData("Exclusive", ReferenceStatus.Resolved, "kri_msvc_shop_default__cart_")]
    public void A_legacy_name_counts_beside_the_resource_unless_Exclusive(string mode, ReferenceStatus status, string targets)
    {
        var repository = $$$"""
            type: Mesh
            name: shop
            meshServices: {mode: {{{mode}}} }
            ---
            type: Dataplane
            mesh: shop
            name: cart-1
            networking: {address: 10.0.0.1, inbound: [{port: 8080, tags: {kuma.io/service: cart} }] }
            {{{Timeout("{kind: Mesh}", "{kind: MeshService, name: cart}")}}}
            """;
        var bound = Bound.Of(repository);
        Assert.Equal((status, targets), (bound.Outcome("timeout", To).Status, bound.Targets("timeout", To)));
    }

    [Fact]
    public void A_generated_service_that_a_mode_does_not_give_is_named()
    {
        const string repository = """
            type: Mesh
            name: shop
            ---
            type: Dataplane
            mesh: shop
            name: cart-1
            networking: {address: 10.0.0.1, inbound: [{port: 8080, tags: {kuma.io/service: cart} }] }
            ---
            type: MeshHTTPRoute
            mesh: shop
            name: route
            spec:
              to:
              - targetRef: {kind: MeshService, name: cart}
                rules: [{matches: [{path: {type: PathPrefix, value: /}}], default: {backendRefs: [{kind: MeshService, name: cart, port: 8080}]}}]
            """;
        var outcome = Bound.Of(repository).Outcome("route", Bound.Ref());
        Assert.Equal(ReferenceReason.NoSuchName, outcome.Reason);
        Assert.Equal(CandidateDifference.ModeDisabled | CandidateDifference.LegacyService, Assert.Single(outcome.Candidates).Difference);
    }

    [Fact]
    public void From_by_a_tag_that_no_client_has_never_matches()
    {
        const string policy = """
            ---
            type: MeshTrafficPermission
            mesh: shop
            name: permission
            spec:
              targetRef: {kind: Mesh}
              from:
              - {targetRef: {kind: MeshSubset, tags: {kuma.io/service: pay}}, default: {action: Allow}}
              - {targetRef: {kind: MeshSubset, tags: {kuma.io/service: pya}}, default: {action: Allow}}
            """;
        var bound = Bound.Of(Bound.Shop + policy);
        Assert.Equal("kuma.io/service=pay", bound.Targets("permission", "spec.from[0].targetRef"));
        var missing = bound.Outcome("permission", "spec.from[1].targetRef");
        Assert.Equal((ReferenceReason.NoSuchLegacyService, ReferenceEffect.NeverMatches), (missing.Reason, missing.Effect));
        Assert.Equal("pay", missing.Candidates[0].Value);
    }

    [Fact]
    public void Without_any_Dataplane_the_mesh_is_still_found()
    {
        var outcome = Bound.Of("type: Mesh\nname: shop\n" + Timeout("{kind: Mesh}", "{kind: Mesh}")).Outcome("timeout", Top);
        Assert.Equal((ReferenceStatus.Resolved, ReferenceReason.NoDataplanes, ReferenceEffect.None), (outcome.Status, outcome.Reason, outcome.Effect));
    }

    private static string Timeout(string top, string to) => $$$"""
        ---
        type: MeshTimeout
        mesh: shop
        name: timeout
        spec:
          targetRef: {{{top}}}
          to: [{targetRef: {{{to}}} , default: {idleTimeout: 5s}}]
        """;
}
