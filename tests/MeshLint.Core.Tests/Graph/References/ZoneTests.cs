using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

/// <summary>
/// References across zones and namespaces (docs/kuma/references.md#overview, docs/kuma/references.md#across-namespaces-and-zones): bound
/// in each zone where the document takes effect.
/// </summary>
public sealed class ZoneTests
{
    private static readonly string TwoZones = MeshFixture.Federated("shop").Mesh()
        .With("""
            type: MeshMultiZoneService
            mesh: shop
            name: cart-all
            spec: {selector: {meshService: {matchLabels: {team: shop}}}, ports: [{name: web, port: 80, appProtocol: http}]}
            """)
        .InZone("east").Dataplane("cart-1", service: "cart").MeshService("east-cart", "web=80->main", "team: shop", selects: "app: cart")
        .InZone("west").Dataplane("web-1", service: "web")
        .ToMarkup();

    [Fact]
    public void A_document_of_the_Global_is_bound_in_every_zone_and_never_finds_a_service_by_name()
    {
        var bound = Bound.Of(TwoZones + Policy("global", "{kind: MeshService, name: east-cart}"));
        var reference = bound.At("timeout", "spec.to[0].targetRef");
        Assert.Equal(["east", "west"], reference.Outcomes.Select(o => o.ControlPlane.Name));
        Assert.Equal(ReferenceStatus.Unresolved, reference.Status);
        Assert.All(reference.Outcomes, o => Assert.Equal(CandidateDifference.ReferrerWithoutZone, Assert.Single(o.Candidates).Difference));
    }

    [Fact]
    public void Labels_find_copies_too()
    {
        var bound = Bound.Of(TwoZones + Policy("global", "{kind: MeshService, labels: {team: shop}}"));
        Assert.Equal("kri_msvc_shop_east__east-cart_", bound.Targets("timeout", "spec.to[0].targetRef", "west"));
    }

    [Theory]
    [InlineData("{kind: MeshMultiZoneService, name: cart-all}", CandidateDifference.TargetWithoutZone)]
    [InlineData("{kind: MeshService, name: east-cart}", CandidateDifference.Zone)]
    public void A_name_in_a_zone_finds_neither_what_the_Global_has_nor_another_zone(string target, CandidateDifference difference)
    {
        var outcome = Bound.Of(TwoZones + Policy("west", target)).Outcome("timeout", "spec.to[0].targetRef", "west");
        Assert.Equal((ReferenceReason.NoSuchName, difference), (outcome.Reason, Assert.Single(outcome.Candidates).Difference));
    }

    [Fact]
    public void A_policy_of_a_zone_takes_effect_there_only() =>
        Assert.Equal(["east"], Bound.Of(TwoZones + Policy("east", "{kind: Mesh}")).At("timeout", "spec.targetRef").Outcomes.Select(o => o.ControlPlane.Name));

    [Fact]
    public void A_display_name_label_finds_a_hand_written_service_in_other_zones_only()
    {
        var bound = Bound.Of(TwoZones + Policy("global", "{kind: MeshService, labels: {kuma.io/display-name: east-cart}}"));
        Assert.Equal(ReferenceStatus.Partial, bound.At("timeout", "spec.to[0].targetRef").Status);
        Assert.Equal(ReferenceStatus.Resolved, bound.Outcome("timeout", "spec.to[0].targetRef", "west").Status);
        Assert.Equal(CandidateDifference.NoDisplayNameLabel, Assert.Single(bound.Outcome("timeout", "spec.to[0].targetRef", "east").Candidates).Difference);
    }

    [Fact]
    public void The_name_of_a_copy_is_no_name()
    {
        var copy = Kri.CopyName("shop", "east-cart", "east", null);
        var candidate = Assert.Single(Bound.Of(TwoZones + Policy("west", $"{{kind: MeshService, name: {copy}}}")).Outcome("timeout", "spec.to[0].targetRef", "west").Candidates);
        Assert.Equal((CandidateDifference.StoreName, "east-cart"), (candidate.Difference, candidate.Value));
    }

    [Theory]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: cart, port: 80}", ReferenceReason.NoSuchName)]
    [InlineData(KumaVersion.V2_14, "{kind: MeshService, name: cart, namespace: shop-ns, port: 80}", ReferenceReason.None)]
    // 3.0 adds the namespace of the route to a display name.
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, labels: {kuma.io/display-name: cart}, port: 80}", ReferenceReason.NoLabelMatch)]
    [InlineData(KumaVersion.V3_0, "{kind: MeshService, labels: {kuma.io/display-name: cart, k8s.kuma.io/namespace: shop-ns}, port: 80}", ReferenceReason.None)]
    public void Another_namespace_must_be_named(KumaVersion version, string backend, ReferenceReason reason)
    {
        var repository = $$$"""
            apiVersion: kuma.io/v1alpha1
            kind: Mesh
            metadata: {name: default}
            spec: {meshServices: {mode: Exclusive} }
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop-ns, labels: {kuma.io/sidecar-injection: enabled}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: web-ns, labels: {kuma.io/sidecar-injection: enabled}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop-ns}
            spec: {selector: {app: cart}, ports: [{name: web, port: 80, targetPort: 8080, appProtocol: http}]}
            ---
            apiVersion: kuma.io/v1alpha1
            kind: MeshHTTPRoute
            metadata: {name: route, namespace: web-ns, labels: {kuma.io/mesh: default}}
            spec:
              to:
              - targetRef: {kind: MeshService, labels: {app: any}}
                rules: [{matches: [{path: {type: PathPrefix, value: /} }], default: {backendRefs: [{{{backend}}}] } }]
            """;
        var bound = Bound.Of(repository, version);
        var outcome = bound.Outcome("route", Bound.Ref());
        Assert.Equal(reason, outcome.Reason);
        if (reason != ReferenceReason.None)
            Assert.Equal(CandidateDifference.Namespace, Assert.Single(outcome.Candidates).Difference);
    }

    [Fact]
    public void A_consumer_policy_does_not_leave_its_namespace()
    {
        const string repository = """
            apiVersion: kuma.io/v1alpha1
            kind: Mesh
            metadata: {name: default}
            spec: {meshServices: {mode: Exclusive} }
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop-ns, labels: {kuma.io/sidecar-injection: enabled}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: web-ns, labels: {kuma.io/sidecar-injection: enabled}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: cart, namespace: shop-ns, labels: {app: cart}}
            spec: {containers: [{name: app, image: cart, ports: [{containerPort: 8080}]}]}
            ---
            apiVersion: kuma.io/v1alpha1
            kind: MeshTrace
            metadata: {name: trace, namespace: web-ns, labels: {kuma.io/mesh: default}}
            spec: {targetRef: {kind: Dataplane, labels: {app: cart}}, default: {backends: []}}
            """;
        var outcome = Bound.Of(repository).Outcome("trace", "spec.targetRef");
        Assert.Equal((ReferenceReason.OutOfReach, ReferenceEffect.PolicySelectsNothing), (outcome.Reason, outcome.Effect));
    }

    private static string Policy(string place, string to) => $$$"""
        # file: {{{place}}}/timeout.yaml
        type: MeshTimeout
        mesh: shop
        name: timeout
        {{{(place == "global" ? "" : "labels: {kuma.io/origin: zone}")}}}
        spec:
          targetRef: {kind: Mesh}
          to: [{targetRef: {{{to}}} , default: {idleTimeout: 5s}}]
        """;
}
