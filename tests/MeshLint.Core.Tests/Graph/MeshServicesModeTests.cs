using MeshLint.Kuma.Meshes;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

/// <summary>Protobuf's JSON takes an enum by name and by number: <c>meshServices: {mode: 3}</c> is Exclusive wherever the mode counts.</summary>
public sealed class MeshServicesModeTests
{
    private const string Universal = """
        # file: .meshlint.yaml
        controlPlanes:
        - {path: ., role: zone, zone: east}
        # file: mesh.yaml
        type: Mesh
        name: default
        meshServices: {mode: %MODE%}
        constraints: {dataplaneProxy: {requirements: [{tags: {team: "*"}}]}}
        ---
        type: Dataplane
        mesh: default
        name: tagless
        labels: {kuma.io/workload: cart}
        networking:
          address: 10.0.0.1
          inbound: [{port: 80}]
        ---
        type: Dataplane
        mesh: default
        name: tagged
        networking:
          address: 10.0.0.2
          inbound: [{port: 80, tags: {kuma.io/service: cart, team: a}}]
        """;

    private const string Kubernetes = """
        # file: mesh.yaml
        apiVersion: kuma.io/v1alpha1
        kind: Mesh
        metadata: {name: default}
        spec: {meshServices: {mode: %MODE%}}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {kuma.io/sidecar-injection: enabled}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: cart, namespace: shop, labels: {app: cart}}
        spec: {containers: [{name: cart, image: cart, ports: [{containerPort: 8080}]}]}
        """;

    [Theory]
    [InlineData("0", MeshServicesMode.Disabled)]
    [InlineData("1", MeshServicesMode.Everywhere)]
    [InlineData("2", MeshServicesMode.ReachableBackends)]
    [InlineData("3", MeshServicesMode.Exclusive)]
    [InlineData("Disabled", MeshServicesMode.Disabled)]
    [InlineData("Exclusive", MeshServicesMode.Exclusive)]
    public void The_graph_reads_the_mode_by_name_and_by_number(string written, MeshServicesMode mode)
    {
        foreach (var text in (string[])[Universal, Kubernetes])
        {
            var compilation = TestRepository.Compile(text.Replace("%MODE%", written, StringComparison.Ordinal), KumaVersion.V2_14);
            Assert.Equal(mode, Assert.Single(compilation.Graph.Meshes).Mode);
            Assert.Equal(mode, Assert.Single(compilation.Plan.Meshes).Mode);
        }
    }

    [Theory]
    [InlineData("3")]
    [InlineData("Exclusive")]
    public void Admission_stores_a_tagless_inbound_of_an_Exclusive_mesh_as_it_is(string written) =>
        Assert.Equal("", TagsOf(written, "tagless"));

    [Theory]
    [InlineData("1")]
    [InlineData("Everywhere")]
    public void Admission_adds_the_zone_tag_in_other_modes(string written) =>
        Assert.Equal("kuma.io/zone=east", TagsOf(written, "tagless"));

    [Fact]
    public void Name_and_number_give_the_same_graph_membership_derivation_findings_and_plan()
    {
        foreach (var text in (string[])[Universal, Kubernetes])
        {
            foreach (var version in KumaVersions.All)
                Assert.Equal(Everything(text, "Exclusive", version), Everything(text, "3", version));
        }

        Assert.NotEqual(Everything(Universal, "Exclusive", KumaVersion.V2_14), Everything(Universal, "1", KumaVersion.V2_14));
        Assert.NotEqual(Everything(Kubernetes, "Exclusive", KumaVersion.V2_14), Everything(Kubernetes, "0", KumaVersion.V2_14));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("BUILTIN")]
    public void The_plan_finds_a_builtin_gateway_by_name_and_by_number(string type)
    {
        var compilation = TestRepository.Compile(
            $"""
             type: Dataplane
             mesh: default
             name: edge
             networking:
               address: 10.0.0.1
               gateway:
                 type: {type}
                 tags:
                   kuma.io/service: edge
             """,
            KumaVersion.V2_14);
        Assert.Contains(compilation.Plan.Findings, static f => f.Row == "DP-7");
    }

    private static string Everything(string text, string mode, KumaVersion version)
    {
        var compilation = TestRepository.Compile(text.Replace("%MODE%", mode, StringComparison.Ordinal), version);
        var graph = compilation.Graph;
        return string.Join('\n', (IEnumerable<string>)
        [
            .. compilation.Verdicts.Select(static v => $"{v.Resource}: {v.Accepted} {v.Detail} {string.Join("; ", v.Violations.Select(static x => x.Reason))}"),
            .. graph.Dataplanes.Select(static d => $"{d.CoreName}: {string.Join(' ', d.Inbounds.Select(static i => i.Tags))}"),
            .. graph.Destinations.Select(d => $"{d.Kind} {d.CoreName} {graph.StateOf(d).Selected.Length}"),
            .. compilation.Diagnostics.Select(static d => $"{d.Descriptor.Id} {d.Message}"),
            .. compilation.Plan.Findings.Select(static f => f.Row),
            .. compilation.Plan.Meshes.SelectMany(static m => m.Steps).Select(static s => $"{s.Id} {s.Status}"),
        ]);
    }

    private static string TagsOf(string mode, string dataplane)
    {
        // Without the constraint, which keeps out what has no tags.
        var text = Universal.Replace("%MODE%", mode, StringComparison.Ordinal);
        text = text.Remove(text.IndexOf("constraints:", StringComparison.Ordinal), text.IndexOf("\n---", StringComparison.Ordinal) - text.IndexOf("constraints:", StringComparison.Ordinal));
        var compilation = TestRepository.Compile(text, KumaVersion.V2_14);
        var stored = compilation.Verdicts.Single(v => v.Resource.Name == dataplane).Stored;
        Assert.NotNull(stored);
        return string.Join(' ', stored.Spec["networking"]["inbound"].Items.First()["tags"].Entries.Select(static t => $"{t.Key}={t.AsString()}"));
    }
}
