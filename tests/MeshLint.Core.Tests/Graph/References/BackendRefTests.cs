using MeshLint.Analysis.Rules.References;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

/// <summary>
/// The decision tables of docs/kuma/references.md#backend-references: what a backendRef finds and what becomes of its rule.
/// </summary>
public sealed class BackendRefTests
{
    private const string Good = "{kind: MeshService, labels: {team: pay}, port: 80, weight: 30}";
    private const string NoLabels = "{kind: MeshService, labels: {team: nobody}, port: 80, weight: 10}";
    private const string NoPort = "{kind: MeshService, labels: {team: pay}, port: 81, weight: 10}";
    private const string Tcp = "{kind: MeshService, labels: {team: shop}, port: 9090, weight: 10}";
    private const string Weightless = "{kind: MeshService, labels: {team: pay}, port: 80, weight: 0}";

    [Theory]
    // 2.14: labels that find nothing are taken out first, everything else makes the rule disappear.
    [InlineData(KumaVersion.V2_14, NoLabels, ReferenceReason.NoLabelMatch, ReferenceEffect.FallsBackToParent)]
    [InlineData(KumaVersion.V2_14, NoPort, ReferenceReason.NoSuchPort, ReferenceEffect.RuleDisappears)]
    [InlineData(KumaVersion.V2_14, Tcp, ReferenceReason.ProtocolUnusable, ReferenceEffect.RuleDisappears)]
    [InlineData(KumaVersion.V2_14, Weightless, ReferenceReason.ZeroWeight, ReferenceEffect.RuleDisappears)]
    [InlineData(KumaVersion.V2_12, NoPort, ReferenceReason.NoSuchPort, ReferenceEffect.RuleWithoutCluster)]
    [InlineData(KumaVersion.V2_11, NoPort, ReferenceReason.NoSuchPort, ReferenceEffect.RuleDisappears)]
    // 3.0: all the same.
    [InlineData(KumaVersion.V3_0, NoLabels, ReferenceReason.NoLabelMatch, ReferenceEffect.RuleAnswers500)]
    [InlineData(KumaVersion.V3_0, NoPort, ReferenceReason.NoSuchPort, ReferenceEffect.RuleAnswers500)]
    [InlineData(KumaVersion.V3_0, Tcp, ReferenceReason.ProtocolUnusable, ReferenceEffect.RuleAnswers500)]
    public void The_only_ref_of_a_rule(KumaVersion version, string reference, ReferenceReason reason, ReferenceEffect effect)
    {
        var outcome = Bound.Of(Bound.Shop + Bound.HttpRoute(reference), version).Outcome("route", Bound.Ref());
        Assert.Equal((reason, effect), (outcome.Reason, outcome.Effect));
        Assert.NotEqual("", outcome.Text);
        Assert.NotEqual("", EffectWords.Of(outcome));
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, NoLabels, ReferenceEffect.OthersTakeShare, "the other backendRefs of the rule take its share")]
    [InlineData(KumaVersion.V2_14, NoPort, ReferenceEffect.OthersTakeShare, "the other backendRefs of the rule take its share")]
    [InlineData(KumaVersion.V2_14, Weightless, ReferenceEffect.None, "")]
    [InlineData(KumaVersion.V3_0, NoLabels, ReferenceEffect.ShareAnswers500, "25 % of the requests of the rule are answered with status 500")]
    [InlineData(KumaVersion.V3_0, Tcp, ReferenceEffect.ShareAnswers500, "25 % of the requests of the rule are answered with status 500")]
    [InlineData(KumaVersion.V3_0, Weightless, ReferenceEffect.None, "")]
    public void A_ref_beside_one_that_works(KumaVersion version, string reference, ReferenceEffect effect, string text)
    {
        var bound = Bound.Of(Bound.Shop + Bound.HttpRoute($"{Good}, {reference}"), version);
        Assert.Equal((ReferenceStatus.Resolved, ReferenceEffect.None), (bound.Outcome("route", Bound.Ref(0)).Status, bound.Outcome("route", Bound.Ref(0)).Effect));
        Assert.Equal((effect, text), (bound.Outcome("route", Bound.Ref(1)).Effect, EffectWords.Of(bound.Outcome("route", Bound.Ref(1)))));
    }

    [Fact]
    public void Labels_that_find_nothing_beside_another_failure_do_not_fall_back()
    {
        var bound = Bound.Of(Bound.Shop + Bound.HttpRoute($"{NoLabels}, {NoPort}"));
        Assert.Equal(ReferenceEffect.RuleDisappears, bound.Outcome("route", Bound.Ref(0)).Effect);
        Assert.Equal(ReferenceEffect.RuleDisappears, bound.Outcome("route", Bound.Ref(1)).Effect);
    }

    [Fact]
    public void A_redirect_answers_before_refs_that_find_nothing()
    {
        const string redirect = "{type: RequestRedirect, requestRedirect: {hostname: other.example}}";
        Assert.Equal(ReferenceEffect.None, Bound.Of(Bound.Shop + Bound.HttpRoute(NoLabels, redirect), KumaVersion.V3_0).Outcome("route", Bound.Ref()).Effect);
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, NoLabels, ReferenceEffect.NoListener)]
    [InlineData(KumaVersion.V2_14, NoPort, ReferenceEffect.ConnectionsClosed)]
    [InlineData(KumaVersion.V2_14, Tcp, ReferenceEffect.None)]
    [InlineData(KumaVersion.V3_0, NoLabels, ReferenceEffect.NoListener)]
    [InlineData(KumaVersion.V3_0, NoPort, ReferenceEffect.ConnectionsClosed)]
    public void A_TCP_route(KumaVersion version, string reference, ReferenceEffect effect) =>
        Assert.Equal(effect, Bound.Of(Bound.Shop + Bound.TcpRoute(reference), version).Outcome("route", Bound.Ref()).Effect);

    [Fact]
    public void A_TCP_route_that_finds_nothing_leaves_an_HTTP_destination_its_listener() =>
        Assert.Equal(ReferenceEffect.FallsBackToParent, Bound.Of(Bound.Shop + Bound.TcpRoute(NoLabels, "web")).Outcome("route", Bound.Ref()).Effect);

    [Fact]
    public void Several_matches_give_the_oldest_and_say_so()
    {
        const string more = """
            ---
            type: MeshService
            mesh: shop
            name: z-pay
            labels: {team: pay}
            spec: {selector: {dataplaneRef: {name: pay-1}}, ports: [{port: 80, targetPort: main, appProtocol: http}]}

            """;
        var outcome = Bound.Of(Bound.Shop + more + Bound.HttpRoute(Good)).Outcome("route", Bound.Ref());
        Assert.Equal((ReferenceStatus.Ambiguous, ReferenceReason.SeveralMatch, ReferenceEffect.OldestTaken), (outcome.Status, outcome.Reason, outcome.Effect));
        Assert.True(outcome.DependsOnOrder);
        Assert.Equal(["kri_msvc_shop_default__shop-pay_80", "kri_msvc_shop_default__z-pay_80"], outcome.Targets.Select(t => t.Kri));
    }

    [Theory]
    // Real or legacy (5.4.1): 2.9 – 2.11 know the port only.
    [InlineData(KumaVersion.V2_11, "sectionName: web", ReferenceReason.NoSuchLegacyService)]
    [InlineData(KumaVersion.V2_12, "sectionName: web", ReferenceReason.None)]
    [InlineData(KumaVersion.V2_14, "port: 80", ReferenceReason.None)]
    [InlineData(KumaVersion.V2_14, "weight: 1", ReferenceReason.NoSuchLegacyService)]
    // Both: the section wins from 2.12 on.
    [InlineData(KumaVersion.V2_11, "sectionName: nope, port: 80", ReferenceReason.None)]
    [InlineData(KumaVersion.V2_12, "sectionName: nope, port: 80", ReferenceReason.NoSuchPort)]
    public void What_makes_a_MeshService_real_and_which_port_counts(KumaVersion version, string port, ReferenceReason reason) =>
        Assert.Equal(reason, Bound.Of(Bound.Shop + Bound.HttpRoute($"{{kind: MeshService, name: shop-cart, {port}}}"), version).Outcome("route", Bound.Ref()).Reason);

    [Fact]
    public void Without_port_3_0_takes_the_only_one()
    {
        var bound = Bound.Of(Bound.Shop + Bound.HttpRoute("{kind: MeshService, labels: {team: pay}}, {kind: MeshService, labels: {team: shop}}"), KumaVersion.V3_0);
        Assert.Equal("kri_msvc_shop_default__shop-pay_80", bound.Targets("route", Bound.Ref(0)));
        Assert.Equal(ReferenceReason.PortRequired, bound.Outcome("route", Bound.Ref(1)).Reason);
    }

    [Fact]
    public void A_legacy_name_is_used_even_in_mode_Exclusive_where_endpoints_speak_HTTP()
    {
        var bound = Bound.Of(Bound.Shop + Bound.HttpRoute("{kind: MeshService, name: cart}, {kind: MeshService, name: cart_admin}"));
        var works = bound.Outcome("route", Bound.Ref(0));
        Assert.Equal((ReferenceStatus.Resolved, ReferenceReason.LegacyInExclusiveMode, "cart"), (works.Status, works.Reason, works.Targets[0].LegacyService));
        Assert.Equal(ReferenceReason.LegacyProtocol, bound.Outcome("route", Bound.Ref(1)).Reason);
    }

    [Theory]
    [InlineData(true, ReferenceEffect.RuleDisappears)]
    [InlineData(false, ReferenceEffect.ProxyConfigurationFails)]
    public void Labels_without_port_are_a_legacy_name_without_name(bool isHttp, ReferenceEffect effect)
    {
        const string reference = "{kind: MeshService, labels: {team: pay}}";
        var outcome = Bound.Of(Bound.Shop + (isHttp ? Bound.HttpRoute(reference) : Bound.TcpRoute(reference))).Outcome("route", Bound.Ref());
        Assert.Equal((ReferenceReason.EmptyLegacyName, effect), (outcome.Reason, outcome.Effect));
        Assert.Equal("shop-pay", Assert.Single(outcome.Candidates).Value);
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: cart}", ReferenceReason.LegacyInExclusiveMode, ReferenceEffect.None)]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: shop-cart, port: 80}", ReferenceReason.NoSuchLegacyService, ReferenceEffect.ProxyConfigurationFails)]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: cart_admin}", ReferenceReason.LegacyProtocol, ReferenceEffect.ProxyConfigurationFails)]
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, labels: {team: pay}}", ReferenceReason.None, ReferenceEffect.None)]
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, labels: {team: nobody}}", ReferenceReason.NoLabelMatch, ReferenceEffect.MirrorLeftOut)]
    public void A_mirror(KumaVersion version, string reference, ReferenceReason reason, ReferenceEffect effect)
    {
        var route = Bound.HttpRoute(Good, $"{{type: RequestMirror, requestMirror: {{percentage: 10, backendRef: {reference}}}}}");
        var outcome = Bound.Of(Bound.Shop + route, version).Outcome("route", "spec.to[0].rules[0].default.filters[0].requestMirror.backendRef");
        Assert.Equal((reason, effect), (outcome.Reason, outcome.Effect));
    }

    [Fact]
    public void A_wrong_port_comes_with_the_ports_that_may_be_meant()
    {
        var outcome = Bound.Of(Bound.Shop + Bound.HttpRoute("{kind: MeshService, labels: {team: shop}, sectionName: Web}, {kind: MeshService, labels: {team: shop}, sectionName: main}")).At("route", Bound.Ref(0)).Outcomes[0];
        var candidate = Assert.Single(outcome.Candidates);
        Assert.Equal((CandidateDifference.Case, "web"), (candidate.Difference, candidate.Value));
        Assert.Equal("shop-cart", Assert.Single(outcome.Targets).Destination?.DisplayName);
    }
}
