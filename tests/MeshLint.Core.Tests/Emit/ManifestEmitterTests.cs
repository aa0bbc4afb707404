using MeshLint.Output.Graph;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Sources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Emit;

public sealed class ManifestEmitterTests
{
    private const string KubernetesPolicies =
        """
        apiVersion: kuma.io/v1alpha1
        kind: Mesh
        metadata: {name: default}
        spec: {meshServices: {mode: Exclusive}}
        ---
        apiVersion: kuma.io/v1alpha1
        kind: MeshTimeout
        metadata:
          name: t
          namespace: shop
          labels: {kuma.io/mesh: default, team: "yes"}
          resourceVersion: "1"
        spec:
          to:
            - targetRef: {kind: MeshService, name: backend}
              default: {idleTimeout: 20s}
        ---
        apiVersion: kuma.io/v1alpha1
        kind: MeshService
        metadata: {name: backend, namespace: shop}
        spec:
          selector: {dataplaneTags: {app: backend}}
          ports: [{port: 80, targetPort: http, appProtocol: http}]
        status: {vips: []}
        ---
        apiVersion: kuma.io/v1alpha1
        kind: TrafficRoute
        mesh: default
        metadata: {name: route-all}
        spec: {sources: [{match: {kuma.io/service: '*'}}], destinations: [{match: {kuma.io/service: '*'}}], conf: {destination: {kuma.io/service: '*'}}}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: ca, namespace: kuma-system, labels: {kuma.io/mesh: default}}
        type: system.kuma.io/secret
        data: {value: aGVsbG8=}
        """;

    [Fact]
    public void Both_forms_of_kubernetes_documents() => Snapshot.Verify(Render(KubernetesPolicies, ManifestForms.Both), "kubernetes");

    [Fact]
    public void Both_forms_of_universal_documents() => Snapshot.Verify(
        Render(
            """
            type: Mesh
            name: default
            routing: {locality_aware_load_balancing: true}
            ---
            type: Dataplane
            name: web-1
            mesh: default
            labels: {team: shop}
            networking:
              address: 10.0.0.1
              inbound: [{port: 80, tags: {kuma.io/service: web}}]
            nonsense: 1
            ---
            type: MeshTimeout
            name: t
            mesh: default
            creationTime: "2024-01-01T00:00:00Z"
            spec:
              targetRef: {kind: Mesh}
              to: [{targetRef: {kind: Mesh}, default: {idleTimeout: 1h, idletimeoutt: 2h}}]
            ---
            type: Secret
            name: ca
            mesh: default
            data: aGVsbG8=
            ---
            type: HostnameGenerator
            name: hg
            spec: {template: "{{ .DisplayName }}.mesh", selector: {meshService: {matchLabels: {a: b}}}}
            """,
            ManifestForms.Both),
        "universal");

    [Fact]
    public void Kubernetes_to_universal_and_back_gives_the_same_manifests()
    {
        var first = Emit(KubernetesPolicies, ManifestForms.Both, ControlPlaneEnvironment.Kubernetes);
        var universal = first.Files.Where(f => f.RelativePath.StartsWith("universal/", StringComparison.Ordinal) && f.RelativePath.EndsWith(".yaml", StringComparison.Ordinal));
        var second = Emit(string.Join("---\n", universal.Select(f => f.Text)), ManifestForms.Kubernetes, ControlPlaneEnvironment.Kubernetes);
        Assert.Equal(Manifests(first, "kubernetes/"), Manifests(second, "kubernetes/"));
        Assert.True(Manifests(first, "kubernetes/").Count == 5);
    }

