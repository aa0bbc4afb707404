using MeshLint.Output.Graph;
using System.Text.Json;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Emit;

public sealed class GraphJsonTests
{
    public static TheoryData<string, KumaVersion> Repositories()
    {
        var data = new TheoryData<string, KumaVersion>();
        foreach (var folder in (string[])["shop", "demo-kubernetes"])
        {
            foreach (var version in KumaVersions.All)
                data.Add(folder, version);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Repositories))]
    public void The_graph_and_the_plan_of_the_examples_follow_their_schemas(string example, KumaVersion version)
    {
        var compilation = Example(example, version);
        Assert.Empty(Validate("graph.schema.json", GraphJson.Write(GraphDocument.Of(compilation.Bindings))));
        Assert.Empty(Validate("plan.schema.json", PlanJson.Write(compilation.Plan)));
    }

    [Fact]
    public void A_small_graph() => Snapshot.Verify(GraphJson.Write(GraphDocument.Of(TestRepository.Compile(Small).Bindings)), "small");

    [Fact]
    public void A_small_graph_as_dot() => Snapshot.Verify(GraphDrawing.ToDot(GraphDocument.Of(TestRepository.Compile(Small).Bindings)), "small-dot");

    [Fact]
    public void A_small_graph_as_mermaid() => Snapshot.Verify(GraphDrawing.ToMermaid(GraphDocument.Of(TestRepository.Compile(Small).Bindings)), "small-mermaid");

    [Fact]
    public void A_service_of_another_zone_is_a_copy_with_its_own_name_and_endpoints()
    {
        using var json = JsonDocument.Parse(GraphJson.Write(GraphDocument.Of(Example("shop", KumaVersion.V2_14).Bindings)));
        var service = json.RootElement.GetProperty("services").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "redis" && s.GetProperty("zone").GetString() == "east");
        Assert.Equal("east", service.GetProperty("controlPlane").GetString());
        Assert.Equal("10.1.0.31", service.GetProperty("ports")[0].GetProperty("endpoints")[0].GetProperty("address").GetString());
        Assert.Equal("global,west", string.Join(',', service.GetProperty("copies").EnumerateArray().Select(c => c.GetProperty("controlPlane").GetString())));
        Assert.All(service.GetProperty("copies").EnumerateArray(), c => Assert.StartsWith("redis-", c.GetProperty("name").GetString(), StringComparison.Ordinal));
        var west = service.GetProperty("views").EnumerateArray().Single(v => v.GetProperty("controlPlane").GetString() == "west");
        Assert.Equal("zone-ingress", west.GetProperty("ports")[0].GetProperty("endpoints")[0].GetProperty("route").GetString());
    }

    private const string Small =
        """
        type: Mesh
        name: default
        meshServices: {mode: Exclusive}
        ---
        type: Dataplane
        name: web-1
        mesh: default
        networking: {address: 10.0.0.1, inbound: [{port: 80, name: http, tags: {kuma.io/service: web, kuma.io/protocol: http}}]}
        ---
        type: MeshTimeout
        name: t
        mesh: default
        spec:
          to: [{targetRef: {kind: MeshService, name: nowhere}, default: {idleTimeout: 1s}}]
        """;

    [Fact]
    public void Hostile_names_stay_inside_their_labels()
    {
        const string name = "a\"]; b -> c\\ <script>#x\u202e\r{|}";
        Assert.Equal("\"a\\\"]; b -> c\\\\ <script>#x\\\\u202e\\\\r{|}\"", GraphDrawing.Quote(name));
        Assert.Equal("a#34;#93;#59; b -#62; c#92; #60;script#62;#35;x#92;u202e#92;r#123;#124;#125;", GraphDrawing.Escape(name));
        Assert.Equal("a<br/>b", GraphDrawing.Escape("a\nb"));
    }

    private static List<string> Validate(string schema, string json)
    {
        using var schemaDocument = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "schema", schema)));
        using var document = JsonDocument.Parse(json);
        return JsonSchema.Validate(schemaDocument.RootElement, document.RootElement);
    }

    private static Compilation Example(string name, KumaVersion version)
    {
        var root = Path.Combine(SharedData.ProjectRoot, "examples", name);
        var files = Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
            .Select(f => (Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllText(f))).OrderBy(f => f.Item1, StringComparer.Ordinal).ToList();
        return TestRepository.Compile(files, version);
    }
}
