using MeshLint.Sources.Reading;
using MeshLint.Kuma.Topology;
using MeshLint.Sources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

/// <summary>ML0019 work-limit: what grows with the square of a repository is cut and told, what a large repository needs is not.</summary>
public sealed class WorkLimitTests
{
    private const string Configuration = "# file: .meshlint.yaml\ncontrolPlanes:\n- {path: ., zone: east, environment: universal}\n# file: mesh.yaml\ntype: Mesh\nname: default\n---\n";

    [Fact]
    public void Generators_that_name_every_service_are_cut_and_told()
    {
        var compilation = TestRepository.Compile(Configuration + Services(700) + Repeat(700, i => $$$$"""
            type: HostnameGenerator
            name: gen-{{{{i:D3}}}}
            spec:
              selector: {meshService: {matchLabels: {app: a}}}
              template: '{{ .DisplayName }}.g{{{{i}}}}.mesh'
            ---

            """));
        var finding = Assert.Single(compilation.Diagnostics, static d => d.Descriptor == WorkLimit.Descriptor);
        Assert.Contains("only the first 64", finding.Message, StringComparison.Ordinal);
        var named = compilation.Graph.Destinations.Sum(static d => d.Local.Hostnames.Length);
        Assert.InRange(named, 200_000, 200_000 + (64 * 3_000));
    }

    [Fact]
    public void Large_but_ordinary_selections_are_complete()
    {
        var compilation = TestRepository.Compile(Configuration + Services(700) + Repeat(20, i => $$$$"""
            type: HostnameGenerator
            name: gen-{{{{i:D3}}}}
            spec:
              selector: {meshService: {matchLabels: {app: a}}}
              template: '{{ .DisplayName }}.g{{{{i}}}}.mesh'
            ---

            """));
        Assert.Empty(compilation.Bindings.Limits);
        Assert.DoesNotContain(compilation.Diagnostics, static d => d.Descriptor == WorkLimit.Descriptor);
        Assert.All(compilation.Graph.Destinations, static d => Assert.Equal(20, d.Local.Hostnames.Count(static h => h.Generator.Stored is not null)));
    }

    [Fact]
    public void Equal_answers_to_different_labels_are_one_list()
    {
        var compilation = TestRepository.Compile(Configuration + Services(200) + Repeat(2, i => $$$$"""
            type: MeshMultiZoneService
            mesh: default
            name: multi-{{{{i}}}}
            labels: {kuma.io/origin: zone}
            spec:
              selector: {meshService: {matchLabels: {{{{(i == 0 ? "{app: a}" : "{app: a, team: t}")}}}} }}
              ports: [{port: 80, appProtocol: http}]
            ---

            """), KumaVersion.V2_13);
        var lists = compilation.Graph.Destinations.Where(static d => d.Kind == DestinationKind.MeshMultiZoneService).Select(static d => d.Local.MatchedServices).ToList();
        Assert.Equal(2, lists.Count);
        Assert.Equal(200, lists[0].Length);
        Assert.True(lists[0] == lists[1]);
    }

    [Fact]
    public void A_base_in_many_control_planes_is_cut_and_told()
    {
        const int count = 400;
        var text = "# file: .meshlint.yaml\ncontrolPlanes:\n" + Repeat(count, i => $"- {{path: root-{i}, zone: z{i}, environment: universal}}\n")
            + "# file: hub/kustomization.yaml\nresources:\n" + Repeat(count, i => $"- m{i}.yaml\n")
            + Repeat(count, i => $"# file: root-{i}/kustomization.yaml\nresources: [../hub]\n# file: hub/m{i}.yaml\ntype: Mesh\nname: mesh-{i}\n");
        var compilation = TestRepository.Compile(text);
        Assert.InRange(compilation.Resources.Length, 100_000, 101_000);
        Assert.Contains(compilation.Diagnostics, static d => d.Descriptor == WorkLimit.Descriptor && d.Message.StartsWith("kustomizations apply", StringComparison.Ordinal));
    }

    [Fact]
    public void Services_that_select_every_Pod_are_cut_and_told()
    {
        var text = "# file: .meshlint.yaml\ncontrolPlanes:\n- {path: ., zone: east, environment: kubernetes}\n# file: a.yaml\n"
            + Repeat(300, i => $"apiVersion: v1\nkind: Pod\nmetadata: {{name: p{i}, namespace: demo, labels: {{app: a}}}}\nspec: {{containers: [{{name: c, image: a, ports: [{{containerPort: 80}}]}}]}}\n---\n")
            + Repeat(300, i => $"apiVersion: v1\nkind: Service\nmetadata: {{name: s{i}, namespace: demo}}\nspec: {{selector: {{app: a}}, ports: [{{port: 80, targetPort: 80}}]}}\n---\n");
        var compilation = TestRepository.Compile(text);
        Assert.Contains(compilation.Diagnostics, static d => d.Descriptor == WorkLimit.Descriptor && d.Message.Contains("matches of Services and Pods", StringComparison.Ordinal));
    }

    private static string Services(int count) => Repeat(count, i => $$$$"""
        type: MeshService
        mesh: default
        name: service-{{{{i}}}}
        labels: {app: a, team: t}
        spec:
          selector: {dataplaneTags: {kuma.io/service: s}}
          ports: [{port: 80, targetPort: 80, appProtocol: http}]
        ---

        """);

    private static string Repeat(int count, Func<int, string> make) => string.Concat(Enumerable.Range(0, count).Select(make));
}
