using System.CommandLine;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Sources;

namespace MeshLint.Cli.Commands;

/// <summary><c>meshlint render</c>: the documents as MeshLint reads them.</summary>
internal static class RenderCommand
{
    private static readonly ImmutableArray<string> Formats = ["yaml", "json"];

    public static Command Create(CliHost host, CommonOptions common)
    {
        var path = new Argument<string>("PATH") { Description = "Folder or file to read, '-' for standard input", DefaultValueFactory = _
            => "." };
        var format = new Option<string>("--format")
        {
            Description = "Format of the documents: yaml, or json (an array, in order)",
            HelpName = "yaml|json",
            DefaultValueFactory = _ => "yaml",
        };
        var provenance = new Option<bool>("--provenance")
        {
            Description = "Print for each value the file, line and column that it comes from",
        };
        var command = new Command(
            "render", "Print the documents as they are read: anchors, merges, numbers and quotes resolved as kubectl resolves them");
        command.Arguments.Add(path);
        command.Options.Add(format);
        command.Options.Add(provenance);
        command.SetAction(result =>
        {
            var wanted = result.GetValue(format) ?? "";
            if (!Formats.Contains(wanted))
                throw new UsageException(Spelling.Unknown("format of the documents", wanted, Formats));
            using var session = new Session(result, common, host);
            var inputs = session.Load([result.GetValue(path) ?? "."], null, false);
            var files = inputs.Sources.Files.Select(f => (File: f, Content: f.Read())).ToList();
            var read = files.ConvertAll(f => RenderedDocuments.Read(new SourceText(f.File.Path, f.Content.Text)));
            session.Print(wanted == "json"
                ? RenderedDocuments.ToJson(read, result.GetValue(provenance))
                : RenderedDocuments.ToYaml(read, result.GetValue(provenance)));
            var isRefused = false;
            foreach (var (file, content) in files)
            {
                if (content.Fault is SourceFault.Unreadable or SourceFault.TooLarge)
                {
                    isRefused = true;
                    WriteLine(host, $"{file.Path}: error: the file cannot be read: {content.Detail}");
                }
            }

            foreach (var problem in read.SelectMany(r => r.Problems))
            {
                isRefused |= problem.IsRefused;
                WriteLine(host, $"{Place(problem)}: {(problem.IsRefused ? "error" : "warning")}: {problem.Message}");
            }

            return isRefused ? ExitCode.Findings : ExitCode.Clean;
        });
        return command;
    }

    // Names of files, keys and values are quoted: they must not steer the terminal.
    private static void WriteLine(CliHost host, string text) => host.Error.Write(VisibleText.OneLine(text) + "\n");

    private static string Place(RenderProblem problem)
    {
        var at = problem.Source.GetPosition(problem.Span.Start);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{problem.Source.Path}:{at.Line}:{at.Column}");
    }
}
