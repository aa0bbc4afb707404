using System.Text.Json;
using MeshLint.Core.Emit;
using MeshLint.Core.Migration;
using MeshLint.Core.Versions;
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
        Assert.Empty(Validate("graph.schema.json", GraphJson.Write(compilation.Graph)));
        Assert.Empty(Validate("plan.schema.json", PlanJson.Write(compilation.Plan)));
    }

    [Fact]
    public void The_graph_of_the_shop() => Snapshot.Verify(GraphJson.Write(Example("shop", KumaVersion.V2_14).Graph), "shop");

    [Fact]
    public void The_shop_as_dot() => Snapshot.Verify(GraphDrawing.ToDot(Example("shop", KumaVersion.V2_14).Graph), "shop-dot");

    [Fact]
    public void The_shop_as_mermaid() => Snapshot.Verify(GraphDrawing.ToMermaid(Example("shop", KumaVersion.V2_14).Graph), "shop-mermaid");

    [Fact]
    public void Hostile_names_stay_inside_their_labels()
    {
        const string name = "a\"]; b -> c\\ <script>#x\u202e\r{|}";
        Assert.Equal("\"a\\\"]; b -> c\\\\ <script>#x\ufffd\ufffd{|}\"", GraphDrawing.Quote(name));
        Assert.Equal("a#34;#93;#59; b -#62; c#92; #60;script#62;#35;x\ufffd\ufffd#123;#124;#125;", GraphDrawing.Escape(name));
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
