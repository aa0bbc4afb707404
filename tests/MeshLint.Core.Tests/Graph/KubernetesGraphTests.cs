using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

public sealed class KubernetesGraphTests : GraphTestBase
{
    private const string Repository = """
        # file: .meshlint.yaml
        controlPlanes:
        - {path: global, role: global}
        - {path: east, role: federated-zone, zone: east, environment: kubernetes}
        - {path: west, role: federated-zone, zone: west}
        # file: global/mesh.yaml
        type: Mesh
        name: default
        meshServices: {mode: Exclusive}
        ---
        type: MeshIdentity
        mesh: default
        name: identity
        spec:
          selector: {dataplane: {}}
          provider: {type: Bundled, bundled: {autogenerate: {enabled: true}}}
        # file: east/shop.yaml
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {kuma.io/sidecar-injection: enabled}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cart, namespace: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: cart}}
          template:
            metadata: {labels: {app: cart}}
            spec: {containers: [{name: cart, image: cart, ports: [{name: web, containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {selector: {app: cart}, ports: [{name: web, port: 80, targetPort: web, appProtocol: http}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: zone-proxy, namespace: shop}
        spec:
          selector: {matchLabels: {app: zone-proxy}}
          template:
            metadata: {labels: {app: zone-proxy}}
            spec: {containers: [{name: proxy, image: proxy}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: zone-proxy, namespace: shop, labels: {k8s.kuma.io/zone-proxy-type: ingress}}
        spec: {type: LoadBalancer, externalIPs: [1.2.3.4], selector: {app: zone-proxy}, ports: [{port: 10001, targetPort: 10001}]}

        """;

    [Theory]
    [InlineData(KumaVersion.V2_14)]
    [InlineData(KumaVersion.V3_0)]
    public void Services_of_a_kubernetes_zone_are_reached_through_its_zone_address(KumaVersion version)
    {
        var graph = TestRepository.Compile(Repository, version).Graph;
        var cart = Find(View(graph, "west"), "cart");
        Assert.Equal(DestinationOrigin.GeneratedFromService, cart.Destination.Origin);
        Assert.Equal("1.2.3.4:10001", Endpoints(graph, cart));
        Assert.Equal("cart.shop.svc.east.mesh.local", Assert.Single(graph.HostnamesOf(cart)).Hostname);
        Assert.Equal("cart.shop", cart.Destination.CoreName);
        var local = Assert.Single(graph.EndpointsOf(graph.LocalOf(cart.Destination))[0]);
        Assert.Equal((8080, 3), (local.Port, local.Dataplane?.Replicas));
        // Kubernetes' own DNS serves it at home.
        Assert.Empty(graph.HostnamesOf(graph.LocalOf(cart.Destination)));
        Assert.True(graph.StateOf(cart.Destination).IsAvailable);
    }

    [Fact]
    public void Workloads_of_a_kubernetes_zone_are_one_per_namespace()
    {
        var graph = TestRepository.Compile(Repository).Graph;
        var workload = Assert.Single(graph.Workloads);
        Assert.Equal(("default.shop", 2), (workload.CoreName, workload.Dataplanes.Length));
        Assert.Equal("default", View(graph, "global").Workloads.Single().Workload.Name);
    }

    [Fact]
    public void A_handwritten_service_keeps_the_generated_one_away()
    {
        var graph = TestRepository.Compile(Repository + """
            ---
            apiVersion: kuma.io/v1alpha1
            kind: MeshService
            metadata: {name: cart, namespace: shop, labels: {kuma.io/mesh: default}}
            spec: {selector: {dataplaneTags: {app: cart}}, ports: [{port: 81, targetPort: web}]}
            """).Graph;
        Assert.Equal(DestinationOrigin.Declared, Find(View(graph, "east"), "cart").Destination.Origin);
    }
}
