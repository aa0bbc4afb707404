using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

/// <summary>Which control plane: the same whatever folder a document comes from.</summary>
public sealed class ControlPlaneIdTests : GraphTestBase
{
    private const string TwoFolders = """
        # file: .meshlint.yaml
        controlPlanes:
        - {path: apps, role: zone, zone: east, environment: kubernetes}
        - {path: services, role: zone, zone: east, environment: kubernetes}
        # file: apps/cart.yaml
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {kuma.io/sidecar-injection: enabled}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cart, namespace: shop}
        spec:
          selector: {matchLabels: {app: cart}}
          template:
            metadata: {labels: {app: cart}}
            spec: {containers: [{name: cart, image: cart, ports: [{name: web, containerPort: 8080}]}]}
        # file: services/cart.yaml
        apiVersion: kuma.io/v1alpha1
        kind: Mesh
        metadata: {name: default}
        spec: {meshServices: {mode: Exclusive}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {selector: {app: cart}, ports: [{name: web, port: 80, targetPort: web, appProtocol: http}]}

        """;

    [Fact]
    public void Two_folders_of_a_zone_are_one_cluster()
    {
        var graph = TestRepository.Compile(TwoFolders).Graph;
        var view = Assert.Single(graph.Views);
        var cart = Assert.Single(view.Destinations).Destination;
        Assert.Equal("cart", cart.Name);
        Assert.Single(graph.StateOf(cart).Selected);
        Assert.Equal(8080, Assert.Single(Assert.Single(view.Dataplanes).Inbounds).Port);
    }

    [Fact]
    public void A_mesh_of_the_second_folder_has_its_default_policies()
    {
        var view = Assert.Single(TestRepository.Compile(TwoFolders).Graph.Views);
        Assert.Contains(view.Resources, static r => r is { Kind: "MeshTimeout", Mesh: "default", IsDefault: true, IsLocal: true });
    }

    [Fact]
    public void A_zone_of_the_name_global_is_not_the_Global()
    {
        var zone = new ControlPlane { Role = ControlPlaneRole.FederatedZone, Zone = "global" };
        var global = new ControlPlane { Role = ControlPlaneRole.Global, Zone = "" };
        Assert.NotEqual(global.Id, zone.Id);
        Assert.Equal(global.Deployment, zone.Deployment);
        Assert.NotEqual(zone.Deployment, new ControlPlane { Zone = "global" }.Deployment);
        Assert.Equal(zone.Id, (zone with { Path = "other", SystemNamespace = "mesh" }).Id);
    }

    [Fact]
    public void Items_of_lists_count_in_the_order_of_documents()
    {
        var compilation = TestRepository.Compile("""
            # file: a.yaml
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Service, metadata: {name: one, namespace: shop}, spec: {}}
            - {apiVersion: kuma.io/v1alpha1, kind: Mesh, metadata: {name: two}}
            - {apiVersion: v1, kind: Secret, metadata: {name: foreign}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: three, namespace: shop}
            # file: b.yaml
            apiVersion: kuma.io/v1alpha1
            kind: Mesh
            metadata: {name: four}

            """);
        var all = compilation.Resources.Select(static r => (r.Order, r.Name)).Concat(compilation.Objects.Select(static o => (o.Order, o.Name)));
        Assert.Equal([(0, "one"), (1, "two"), (2, "three"), (3, "four")], all.Order());
    }
}
