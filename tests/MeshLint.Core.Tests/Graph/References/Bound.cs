using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

/// <summary>The references of a small repository.</summary>
internal sealed class Bound
{
    /// <summary>A mesh with two services on declared MeshServices: <c>cart</c> (ports web http, raw tcp) and <c>pay</c> (one unnamed http port).</summary>
    public const string Shop = """
        type: Mesh
        name: shop
        meshServices: {mode: Exclusive}
        ---
        type: Dataplane
        mesh: shop
        name: cart-1
        labels: {app: cart}
        networking:
          address: 10.0.0.1
          inbound:
          - {name: main, port: 8080, servicePort: 18080, tags: {kuma.io/service: cart, kuma.io/protocol: http}}
          - {port: 9090, tags: {kuma.io/service: cart_admin, kuma.io/protocol: tcp}}
        ---
        type: Dataplane
        mesh: shop
        name: pay-1
        labels: {app: pay}
        networking:
          address: 10.0.0.2
          inbound:
          - {name: main, port: 8080, tags: {kuma.io/service: pay, kuma.io/protocol: http}}
        ---
        type: MeshService
        mesh: shop
        name: shop-cart
        labels: {team: shop, kuma.io/display-name: shop-cart}
        spec:
          selector: {dataplaneRef: {name: cart-1}}
          ports:
          - {name: web, port: 80, targetPort: main, appProtocol: http}
          - {name: raw, port: 9090, targetPort: 9090, appProtocol: tcp}
        ---
        type: MeshService
        mesh: shop
        name: shop-pay
        labels: {team: pay, kuma.io/display-name: shop-pay}
        spec:
          selector: {dataplaneRef: {name: pay-1}}
          ports:
          - {port: 80, targetPort: main, appProtocol: http}

        """;

    private readonly Bindings bindings;

    private Bound(Bindings bindings) => this.bindings = bindings;

    public static Bound Of(string text, KumaVersion version = KumaVersion.V2_14)
    {
        var compilation = TestRepository.Compile(text, version);
        foreach (var verdict in compilation.Verdicts)
            Assert.True(verdict.Accepted, $"{verdict.Resource}: {verdict.Detail} {string.Join("; ", verdict.Violations)}");
        return new Bound(compilation.Bindings);
    }

    public Reference At(string name, string path) =>
        Assert.Single(bindings.References, r => r.FromName == name && r.Path == path);

    /// <summary>The one outcome, or that of a zone.</summary>
    public ReferenceOutcome Outcome(string name, string path, string? zone = null)
    {
        var reference = At(name, path);
        return zone is null ? Assert.Single(reference.Outcomes) : Assert.Single(reference.Outcomes, o => o.ControlPlane.Name == zone);
    }

    /// <summary>KRIs of the targets, in order.</summary>
    public string Targets(string name, string path, string? zone = null) => string.Join(", ", Outcome(name, path, zone).Targets.Select(t => t.Kri));

    /// <summary>A MeshHTTPRoute for shop-cart whose one rule has the backendRefs.</summary>
    public static string HttpRoute(string refs, string filters = "", string name = "route") => $$$"""
        ---
        type: MeshHTTPRoute
        mesh: shop
        name: {{{name}}}
        spec:
          targetRef: {kind: Mesh}
          to:
          - targetRef: {kind: MeshService, labels: {team: shop}, sectionName: web}
            rules:
            - matches: [{path: {type: PathPrefix, value: /api} }]
              default:
                backendRefs: [{{{refs}}}]
                filters: [{{{filters}}}]

        """;

    public static string TcpRoute(string refs, string section = "raw") => $$$"""
        ---
        type: MeshTCPRoute
        mesh: shop
        name: route
        spec:
          targetRef: {kind: Mesh}
          to:
          - targetRef: {kind: MeshService, labels: {team: shop}, sectionName: {{{section}}} }
            rules:
            - default:
                backendRefs: [{{{refs}}}]

        """;

    /// <summary>Path of a backendRef of the route above.</summary>
    public static string Ref(int index = 0) => $"spec.to[0].rules[0].default.backendRefs[{index}]";
}
