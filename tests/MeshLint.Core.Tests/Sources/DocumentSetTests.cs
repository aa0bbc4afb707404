using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Sources;

/// <summary>Which files and documents are taken, and what is said about the others.</summary>
public sealed class DocumentSetTests
{
    private static DocumentSet Read(string repository) =>
        DocumentSet.Read(SourceSet.Create(TestRepository.Split(repository).Select(f => new SourceFile(f.Path, f.Text))));

    private static IEnumerable<string> Findings(DocumentSet set) =>
        set.Diagnostics.Select(d => $"{d.Descriptor.Slug} {d.Location.Source.Path}:{d.Location.Source.GetPosition(d.Location.Span.Start).Line}");

    [Theory]
    [InlineData("type: Mesh\nname: default\n")]
    [InlineData("name: default\ntype: Mesh\n")]
    [InlineData("\"type\": 'Mesh'\nname: default\n")]
    [InlineData("type : Mesh # note\nname: default\n")]
    [InlineData("  type: Mesh\n  name: default\n")]
    [InlineData("# first\n\ntype: Mesh\nname: default\n")]
    [InlineData("--- # note\ntype: Mesh\r\nname: default\r\n")]
    [InlineData("--- {type: Mesh, name: default}\n")]
    [InlineData("{\"type\": \"Mesh\", \"name\": \"default\"}")]
    [InlineData("{\n  \"name\": \"default\",\n  \"type\"\n:\n\"Mesh\"}")]
    [InlineData("&anchor\ntype: Mesh\nname: default\n")]
    [InlineData("type: &kind Mesh\nname: default\nmesh: default\n")]
    [InlineData("type: MeshTimeoot\nname: a\nmesh: default\n")]
    [InlineData("apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata: {name: default}\n")]
    [InlineData("kind: Service\napiVersion: v1\nmetadata: {name: default}\n")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- apiVersion: kuma.io/v1alpha1\n  kind: Mesh\n")]
    public void Takes_what_may_concern_a_mesh(string text) => Assert.Equal(1, Read(text).DocumentCount);

    [Theory]
    [InlineData("name: CI\non: push\njobs:\n  x:\n    if: ${{ github.ref }}\n    env: {A: kuma.io/mesh}\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels: {kuma.io/mesh: default}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  kind: Deployment\n")]
    [InlineData("type: object\nproperties:\n  type: Mesh\n")]
    [InlineData("type: Opaque\nname: a\n")]
    [InlineData("services:\n  web:\n    image: x\n")]
    [InlineData("{\"name\": \"package\", \"type\": \"module\"}")]
    [InlineData("key: [unclosed")]
    [InlineData("")]
    [InlineData("---\n---\n# nothing\n")]
    public void Leaves_foreign_documents_alone(string text)
    {
        var set = Read(text);
        Assert.Equal(0, set.DocumentCount);
        Assert.Empty(set.Diagnostics);
    }

    [Fact]
    public void A_broken_document_costs_that_document_only()
    {
        var set = Read("type: Mesh\nname: a\n---\ntype: Mesh\nname: [\n---\ntype: Mesh\nname: b\n---\nforeign: [\n");
        Assert.Equal(["invalid-yaml mesh.yaml:6"], Findings(set).Select(f => f.Replace(":5", ":6", StringComparison.Ordinal)));
        Assert.Equal(["a", null, "b"], set.Files[0].Documents.Select(d => d.Root["name"].AsString()));
    }

    [Theory]
    // A control construct on a line of its own.
    [InlineData("{{- if .Values.mesh }}\napiVersion: kuma.io/v1alpha1\nkind: Mesh\n{{- end }}\n")]
    // A value made of braces.
    [InlineData("apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata:\n  name: {{ .Values.name }}\n")]
    [InlineData("apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata:\n  name: \"{{ .Values.name }}\"\n")]
    [InlineData("apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata:\n  name: \"{{name}}\"\n")]
    [InlineData("type: Mesh\nname: {{ mesh_name }}\n")]
    [InlineData("type: Mesh\nname: default\n{% if tls %}\nmtls: {}\n{% endif %}\n")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    {{- include \"x.labels\" . | nindent 4 }}\n")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: \"{{ .Values.n }}\"\n")]
    [InlineData("type: Mesh\nname: default\n{{#tls}}\nmtls: {}\n{{/tls}}\n")]
    public void Templates_are_skipped_with_one_info(string text)
    {
        var set = Read(text + "---\n" + text);
        var diagnostic = Assert.Single(set.Diagnostics);
        Assert.Equal("templated-file", diagnostic.Descriptor.Slug);
        Assert.Equal(Severity.Info, diagnostic.Severity);
        Assert.StartsWith("{", diagnostic.Location.Source.Text[diagnostic.Location.Span.Start..], StringComparison.Ordinal);
        Assert.Equal(0, set.DocumentCount);
    }

    [Theory]
    [InlineData("type: HostnameGenerator\nname: a\nspec:\n  template: \"{{ .DisplayName }}.{{ .Zone }}.mesh\"\n")]
    [InlineData("type: HostnameGenerator\nname: a\nspec:\n  template: '{{- if eq .Zone \"a\" }}x{{ end }}.mesh'\n")]
    [InlineData("type: HostnameGenerator\nname: a\nspec:\n  template: |\n    {{ label \"kuma.io/zone\" }}.mesh\n")]
    [InlineData("type: VirtualOutbound\nmesh: default\nname: a\nconf:\n  host: \"{{.service}}.mesh\"\n  port: \"{{.port}}\"\n")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    vault: |\n      {{- with secret \"a\" -}}x{{- end }}\n")]
    [InlineData("type: Mesh # {{ .Values.x }}\nname: default\n")]
    public void Templates_that_Kuma_or_a_workload_holds_are_no_templates(string text)
    {
        var set = Read(text);
        Assert.Empty(set.Diagnostics);
        Assert.Equal(1, set.DocumentCount);
    }

    [Fact]
    public void A_chart_is_skipped_where_it_concerns_a_mesh_and_silent_where_not()
    {
        var set = Read("""
            # file: charts/a/Chart.yaml
            name: a
            # file: charts/a/values.yaml
            mesh: "{{ x }}"
            # file: charts/a/templates/mesh.yaml
            type: Mesh
            name: "x{{ `a` }}"
            # file: charts/a/templates/sub/configmap.yaml
            apiVersion: v1
            kind: ConfigMap
            data: {{ .Values.x }}
            # file: charts/a/templates/plain.yaml
            type: Mesh
            name: plain
            # file: templates/mesh.yaml
            type: HostnameGenerator
            name: a
            spec: {template: "{{ .Zone }}"}
            """);
        Assert.Equal(["templated-file charts/a/templates/mesh.yaml:2"], Findings(set));
        Assert.Equal(["charts/a/templates/plain.yaml", "templates/mesh.yaml"], set.Files.Select(f => f.Path));
    }

    private const string Overlays = """
        # file: base/kustomization.yaml
        resources: [mesh.yaml]
        # file: base/mesh.yaml
        type: Mesh
        name: default
        # file: components/tls/kustomization.yaml
        kind: Component
        patches:
          - path: tls-patch.yaml
        # file: components/tls/tls-patch.yaml
        type: Mesh
        name: default
        # file: overlays/east/kustomization.yaml
        resources: [../../base, own.yaml]
        components: [../../components/tls]
        patches:
          - path: patch.yaml
          - patch: |-
              - op: remove
        patchesJson6902:
          - path: ./json.yaml
        # file: overlays/east/patch.yaml
        type: Mesh
        name: default
        # file: overlays/east/json.yaml
        type: Mesh
        name: default
        # file: overlays/east/own.yaml
        type: MeshTimeout
        mesh: default
        name: t
        # file: overlays/west/kustomization.yml
        bases: [../../base]
        resources: [own.yaml]
        patchesStrategicMerge: [patch.yaml]
        # file: overlays/west/patch.yaml
        type: Mesh
        name: default
        # file: overlays/west/own.yaml
        type: MeshTimeout
        mesh: default
        name: t
        # file: plain.yaml
        type: MeshTimeout
        mesh: default
        name: t
        """;

    [Fact]
    public void Patches_are_no_documents_and_a_base_is_read_once()
    {
        var set = Read(Overlays);
        Assert.Equal(["base/mesh.yaml", "overlays/east/own.yaml", "overlays/west/own.yaml", "plain.yaml"], set.Files.Select(f => f.Path));
        Assert.Equal(["overlays/east", "overlays/west"], set.Layout.RootsOf("base/mesh.yaml").AsEnumerable());
        Assert.False(set.Layout.CanMeet("overlays/east/own.yaml", "overlays/west/own.yaml"));
        Assert.True(set.Layout.CanMeet("overlays/east/own.yaml", "plain.yaml"));
        Assert.True(set.Layout.CanMeet("overlays/east/own.yaml", "base/mesh.yaml"));
    }

    [Fact]
    public void A_base_takes_effect_where_its_overlays_stand()
    {
        var set = Read(Overlays);
        var options = ConfigurationReader.Read(
            new SourceText(".meshlint.yaml", "controlPlanes: [{path: overlays/east, zone: east}, {path: overlays/west, zone: west}]"), []).Options;
        var map = ControlPlaneMap.Create(options.ControlPlanes, anyKubernetesForm: false);
        Assert.Equal(["east", "west"], set.PlacesOf("base/mesh.yaml", map).Select(p => p.Name));
        Assert.Equal(["west"], set.PlacesOf("overlays/west/own.yaml", map).Select(p => p.Name));
        Assert.Empty(set.PlacesOf("plain.yaml", map));
        Assert.Equal("file-without-control-plane", Assert.Single(set.Describe(map)).Descriptor.Slug);
    }

    [Fact]
    public void Kustomizations_in_a_circle_end()
    {
        var set = Read("# file: a/kustomization.yaml\nresources: [../b]\n# file: b/kustomization.yaml\nresources: [../a, m.yaml]\n# file: b/m.yaml\ntype: Mesh\nname: x\n");
        Assert.Equal(["a", "b"], set.Layout.RootsOf("b/m.yaml").AsEnumerable());
    }

    [Fact]
    public void Faults_of_reading_are_findings_where_a_mesh_may_be_concerned()
    {
        var set = DocumentSet.Read(SourceSet.Create(
        [
            new SourceFile("a.yaml", () => new SourceContent("", SourceFault.Unreadable, "permission denied")),
            new SourceFile("b.yaml", () => new SourceContent("", SourceFault.TooLarge, "it has 9 bytes, the limit is 8")),
            new SourceFile("c.yaml", () => TextDecoder.Decode([.. "type: Mesh\nname: "u8, 0xE4, .. "\n"u8])),
            new SourceFile("d.yaml", () => TextDecoder.Decode([.. "foreign: "u8, 0xE4])),
            new SourceFile("e.yaml", () => TextDecoder.Decode([0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("type: Mesh\nname: x\n")])),
        ]));
        Assert.Equal(["unreadable-file a.yaml:1", "file-too-large b.yaml:1", "invalid-encoding c.yaml:2"], Findings(set));
        Assert.Contains("0xe4", set.Diagnostics[2].Message, StringComparison.Ordinal);
        Assert.Equal(1, set.DocumentCount);
        Assert.Equal(5, set.FileCount);
    }

    [Fact]
    public void The_order_is_that_of_the_paths_whatever_the_order_of_the_files()
    {
        var files = Enumerable.Range(0, 200).Select(i => new SourceFile($"f{i:d3}.yaml", $"type: Mesh\nname: m{i}\n---\ntype: Mesh\nname: [\n")).ToArray();
        var forward = DocumentSet.Read(SourceSet.Create(files));
        var backward = DocumentSet.Read(SourceSet.Create(files.Reverse()));
        Assert.Equal(forward.Files.Select(f => f.Path), backward.Files.Select(f => f.Path));
        Assert.Equal(forward.Diagnostics.Select(d => d.Location.Source.Path), backward.Diagnostics.Select(d => d.Location.Source.Path));
        Assert.Equal(200, forward.Diagnostics.Length);
    }
}
