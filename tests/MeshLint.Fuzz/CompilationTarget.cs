using MeshLint.Output.Graph;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Yaml;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Kuma.Versions;
using MeshLint.Output.Reporting;
using MeshLint.Output.Templates;

namespace MeshLint.Fuzz;

/// <summary>From files to every output: documents, admission, graph, rules, the reports, manifests, plan and drawings.</summary>
internal sealed class CompilationTarget(Corpus corpus, Mutator mutator) : ITarget
{
    private const int MaxDocuments = 64;

    public string Name => "compilation";

    public int Weight => 30;

    public FuzzInput Generate(Dice dice)
    {
        var files = new List<(string, string)>();
        var documents = 0;
        for (var i = 1 + dice.Next(4); i > 0; i--)
        {
            var parts = new List<string>();
            for (var j = 1 + dice.Next(MaxDocuments / 4); j > 0; j--)
                parts.Add(dice.OneIn(2) ? mutator.Document(dice) : dice.Pick(corpus.Documents));
            documents += parts.Count;
            files.Add((dice.OneIn(4) ? dice.Pick(HostileText.Paths) : $"zones/{dice.Pick(["east", "west", "a"])}/f{i}.yaml", string.Join("\n---\n", parts)));
        }

        return new FuzzInput(Name, dice.Pick(KumaVersions.All), dice.Next(6), files) { Documents = documents };
    }

    public void Run(FuzzInput input)
    {
        var dice = new Dice((ulong)input.Text.Length);
        var compilation = Compile(input, input.Files, threads: 1);
        foreach (var diagnostic in compilation.Diagnostics)
            Checks.Diagnostic(diagnostic);
        var report = Report(compilation);
        var findings = CheckReports(report);
        var graph = GraphJson.Write(GraphDocument.Of(compilation.Bindings));
        Checks.Json("graph.json", graph);
        if (dice.OneIn(2))
            CheckOutputs(compilation, dice);
        if (!dice.OneIn(4))
            return;
        var again = Compile(input, dice.Shuffle(input.Files.DistinctBy(f => f.Path)), threads: 4);
        if (Render(ReportFormat.Json, Report(again)) != findings || GraphJson.Write(GraphDocument.Of(again.Bindings)) != graph)
            throw new FuzzFailureException("not deterministic", "the same files in another order and on four threads give another result");
    }

    private static Compilation Compile(FuzzInput input, IEnumerable<(string Path, string Text)> files, int threads) =>
        Compilation.Create(SourceSet.Create(files.Select(f => new SourceFile(f.Path, f.Text))), Options(input.Version, input.Layout) with { Threads = threads });

    private static MeshLintOptions Options(KumaVersion version, int layout)
    {
        var environment = layout % 2 == 0 ? ControlPlaneEnvironment.Universal : ControlPlaneEnvironment.Kubernetes;
        var east = new ControlPlane { Path = "zones/east", Role = ControlPlaneRole.FederatedZone, Zone = "east", Environment = environment };
        return new MeshLintOptions { Version = version } with
        {
            ControlPlanes = layout switch
            {
                0 or 1 => [],
                2 or 3 => [new ControlPlane { Environment = environment }],
                _ =>
                [
                    new ControlPlane { Role = ControlPlaneRole.Global, Environment = environment },
                    east,
                    new ControlPlane { Path = "zones/west", Role = ControlPlaneRole.FederatedZone, Zone = "we\u202Est", Environment = ControlPlaneEnvironment.Kubernetes },
                ],
            },
        };
    }

    private static Report Report(Compilation compilation) =>
        new(compilation.Diagnostics, new RunCounts(compilation.Documents.FileCount, compilation.Documents.DocumentCount, compilation.Resources.Length));

    private static string CheckReports(Report report)
    {
        var json = Render(ReportFormat.Json, report);
        Checks.Json("json", json);
        foreach (var format in (ReadOnlySpan<ReportFormat>)[ReportFormat.Text, ReportFormat.Concise, ReportFormat.GitHub])
        {
            var text = Render(format, report);
            Checks.Visible(format.ToString(), text);
            Checks.NoCommands(format.ToString(), text, format == ReportFormat.GitHub);
        }

        return json;
    }

    private static string Render(ReportFormat format, Report report)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        format.Write(writer, report, new ReportStyle { MaxDiagnostics = 0 });
        return writer.ToString();
    }

    private static void CheckOutputs(Compilation compilation, Dice dice)
    {
        Checks.Visible("dot", GraphDrawing.ToDot(GraphDocument.Of(compilation.Bindings)));
        Checks.Visible("mermaid", GraphDrawing.ToMermaid(GraphDocument.Of(compilation.Bindings)));
        Checks.Json("plan.json", PlanJson.Write(compilation.Plan));
        // The page is large and the template engine slow: now and then is enough.
        if (dice.OneIn(8))
            Checks.Visible("html", HtmlGraph.Write(GraphDocument.Of(compilation.Bindings), compilation.Diagnostics));
        if (dice.OneIn(64))
            Checks.Visible("plan.md", PlanMarkdown.Render(compilation.Plan));
        var emitted = ManifestEmitter.Emit(compilation.Verdicts, compilation.Objects, ManifestForms.Both, compilation.Version);
        foreach (var file in emitted.Files)
        {
            Checks.Visible("manifests", file.RelativePath + file.Text);
            if (file.RelativePath.EndsWith(".yaml", StringComparison.Ordinal))
                CheckManifest(file);
        }
    }

    private static void CheckManifest(OutputFile file)
    {
        var documents = DocumentReader.Read(new SourceText(file.RelativePath, file.Text));
        if (documents.Length != 1 || documents[0].IsBroken)
            throw new FuzzFailureException("a manifest that MeshLint cannot read", VisibleText.OneLine(file.Text[..Math.Min(file.Text.Length, 2000)]));
    }
}
