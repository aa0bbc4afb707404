using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

/// <summary>Selectors, secrets, backends, meshes and legacy kinds.</summary>
public sealed class SelectorAndNameTests
{
    [Theory]
    // 2.x compares numbers, 3.0 names: a Universal port named by its number is lost there (E06).
    [InlineData(KumaVersion.V2_14, "{name: web, port: 80, appProtocol: http}", ReferenceStatus.Resolved)]
    [InlineData(KumaVersion.V3_0, "{name: web, port: 80, appProtocol: http}", ReferenceStatus.Partial)]
    [InlineData(KumaVersion.V3_0, "{port: 80, appProtocol: http}", ReferenceStatus.Resolved)]
    [InlineData(KumaVersion.V2_14, "{name: web, port: 81, appProtocol: http}", ReferenceStatus.Unresolved)]
    public void A_port_of_a_MeshMultiZoneService(KumaVersion version, string port, ReferenceStatus status)
    {
        var service = $$$"""
            ---
            type: MeshMultiZoneService
            mesh: shop
            name: all
            spec: {selector: {meshService: {matchLabels: {tier: front} } }, ports: [{{{port}}}]}
            """;
        var shop = Bound.Shop.Replace("team: shop", "tier: front", StringComparison.Ordinal).Replace("team: pay", "tier: front", StringComparison.Ordinal);
        var bound = Bound.Of(shop + service, version);
        Assert.Equal(status, bound.Outcome("all", "spec.ports[0]").Status);
        Assert.Equal(2, bound.Outcome("all", "spec.selector.meshService.matchLabels").Targets.Length);
    }

    [Theory]
    [InlineData("{dataplaneRef: {name: cart-1}}", ReferenceReason.None)]
    [InlineData("{dataplaneRef: {name: crat-1}}", ReferenceReason.NoSuchName)]
    [InlineData("{dataplaneTags: {kuma.io/service: cart, kuma.io/protocol: tcp}}", ReferenceReason.SelectsNothing)]
    [InlineData("{dataplaneLabels: {matchLabels: {app: none}}}", ReferenceReason.NoLabelMatch)]
    [InlineData("{}", ReferenceReason.SelectorMissing)]
    public void A_selector_of_a_MeshService(string selector, ReferenceReason reason)
    {
        var service = $$$"""
            ---
            type: MeshService
            mesh: shop
            name: own
            spec: {selector: {{{selector}}} , ports: [{port: 80, targetPort: 8080}]}
            """;
        var bound = Bound.Of(Bound.Shop + service);
        var reference = Assert.Single(TestRepository.Compile(Bound.Shop + service, KumaVersion.V2_14).References, r => r.FromName == "own" && r.Edge == ReferenceEdge.DataplaneSelector);
        Assert.Equal(reason, bound.Outcome("own", reference.Path).Reason);
    }

    [Fact]
    public void Secrets_are_found_in_both_forms()
    {
        const string universal = """
            ---
            type: MeshExternalService
            mesh: shop
            name: bank
            spec:
              match: {port: 443, protocol: tcp}
              endpoints: [{address: bank.example, port: 443}]
              tls: {enabled: true, verification: {caCert: {secret: bank-ca}, clientCert: {secret: own-cert}, clientKey: {secret: own-kye}}}
            ---
            type: Secret
            mesh: shop
            name: bank-ca
            data: AQ==
            ---
            type: Secret
            mesh: shop
            name: own-key
            data: AQ==
            """;
        var bound = Bound.Of(Bound.Shop + universal);
        Assert.Equal("Secret/shop/bank-ca", bound.Targets("bank", "spec.tls.verification.caCert.secret"));
        Assert.Equal(ReferenceEffect.CertificatesMissing, bound.Outcome("bank", "spec.tls.verification.clientCert.secret").Effect);
        Assert.Equal("own-key", Assert.Single(bound.Outcome("bank", "spec.tls.verification.clientKey.secret").Candidates).Value);

        const string kubernetes = """
            apiVersion: kuma.io/v1alpha1
            kind: Mesh
            metadata: {name: default}
            ---
            apiVersion: v1
            kind: Secret
            type: system.kuma.io/secret
            metadata: {name: bank-ca, namespace: kuma-system, labels: {kuma.io/mesh: default}}
            data: {value: AQ==}
            ---
            apiVersion: kuma.io/v1alpha1
            kind: MeshExternalService
            metadata: {name: bank, namespace: kuma-system, labels: {kuma.io/mesh: default}}
            spec:
              match: {port: 443, protocol: tcp}
              endpoints: [{address: bank.example, port: 443}]
              tls: {enabled: true, verification: {caCert: {secret: bank-ca}}}
            """;
        Assert.Equal("Secret/default/bank-ca", Bound.Of(kubernetes).Targets("bank", "spec.tls.verification.caCert.secret"));
    }

