using MeshLint.Sources.Reading;
using System.Text.Json;
using MeshLint.Diagnostics;
using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Output.Reporting;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests.Reporting;

/// <summary>What findings look like, with everything that a finding can carry.</summary>
public sealed class ReporterTests
{
    private static readonly DiagnosticDescriptor Rule = new("ML2003", "target-port-not-found", "A port targets nothing", RuleCategory.References, Severity.Error);
    private static readonly DiagnosticDescriptor Minor = new("ML9001", "odd-name", "A name is odd", RuleCategory.Hygiene, Severity.Warning);

    private static readonly SourceText Service = new("zones/east/service.yaml", """
        type: MeshService
        mesh: default
        name: web
        spec:
          selector:
            dataplaneTags: {app: web}
          ports:
            - port: 80
              targetPort: htpp
              appProtocol: http
        """);

    private static readonly SourceText Dataplane = new("zones/east/dataplane.yaml", "type: Dataplane\nmesh: default\nname: web-1\nnetworking:\n\tinbound:\n  - {port: 8080, name: http}\n");

    private static Location At(SourceText source, string text, int nth = 0)
    {
        var at = -1;
        for (var i = 0; i <= nth; i++)
            at = source.Text.IndexOf(text, at + 1, StringComparison.Ordinal);
        return new Location(source, new TextSpan(at, at + text.Length));
    }

    private static Diagnostic Full() => Diagnostic.Create(Rule, At(Service, "htpp"), "targetPort 'htpp' is served by no selected Dataplane") with
    {
        Resource = new ResourceIdentity("MeshService", "default", null, "web"),
        Admission = new AdmissionRefusal("spec.ports[0].targetPort", "must be a valid port"),
        Related =
        [
            new RelatedLocation(At(Service, "web", 0), "this MeshService"),
            new RelatedLocation(At(Service, "{app: web}"), "selects one Dataplane"),
            new RelatedLocation(At(Dataplane, "name: http"), "the inbound is named 'http'"),
        ],
        Notes = ["requests to port 80 get 503"],
        Help = "did you mean 'http'?",
        Fixes = [new Fix("Replace 'htpp' by 'http'", FixSafety.Safe, [new TextEdit(Service, At(Service, "htpp").Span, "http")])],
        Versions = [KumaVersion.V2_14, KumaVersion.V3_0],
    };

    private static Report Report(params Diagnostic[] diagnostics) => new([.. diagnostics], new RunCounts(2, 2, 2));

    private static string Render(ReportFormat format, Report report, ReportStyle? style = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        format.Write(writer, report, style ?? new ReportStyle());
        return writer.ToString();
    }

    [Theory]
    [InlineData(ReportFormat.Text)]
    [InlineData(ReportFormat.Concise)]
    [InlineData(ReportFormat.Json)]
    [InlineData(ReportFormat.GitHub)]
    public void A_finding_with_everything(ReportFormat format)
    {
        var minor = Diagnostic.Create(Minor, At(Service, "mesh: default\nname: web"), "two lines");
        Snapshot.Verify(Render(format, Report(minor, Full())), $"everything-{format}");
    }

    [Fact]
    public void Colours() => Snapshot.Verify(Render(ReportFormat.Text, Report(Full()), new ReportStyle { Color = true }).Replace("\e", "ESC", StringComparison.Ordinal), "colours");

    [Fact]
    public void Tabs_wide_characters_and_long_lines_keep_the_carets_in_place()
    {
        var source = new SourceText("a.yaml", $"\tkey:\tvalue\n日本語: 値 x\nname: a\u0301b\u202Ec\n{new string('a', 300)} here {new string('b', 300)}\nemoji: 😀😀 z\n");
        Diagnostic[] diagnostics =
        [
            Diagnostic.Create(Minor, At(source, "value"), "behind tabs"),
            Diagnostic.Create(Minor, At(source, "x"), "behind wide characters"),
            Diagnostic.Create(Minor, At(source, "c", 0), "behind a combining mark and an override"),
            Diagnostic.Create(Minor, At(source, "here"), "in a long line"),
            Diagnostic.Create(Minor, At(source, "z"), "behind emoji"),
            Diagnostic.Create(Minor, new Location(source, new TextSpan(source.Text.Length, source.Text.Length)), "at the end"),
        ];
        Snapshot.Verify(Render(ReportFormat.Text, Report(diagnostics), new ReportStyle { Width = 80 }), "columns");
    }

    [Fact]
    public void A_file_without_text_has_no_frame() =>
        Snapshot.Verify(
            Render(ReportFormat.Text, Report(Diagnostic.Create(UnreadableFile.Descriptor, new Location(new SourceText("x\e[1m.yaml", ""), default), "'x' cannot be read"))),
            "no-text");

    [Fact]
    public void Order_does_not_depend_on_the_order_of_finding()
    {
        var diagnostics = new[] { Full(), Diagnostic.Create(Minor, At(Service, "web"), "b"), Diagnostic.Create(Minor, At(Service, "web"), "a"), Diagnostic.Create(Minor, At(Dataplane, "mesh"), "c") };
        foreach (var format in Enum.GetValues<ReportFormat>())
            Assert.Equal(Render(format, Report(diagnostics)), Render(format, Report([.. diagnostics.Reverse()])));
    }

    [Fact]
    public void Json_keeps_any_text()
    {
        const string odd = "\ud800 \u0000 \u2028 </script> \"q\" \\ é 😀";
        using var json = JsonDocument.Parse(Render(ReportFormat.Json, Report(Diagnostic.Create(Minor, At(Service, "web"), odd))));
        Assert.Equal(odd.Replace('\ud800', '\ufffd'), json.RootElement.GetProperty("diagnostics")[0].GetProperty("message").GetString());
    }

    [Fact]
    public void Json_is_what_the_schema_says()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "schema", "diagnostics.schema.json")));
        var bare = Diagnostic.Create(Minor, At(Service, "web"), "bare");
        foreach (var report in (Report[])[Report(), Report(Full(), bare)])
        {
            using var json = JsonDocument.Parse(Render(ReportFormat.Json, report));
            Assert.Empty(SchemaCheck.Problems(schema.RootElement, json.RootElement));
        }

        using var wrong = JsonDocument.Parse("{\"version\":2,\"diagnostics\":[{}],\"extra\":1}");
        Assert.NotEmpty(SchemaCheck.Problems(schema.RootElement, wrong.RootElement));
    }
}
