using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Kuma.Go;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Emit;

public sealed class YamlWriterTests
{
    [Fact]
    public void What_is_written_is_read_back_as_the_same_tree() =>
        Check.One(Configuration(400), Prop.ForAll(Trees.Arbitrary, tree =>
        {
            var yaml = YamlWriter.Write(tree.Root);
            var documents = DocumentReader.Read(new SourceText("out.yaml", yaml));
            return (documents.Length == 1 && documents[0].Problems.IsEmpty && Trees.Same(tree.Root, documents[0].Root))
                .Label(yaml + string.Join('\n', documents.SelectMany(d => d.Problems).Select(p => p.Message)));
        }));

    [Fact]
    public void Json_of_a_tree_is_the_same_tree() =>
        Check.One(Configuration(200), Prop.ForAll(Trees.Arbitrary, tree =>
        {
            using var json = JsonDocument.Parse(JsonNodeWriter.Write(tree.Root));
            return SameJson(tree.Root, json.RootElement);
        }));

    public static TheoryData<string> HostileStrings() => [.. Trees.Hostile];

    [Theory]
    [MemberData(nameof(HostileStrings))]
    public void A_hostile_string_survives_as_key_and_value(string text)
    {
        var tree = Trees.OneString(text, text);
        var yaml = YamlWriter.Write(tree.Root);
        var document = Assert.Single(DocumentReader.Read(new SourceText("out.yaml", yaml)));
        Assert.Empty(document.Problems);
        Assert.True(Trees.Same(tree.Root, document.Root), yaml);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("kuma.io/service")]
    [InlineData("spiffe://default/web")]
    [InlineData("10s")]
    [InlineData("1h30m")]
    [InlineData("50Mbps")]
    [InlineData("a b")]
    [InlineData("None")]
    [InlineData("/healthz")]
    [InlineData("web:8080")]
    public void Harmless_strings_stay_bare(string text) => Assert.Equal($"k: {text}\n", Write(text));

    [Theory]
    [InlineData("yes")]
    [InlineData("Off")]
    [InlineData("~")]
    [InlineData("0x10")]
    [InlineData("0o7")]
    [InlineData("1_000")]
    [InlineData("12:30:45")]
    [InlineData("2024-01-01")]
    [InlineData("10.0.0.1")]
    [InlineData("1e3")]
    [InlineData("*")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("é")]
    [InlineData("<<")]
    [InlineData("=")]
    public void Strings_that_some_reader_misreads_are_quoted(string text) => Assert.Equal($"k: \"{text}\"\n", Write(text));

    [Fact]
    public void Lines_become_a_block_literal()
    {
        Assert.Equal("k: |\n  a\n\n    b\n", Write("a\n\n  b\n"));
        Assert.Equal("k: |-\n  a\n  b\n", Write("a\nb"));
        Assert.Equal("k: |+\n  a\n\n\n", Write("a\n\n\n"));
    }

    [Fact]
    public void Controls_and_invisible_characters_are_escaped() => Assert.Equal("k: \"\\u001B[31m\\u202Ex\\uFEFF\"\n", Write("\u001b[31m\u202ex\ufeff"));

    [Fact]
    public void Of_a_repeated_key_the_last_is_written()
    {
        var document = DocumentReader.Read(new SourceText("in.yaml", "a: 1\nb: 2\na: {c: [1, {d: x, e: []}, [2]]}\n"))[0];
        Assert.Equal("b: 2\na:\n  c:\n  - 1\n  - d: x\n    e: []\n  - - 2\n", YamlWriter.Write(document.Root));
        Assert.Equal("{\"b\":2,\"a\":{\"c\":[1,{\"d\":\"x\",\"e\":[]},[2]]}}", JsonNodeWriter.Write(document.Root).Replace("\n", "").Replace(" ", ""));
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() => Assert.Equal("k: \"\ufffd\"\n", Write("\ud800"));

    private static string Write(string text)
    {
        var builder = new NodeTreeBuilder(new SourceText("x", ""));
        builder.BeginMapping(default);
        builder.Key("k", default);
        builder.Scalar(NodeKind.String, text, default, ScalarStyle.Plain);
        builder.End();
        return YamlWriter.Write(builder.Build().Root);
    }

    private static Config Configuration(int runs) => Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(60);

    private static bool SameJson(Node node, JsonElement json) => node.Kind switch
    {
        NodeKind.Mapping => json.ValueKind == JsonValueKind.Object && node.Entries.Zip(json.EnumerateObject()).All(p => p.First.Key == p.Second.Name && SameJson(p.First, p.Second.Value))
            && json.EnumerateObject().Count() == node.Count,
        NodeKind.Sequence => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == node.Count && node.Items.Zip(json.EnumerateArray()).All(p => SameJson(p.First, p.Second)),
        NodeKind.String => json.ValueKind == JsonValueKind.String && json.GetString() == node.Text,
        NodeKind.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
        NodeKind.Null => json.ValueKind == JsonValueKind.Null,
        _ => json.ValueKind == JsonValueKind.Number && json.GetRawText() == node.Text,
    };
}