    [Fact]
    public void Universal_to_kubernetes_and_back_gives_the_same_manifests()
    {
        const string text =
            """
            type: Mesh
            name: default
            ---
            type: Dataplane
            name: web-1
            mesh: default
            networking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: web}}]}
            ---
            type: MeshCircuitBreaker
            name: a.b
            mesh: default
            labels: {kuma.io/origin: zone}
            spec: {targetRef: {kind: Mesh}, to: [{targetRef: {kind: Mesh}, default: {connectionLimits: {maxConnections: 1}}}]}
            """;
        var first = Emit(text, ManifestForms.Both, ControlPlaneEnvironment.Universal);
        var kubernetes = first.Files.Where(f => f.RelativePath.StartsWith("kubernetes/", StringComparison.Ordinal) && f.RelativePath.EndsWith(".yaml", StringComparison.Ordinal));
        var second = Emit(string.Join("---\n", kubernetes.Select(f => f.Text)), ManifestForms.Universal, ControlPlaneEnvironment.Kubernetes);
        Assert.Equal(Manifests(first, "universal/"), Manifests(second, "universal/"));
        Assert.True(Manifests(first, "universal/").Count == 3);
    }

    [Fact]
    public void A_federated_zone_gets_the_origin_that_universal_requires()
    {
        var options = new MeshLintOptions { ControlPlanes = [new ControlPlane { Path = ".", Zone = "east", Role = ControlPlaneRole.FederatedZone, Environment = ControlPlaneEnvironment.Kubernetes }] };
        var compilation = Compilation.Create(
            SourceSet.Create([new SourceFile("mesh.yaml", "apiVersion: kuma.io/v1alpha1\nkind: MeshService\nmetadata: {name: a, namespace: shop}\nspec: {selector: {dataplaneTags: {app: a}}, ports: [{port: 80, targetPort: 80}]}\n")]), options);
        var file = Assert.Single(Manifests(ManifestEmitter.Emit(compilation.Verdicts, [], ManifestForms.Universal, KumaVersion.V2_14), "universal/"));
        Assert.Equal("universal/east/default/MeshService/a.yaml", file.Key);
        Assert.Contains("  kuma.io/origin: zone\n", file.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_form_does_not_have_is_reported()
    {
        var result = Emit(
            "apiVersion: kuma.io/v1alpha1\nkind: ContainerPatch\nmetadata: {name: p, namespace: kuma-system}\nspec: {sidecarPatch: [{op: add, path: /x, value: '1'}]}\n",
            ManifestForms.Both,
            ControlPlaneEnvironment.Kubernetes);
        var note = Assert.Single(result.Notes);
        Assert.True(note.IsOmitted);
        Assert.Equal(ManifestForms.Universal, note.Form);
        Assert.Contains(result.Files, f => f.RelativePath == "universal/NOTES.md" && f.Text.Contains("the kind ContainerPatch exists on Kubernetes only", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_documents_for_one_resource_the_later_is_rendered_and_the_other_reported()
    {
        var result = Emit("type: Mesh\nname: default\n---\ntype: Mesh\nname: default\nmeshServices: {mode: Exclusive}\n", ManifestForms.Universal, ControlPlaneEnvironment.Universal);
        Assert.Contains("Exclusive", Assert.Single(Manifests(result, "universal/")).Value, StringComparison.Ordinal);
        Assert.True(Assert.Single(result.Notes).IsOmitted);
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("a.b-c_d", "a.b-c_d")]
    [InlineData("../../etc/passwd", "etc-passwd~")]
    [InlineData("CON", "con~")]
    [InlineData("con", "con~")]
    [InlineData("nul.txt", "nul-txt~")]
    [InlineData("", "~")]
    [InlineData("é\n", "~")]
    [InlineData(".hidden", "hidden~")]
    [InlineData("Web", "web~")]
    public void File_names_are_safe(string name, string start)
    {
        var segment = SafePath.Segment(name);
        Assert.StartsWith(start, segment, StringComparison.Ordinal);
        Assert.Equal(start.EndsWith('~') ? start.Length + 16 : start.Length, segment.Length);
        Assert.Equal(segment, SafePath.Segment(segment.Contains('~', StringComparison.Ordinal) ? name : segment));
    }

    [Fact]
    public void Long_names_that_differ_at_the_end_have_different_files()
    {
        var name = new string('a', 200);
        Assert.NotEqual(SafePath.Segment(name + "1"), SafePath.Segment(name + "2"));
        Assert.True(SafePath.Segment(name + "1").Length < 110);
    }

    [Fact]
    public void Every_manifest_is_one_document_that_reads_back() => Assert.All(Emit(KubernetesPolicies, ManifestForms.Both, ControlPlaneEnvironment.Kubernetes).Files, f =>
    {
        if (!f.RelativePath.EndsWith(".yaml", StringComparison.Ordinal))
            return;
        Assert.Empty(Assert.Single(DocumentReader.Read(new SourceText(f.RelativePath, f.Text))).Problems);
    });

    [Theory]
    [InlineData("shop", ManifestForms.Universal)]
    [InlineData("demo-kubernetes", ManifestForms.Kubernetes)]
    public void What_is_rendered_makes_the_same_mesh(string example, ManifestForms form)
    {
        var root = Path.Combine(SharedData.ProjectRoot, "examples", example);
        var files = Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Select(f => (Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllText(f))).ToList();
        var first = TestRepository.Compile(files);
        // Rendered documents stand below a folder of their control plane; the core objects that are not rendered stay where they are.
        var rendered = ManifestEmitter.Emit(first.Verdicts, first.Objects, form, first.Version).Files.Where(f => f.RelativePath.EndsWith(".yaml", StringComparison.Ordinal));
        var objects = first.Objects.Select(o => o.Document.Source).Distinct().Select(s => new SourceFile($"{first.Places.Find(s.Path)?.Name}/objects/{s.Path}", s.Text));
        var options = first.Options with { ControlPlanes = [.. first.Places.All.Select(p => p with { Path = p.Name })] };
        var second = Compilation.Create(SourceSet.Create([.. rendered.Select(f => new SourceFile(f.RelativePath[(f.RelativePath.IndexOf('/', StringComparison.Ordinal) + 1)..], f.Text)), .. objects]), options);
        Assert.All(second.Verdicts, v => Assert.True(v.Accepted, v.Resource.ToString()));
        Assert.Equal(Shape(first), Shape(second));
    }

    // Services and Dataplanes of the graph without the places of documents.
    private static string Shape(Compilation compilation)
    {
        using var json = System.Text.Json.JsonDocument.Parse(GraphJson.Write(GraphDocument.Of(compilation.Bindings)));
        return string.Join('\n', json.RootElement.GetProperty("services").EnumerateArray().Concat(json.RootElement.GetProperty("dataplanes").EnumerateArray())
            .Select(s => string.Join(',', s.EnumerateObject().Where(p => p.Name != "source").Select(p => p.ToString()))));
    }

    private static SortedDictionary<string, string> Manifests(EmitResult result, string folder) =>
        new(result.Files.Where(f => f.RelativePath.StartsWith(folder, StringComparison.Ordinal) && f.RelativePath.EndsWith(".yaml", StringComparison.Ordinal)).ToDictionary(f => f.RelativePath, f => f.Text), StringComparer.Ordinal);

    private static string Render(string text, ManifestForms forms)
    {
        var compilation = TestRepository.Compile(text);
        var result = ManifestEmitter.Emit(compilation.Verdicts, compilation.Objects, forms, compilation.Version);
        return string.Concat(result.Files.Select(f => $"=== {f.RelativePath}\n{f.Text}"));
    }

    private static EmitResult Emit(string text, ManifestForms forms, ControlPlaneEnvironment environment)
    {
        var options = new MeshLintOptions { Version = KumaVersion.V2_14, ControlPlanes = [new ControlPlane { Path = ".", Zone = "default", Environment = environment }] };
        var compilation = Compilation.Create(SourceSet.Create([new SourceFile("mesh.yaml", text)]), options);
        return ManifestEmitter.Emit(compilation.Verdicts, compilation.Objects, forms, compilation.Version);
    }
}
