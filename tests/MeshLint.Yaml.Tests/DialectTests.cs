using MeshLint.Output.Emit;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MeshLint.Yaml.Tests;

/// <summary>What once was read otherwise than by kubectl and kumactl, one line each.</summary>
public sealed class DialectTests
{
    [Theory]
    [InlineData("x: &x {a: 1}\nv: {a: 2, <<: *x}", "{\"x\":{\"a\":1},\"v\":{\"a\":1}}")]
    [InlineData("x: &x {a: 1}\nv: {<<: *x, a: 2}", "{\"x\":{\"a\":1},\"v\":{\"a\":2}}")]
    [InlineData("p: &p {a: 1}\nq: &q {a: 2}\nv: {<<: *p, <<: *q}", "{\"p\":{\"a\":1},\"q\":{\"a\":2},\"v\":{\"a\":2}}")]
    [InlineData("p: &p {a: 1}\nq: &q {a: 2}\nv: {<<: [*p, *q, *p]}", "{\"p\":{\"a\":1},\"q\":{\"a\":2},\"v\":{\"a\":1}}")]
    [InlineData("v:\n  <<: {a: 1}\n  b: 2", "{\"v\":{\"a\":1,\"b\":2}}")]
    [InlineData("v:\n  <<: [{a: 1}]", "{\"v\":{\"a\":1}}")]
    [InlineData("v: {<<: []}", "{\"v\":{}}")]
    [InlineData("v: {<<: &s [{a: 1}], z: *s}", "{\"v\":{\"a\":1,\"z\":[{\"a\":1}]}}")]
    [InlineData("v: {<<: &s {a: 1}, z: *s}", "{\"v\":{\"a\":1,\"z\":{\"a\":1}}}")]
    [InlineData("v: {\"<<\": 1}", "{\"v\":{\"<<\":1}}")]
    [InlineData("v: 02000000000000000000000", "{\"v\":2E+21}")]
    [InlineData("v: [-0x8000000000000001, ._5, .5_, 1E31_000]", "{\"v\":[\"-0x8000000000000001\",\"._5\",\".5_\",\"1E31_000\"]}")]
    [InlineData("v: [0b-1, 0o17, 1_000, 5., +.5]", "{\"v\":[-1,15,1000,5,0.5]}")]
    [InlineData("v: ! yes", "{\"v\":\"yes\"}")]
    [InlineData("v: !!binary aGk=", "{\"v\":\"hi\"}")]
    [InlineData("1e20: a\n0x10: b\nyes: c", "{\"1e\\u002B20\":\"a\",\"16\":\"b\",\"true\":\"c\"}")]
    [InlineData("v: \"a\u2028b\u0085c\rd\"", "{\"v\":\"a\\u2028b c d\"}")]
    [InlineData("v:\n  z: \"a\n b\"", "{\"v\":{\"z\":\"a b\"}}")]
    [InlineData("x: &x k\n*x : v", "{\"x\":\"k\",\"k\":\"v\"}")]
    [InlineData("v: [a, b]#", "{\"v\":[\"a\",\"b\"]}")]
    [InlineData("{\"a\": 1}", "{\"a\":1}")]
    [InlineData("{\"a\": \"\\/\\ud83d\"}", "{\"a\":\"/\\uFFFD\"}")]
    [InlineData("a: 1\na: 2", "{\"a\":2}")]
    [InlineData("a: {~: 1}\na: 2", "{\"a\":2}")]
    [InlineData("a: .inf\na: 2", "{\"a\":2}")]
    public void Is_read_as_Go_reads_it(string yaml, string json)
    {
        var document = Assert.Single(DocumentReader.Read(new SourceText("a.yaml", yaml)));
        Assert.DoesNotContain(document.Problems, p => p.Kind is DocumentProblemKind.Syntax or DocumentProblemKind.TooLarge);
        using var ours = JsonDocument.Parse(JsonNodeWriter.Write(document.Root));
        using var wanted = JsonDocument.Parse(json);
        Assert.True(JsonEquality.AreEqual(ours.RootElement, wanted.RootElement), ours.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("a: .inf", 1, 4)]
    [InlineData("a: .nan", 1, 4)]
    [InlineData("a: &a [*a]", 1, 8)]
    [InlineData("a: 1\n~: b", 2, 1)]
    [InlineData("18446744073709551615: b", 1, 1)]
    [InlineData("[a]: b", 1, 1)]
    [InlineData("a: !!int x", 1, 4)]
    [InlineData("a: !!bool 1", 1, 4)]
    [InlineData("a: !!binary '*'", 1, 4)]
    [InlineData("a: b # \u0007", 1, 8)]
    [InlineData("a: \"\\/\"", 1, 5)]
    [InlineData("a: \"\\ud83d\"", 1, 5)]
    [InlineData("a: {<<: 1}", 1, 9)]
    [InlineData("a: {<<: ~}", 1, 9)]
    [InlineData("a: *b", 1, 4)]
    [InlineData("a: b: c", 1, 5)]
    [InlineData("a: 'b", 1, 4)]
    [InlineData("a: !e!x b", 1, 4)]
    [InlineData("%YAML 1.1\n---\na: b", 1, 1)]
    [InlineData("a: b\n--- {c: d}", 2, 5)]
    [InlineData("{\"a\": TRUE}", 1, 7)]
    [InlineData("{\"a\": 1,}", 1, 9)]
    [InlineData("{\"a\": 1}\n---\n{\"b\": 2}", 2, 1)]
    [InlineData("a: [\n  b\n", 2, 5)]
    public void Is_refused_at_its_place(string yaml, int line, int column)
    {
        var source = new SourceText("a.yaml", yaml);
        var problem = DocumentReader.Read(source).SelectMany(d => d.Problems).First(p => p.Kind == DocumentProblemKind.Syntax);
        Assert.Equal(new LinePosition(line, column), source.GetPosition(problem.Span.Start));
    }

    [Theory]
    [InlineData("\ntype: Mesh\nname: default\nmtls:\n\tenabledBackend: a\n", 5)]
    [InlineData("\n\t\ta: b", 2)]
    [InlineData("a:\n  b: c\n\td: e\n", 3)]
    [InlineData("a: |\n\tb\n", 2)]
    public void A_tab_is_named_where_it_stands(string yaml, int line)
    {
        var source = new SourceText("a.yaml", yaml);
        var problem = Assert.Single(Assert.Single(DocumentReader.Read(source)).Problems);
        Assert.Equal("a tab cannot indent YAML; use spaces", problem.Message);
        Assert.Equal(line, source.GetPosition(problem.Span.Start).Line);
        Assert.Equal("\t", yaml[problem.Span.Start..problem.Span.End]);
    }

    [Theory]
    [InlineData("\n*type: Mesh\n")]
    [InlineData("\n%\t\n")]
    [InlineData("{{#a}}")]
    [InlineData("\n? \n?\t\n")]
    public void Broken_text_ends_with_a_problem(string yaml) =>
        Assert.Contains(DocumentReader.Read(new SourceText("a.yaml", yaml)).SelectMany(d => d.Problems), p
            => p.Kind == DocumentProblemKind.Syntax);

    [Theory]
    [InlineData("a: 1\n...\nb: 2\n", 3)]
    [InlineData("{a: 1} {b: 2}\n", 1)]
    public void What_follows_a_complete_document_is_told(string yaml, int line)
    {
        var source = new SourceText("a.yaml", "# no JSON\n" + yaml);
        var problem = Assert.Single(Assert.Single(DocumentReader.Read(source)).Problems);
        Assert.Equal(DocumentProblemKind.LostText, problem.Kind);
        Assert.Equal(line + 1, source.GetPosition(problem.Span.Start).Line);
    }

    [Fact]
    public void A_mark_in_a_key_is_told()
    {
        var document = Assert.Single(DocumentReader.Read(new SourceText("a.yaml", "# x\n\uFEFFapiVersion: v1\n")));
        Assert.Equal(DocumentProblemKind.MarkInKey, Assert.Single(document.Problems).Kind);
        Assert.Equal("\uFEFFapiVersion", document.Root.Children.First().Key);
    }

    [Fact]
    public void A_line_of_dashes_inside_quotes_begins_a_document() =>
        Assert.Equal(2, DocumentReader.Read(new SourceText("a.yaml", "a: \"x\n---\ny\"\n")).Length);

    [Fact]
    public void Universal_flow_documents_follow_kumactl()
    {
        var documents = DocumentReader.Read(new SourceText("a.yaml", "{type: Mesh, name: a}\n--- {type: Mesh, name: b}\n"));
        Assert.Equal(["a", "b"], documents.Select(d => d.Root["name"].AsString()));
        Assert.All(documents, d => Assert.Empty(d.Problems));
    }

    [Fact]
    public void Keys_and_values_keep_their_places()
    {
        const string Text = "a: {\"k\": [x, 'y']}\nb: &b\n  c: |\n    t\nd: *b\n";
        var root = DocumentReader.Read(new SourceText("a.yaml", Text))[0].Root;
        Assert.Equal("\"k\"", At(root["a"]["k"].KeySpan));
        Assert.Equal("[x, 'y']", At(root["a"]["k"].Span));
        Assert.Equal("'y'", At(root["a"]["k"][1].Span));
        Assert.Equal("|\n    t", At(root["b"]["c"].Span));
        Assert.Equal("|\n    t", At(root["d"]["c"].Span));
        Assert.Equal("d", At(root["d"].KeySpan));

        static string At(TextSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void Alias_bombs_end_early()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        Assert.True(DocumentReader.Read(new SourceText("a.yaml", text.ToString()))[0].IsBroken);
    }

    [Theory]
    [InlineData("la\uFEFFbels: {app: c")]
    [InlineData("controlPlanes:\n  - {path: '0x8'")]
    [InlineData("? a\n: b\n? kind")]
    [InlineData("a: [b")]
    [InlineData("a: \"b")]
    [InlineData("- ? ")]
    [InlineData("a:")]
    [InlineData("a: |")]
    [InlineData("a: &x")]
    [InlineData("a: !!str")]
    [InlineData("a\r")]
    public void No_place_lies_behind_an_open_last_line(string text)
    {
        var document = Assert.Single(DocumentReader.Read(new SourceText("a.yaml", text)));
        Assert.All(document.Problems, p => Assert.InRange(p.Span.End, p.Span.Start, text.Length));
        CheckSpans(document.Root);

        void CheckSpans(Node node)
        {
            Assert.InRange(node.Span.End, node.Span.Start, text.Length);
            Assert.InRange(node.KeySpan.End, node.KeySpan.Start, text.Length);
            foreach (var child in node.Entries)
                CheckSpans(child);
            foreach (var child in node.Items)
                CheckSpans(child);
        }
    }
}