    [Fact]
    public void Backends_of_a_mesh_are_found_by_name()
    {
        const string repository = """
            type: Mesh
            name: shop
            logging: {defaultBackend: file, backends: [{name: file, type: file, conf: {path: /tmp/access.log}}]}
            ---
            type: TrafficLog
            mesh: shop
            name: named
            sources: [{match: {kuma.io/service: "*"}}]
            destinations: [{match: {kuma.io/service: "*"}}]
            conf: {backend: fiel}
            ---
            type: TrafficLog
            mesh: shop
            name: default
            sources: [{match: {kuma.io/service: "*"}}]
            destinations: [{match: {kuma.io/service: nobody}}]
            """;
        var bound = Bound.Of(repository);
        Assert.Equal("kri_m____shop_file", bound.Targets("shop", "logging.defaultBackend"));
        Assert.Equal("kri_m____shop_file", bound.Targets("default", "conf.backend"));
        var missing = bound.Outcome("named", "conf.backend");
        Assert.Equal((ReferenceEffect.BackendSkipped, "file"), (missing.Effect, Assert.Single(missing.Candidates).Value));
        Assert.Equal("kri_m____shop_", bound.Targets("named", "sources[0].match"));
        Assert.Equal(ReferenceReason.NoSuchLegacyService, bound.Outcome("default", "destinations[0].match").Reason);
    }

    [Fact]
    public void Observability_backends_are_found_by_labels()
    {
        const string repository = """
            type: Mesh
            name: shop
            ---
            type: MeshOpenTelemetryBackend
            mesh: shop
            name: collector
            labels: {tier: one}
            spec: {endpoint: {address: collector.example, port: 4317}}
            ---
            type: MeshTrace
            mesh: shop
            name: trace
            spec: {default: {backends: [{type: OpenTelemetry, openTelemetry: {backendRef: {kind: MeshOpenTelemetryBackend, labels: {tier: one}}}}]}}
            ---
            type: MeshMetric
            mesh: shop
            name: metric
            spec: {default: {backends: [{type: OpenTelemetry, openTelemetry: {backendRef: {kind: MeshOpenTelemetryBackend, labels: {tier: two}}}}]}}
            """;
        var bound = Bound.Of(repository);
        Assert.Equal("kri_motb_shop_default__collector_", bound.Targets("trace", "spec.default.backends[0].openTelemetry.backendRef"));
        Assert.Equal(ReferenceEffect.BackendSkipped, bound.Outcome("metric", "spec.default.backends[0].openTelemetry.backendRef").Effect);
    }

    [Fact]
    public void A_mesh_that_nobody_states_is_missed_but_for_the_default_one()
    {
        const string repository = """
            type: Mesh
            name: shop
            ---
            type: MeshTrace
            mesh: shpo
            name: lost
            spec: {default: {backends: []}}
            ---
            type: MeshTrace
            mesh: default
            name: found
            spec: {default: {backends: []}}
            """;
        var references = TestRepository.Compile(repository, KumaVersion.V2_14).References.Where(r => r.Edge == ReferenceEdge.Mesh).ToList();
        var found = Assert.Single(references, r => r.FromName == "found");
        Assert.Equal(ReferenceStatus.Resolved, found.Status);
        var lost = Assert.Single(references, r => r.FromName == "lost");
        Assert.Equal("shop", Assert.Single(lost.Outcomes[0].Candidates).Value);
    }

    [Fact]
    public void The_order_of_files_changes_nothing_but_creation_order()
    {
        string Describe(IEnumerable<(string, string)> files) => string.Join("\n", TestRepository.Compile([.. files]).References
            .Select(r => $"{r.FromName} {r.Path} {r.Status} {string.Join(",", r.Outcomes.SelectMany(o => o.Targets).Select(t => t.Kri))}"));

        var parts = (Bound.Shop + Bound.HttpRoute("{kind: MeshService, labels: {team: pay}, port: 80}")).Split("---\n").Select((text, i) => ($"{i}.yaml", text)).ToList();
        Assert.Equal(Describe(parts), Describe(Enumerable.Reverse(parts)));
    }
}
