using MeshLint.Output.Graph;
using System.Text.Json;
using MeshLint.Cli.Commands;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Sources;
using MeshLint.Output.Reporting;
using Xunit;

namespace MeshLint.Cli.Tests.Escaping;

/// <summary>Every file of a build and every form of the graph × every hidden character, in the values that reach them.</summary>
public sealed class BuildFormTests
{
    // Forty to a value: a compilation for each of the hundreds would take minutes.
    private static readonly string[] Chunks = [.. HiddenCharacters.InYaml.Chunk(40).Select(c => string.Concat(c.Select(x => $"x{x.Raw}y")))];

    private static Compilation Compile(string value)
    {
        // A service's name in a reference, a text in a policy, a label's value, the zone's name and the file's name: what nobody validates.
        var text = $$$$"""
            type: Mesh
            name: default
            ---
            type: MeshTimeout
            mesh: default
            name: t
            spec: {targetRef: {kind: MeshService, name: {{{{HiddenCharacters.Quoted(value)}}}}}, to: [{targetRef: {kind: Mesh}, default: {idleTimeout: 1s}}]}
            ---
            type: MeshAccessLog
            mesh: default
            name: l
            spec:
              targetRef: {kind: Mesh}
              to:
                - targetRef: {kind: Mesh}
                  default: {backends: [{type: File, file: {path: /tmp/x, format: {type: Plain, plain: {{{{HiddenCharacters.Quoted(value)}}}}}}}]}
            ---
            type: Dataplane
            mesh: default
            name: d
            networking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: web}}]}
            """;
        var options = new MeshLintOptions { ControlPlanes = [new ControlPlane { Zone = value, Environment = ControlPlaneEnvironment.Universal }] };
        return Compilation.Create(SourceSet.Of((value + ".yaml", text)), options);
    }

    [Fact]
    public void No_file_of_a_build_holds_a_hidden_character()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chunk in Chunks)
        {
            foreach (var file in BuildOutputs.Of(Compile(chunk), ManifestForms.Both, null))
            {
                AssertVisible(file.RelativePath, chunk);
                AssertVisible(file.Text, chunk);
                if (!file.RelativePath.EndsWith(".json", StringComparison.Ordinal))
                    continue;
                using var json = JsonDocument.Parse(file.Text);
                if (FindingFormTests.Strings(json.RootElement).Any(s => s.Contains(chunk, StringComparison.Ordinal)))
                    seen.Add(file.RelativePath);
            }
        }

        Assert.Equal(["graph.json", "migration/plan.json"], seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("dot", "x\\\\u202ey")]
    [InlineData("mermaid", "x#92;u202ey")]
    [InlineData("html", "x\\\\u202Ey")]
    [InlineData("json", "x\\u202ey")]
    public void No_form_of_the_graph_holds_a_hidden_character(string form, string shown)
    {
        foreach (var chunk in Chunks)
            AssertVisible(Graph(form, Compile(chunk)), chunk);

        Assert.Contains(shown, Graph(form, Compile("x\u202Ey")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Markdown_shows_what_it_cannot_print()
    {
        var plan = BuildOutputs.Of(Compile("x\u202Ey"), ManifestForms.Both, null).Single(f => f.RelativePath == "migration/plan.md").Text;
        Assert.Contains("`x\\u202ey`", plan, StringComparison.Ordinal);
        Assert.Equal("x\\\\u202ey", Markdown.Escape("x\u202Ey"));
        Assert.Equal("x y", Markdown.Escape("x\ny"));
        Assert.Equal("x\\\\U000e0041y", Markdown.Escape("x\U000E0041y"));
    }

    [Theory]
    [InlineData("[x](http://evil)", "\\[x\\](http&#58;//evil)")]
    [InlineData("www.evil.example", "www&#46;evil.example")]
    [InlineData("Mailto:a@evil", "Mailto&#58;a@<!-- -->evil")]
    [InlineData("<script>", "\\<script\\>")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("- a", "\\- a")]
    [InlineData("1. a", "1\\. a")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("#12", "\\#<!-- -->12")]
    [InlineData("===", "\\===")]
    [InlineData("a-b=c 1.5", "a-b=c 1.5")]
    [InlineData("&lt;", "&amp;lt;")]
    public void Markdown_of_a_value_is_no_markup(string value, string expected) => Assert.Equal(expected, Markdown.Escape(value));

    private static string Graph(string form, Compilation compilation) => form switch
    {
        "dot" => GraphDrawing.ToDot(GraphDocument.Of(compilation.Bindings)),
        "mermaid" => GraphDrawing.ToMermaid(GraphDocument.Of(compilation.Bindings)),
        "html" => HtmlGraph.Write(GraphDocument.Of(compilation.Bindings), compilation.Diagnostics),
        _ => GraphJson.Write(GraphDocument.Of(compilation.Bindings)),
    };

    private static void AssertVisible(string output, string chunk)
    {
        foreach (var (raw, _) in HiddenCharacters.InYaml.Where(c => chunk.Contains(c.Raw, StringComparison.Ordinal)))
        {
            Assert.DoesNotContain($"x{raw}y", output, StringComparison.Ordinal);
            if (raw != "\n")
                Assert.DoesNotContain(raw, output, StringComparison.Ordinal);
        }
    }
}
