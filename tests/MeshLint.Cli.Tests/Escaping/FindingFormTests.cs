using System.Text.Json;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Output.Reporting;
using Xunit;

namespace MeshLint.Cli.Tests.Escaping;

/// <summary>Every form of findings × every field that a repository controls × every hidden character.</summary>
public sealed class FindingFormTests
{
    private static readonly DiagnosticDescriptor Rule = new("ML9001", "odd-name", "A name is odd", RuleCategory.Hygiene, Severity.Warning);

    private static readonly string[] Fields =
        ["file", "message", "label", "related file", "note", "help", "fix", "edit", "kind", "mesh", "namespace", "name", "refused field", "refused reason", "prefix"];

    public static TheoryData<ReportFormat, string> Cases()
    {
        var cases = new TheoryData<ReportFormat, string>();
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            foreach (var field in Fields)
                cases.Add(format, field);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_hidden_is_printed(ReportFormat format, string field)
    {
        foreach (var (raw, escape) in HiddenCharacters.All)
        {
            var value = $"x{raw}y";
            var output = Render(format, Finding(field, value), field == "prefix" ? value + "/" : "");
            Assert.DoesNotContain(value, output, StringComparison.Ordinal);
            if (raw != "\n")
                Assert.DoesNotContain(raw, output, StringComparison.Ordinal);
            if (format == ReportFormat.Json)
                AssertJson(field, output, value, raw);
            else if (Shows(format, field))
                Assert.Contains($"x{escape}y", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_of_source_shows_what_it_holds_and_the_mark_stays_below()
    {
        foreach (var (raw, escape) in HiddenCharacters.All)
        {
            if (raw is "\n" or "\r" or "\t")
                continue;
            var source = new SourceText("a.yaml", $"name: a{raw}b here c{raw}\n");
            var at = source.Text.IndexOf("here", StringComparison.Ordinal);
            var output = Render(ReportFormat.Text, Diagnostic.Create(Rule, new Location(source, new TextSpan(at, at + 4)), "odd"), "");
            Assert.DoesNotContain(raw, output, StringComparison.Ordinal);
            var lines = output.Split('\n');
            var shown = Array.FindIndex(lines, l => l.StartsWith("1 | ", StringComparison.Ordinal));
            Assert.Equal($"1 | name: a{escape}b here c{escape}", lines[shown]);
            Assert.Equal(lines[shown].IndexOf("here", StringComparison.Ordinal), lines[shown + 1].IndexOf('^', StringComparison.Ordinal));
            Assert.Equal(4, lines[shown + 1].Count(static c => c == '^'));
        }
    }

    [Theory]
    [InlineData("::set-output name=a::b.yaml")]
    [InlineData(" \t::error::b.yaml")]
    [InlineData("\n::error::b.yaml")]
    [InlineData("a\n::error::b.yaml")]
    [InlineData("%0A::error::b.yaml")]
    public void A_file_name_starts_no_workflow_command(string path)
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            foreach (var line in Render(format, Finding("file", path), "").Split('\n'))
            {
                if (format == ReportFormat.GitHub && line.Length > 0)
                    Assert.Matches("^::warning file=[^,:]*,line=1,endLine=1,col=1,endColumn=5,title=ML9001 odd-name::odd", line);
                else
                    Assert.False(line.TrimStart().StartsWith("::", StringComparison.Ordinal) && !line.TrimStart().StartsWith("::: ", StringComparison.Ordinal), line);
            }
        }
    }

    private static Diagnostic Finding(string field, string value)
    {
        string Of(string name, string otherwise) => name == field ? value : otherwise;
        var source = new SourceText(Of("file", "a.yaml"), "name: b\n");
        var other = new SourceText(Of("related file", "b.yaml"), "name: b\n");
        return Diagnostic.Create(Rule, new Location(source, new TextSpan(0, 4)), Of("message", "odd")) with
        {
            Resource = new ResourceIdentity(Of("kind", "Mesh"), Of("mesh", "m"), Of("namespace", "ns"), Of("name", "b")),
            Admission = new AdmissionRefusal(Of("refused field", "spec"), Of("refused reason", "bad")),
            Related = [new RelatedLocation(new Location(other, new TextSpan(0, 4)), Of("label", "here"))],
            Notes = [Of("note", "why")],
            Help = Of("help", "do"),
            Fixes = [new Fix(Of("fix", "Rename"), FixSafety.Safe, [new TextEdit(source, new TextSpan(0, 4), Of("edit", "c"))])],
        };
    }

    private static string Render(ReportFormat format, Diagnostic diagnostic, string prefix)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        format.Write(writer, new Report([diagnostic], new RunCounts(1, 1, 1)), new ReportStyle { PathPrefix = prefix });
        return writer.ToString();
    }

    private static bool Shows(ReportFormat format, string field) => (format, field) switch
    {
        (_, "kind" or "mesh" or "namespace" or "name" or "edit") => false,
        (ReportFormat.Concise, _) => field is "file" or "message" or "prefix",
        (ReportFormat.GitHub, "fix") => false,
        _ => true,
    };

    // The JSON is the same JSON: whoever reads it gets the very characters back (a surrogate without a partner is none, and becomes U+FFFD).
    private static void AssertJson(string field, string output, string value, string raw)
    {
        using var json = JsonDocument.Parse(output);
        if (field == "prefix")
            return;
        var expected = raw.Length == 1 && char.IsSurrogate(raw[0]) ? "x\uFFFDy" : value;
        Assert.Contains(expected, Strings(json.RootElement));
    }

    internal static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static p => Strings(p.Value).Append(p.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [json.GetString() ?? ""],
        _ => [],
    };
}
