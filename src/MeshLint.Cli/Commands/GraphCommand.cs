using MeshLint.Output.Graph;
using System.CommandLine;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Output.Reporting;

namespace MeshLint.Cli.Commands;

/// <summary><c>meshlint graph</c>: who reaches whom.</summary>
internal static class GraphCommand
{
    private static readonly ImmutableArray<string> Forms = ["json", "dot", "mermaid", "html"];

    public static Command Create(CliHost host, CommonOptions common)
    {
        var path = new Argument<string>("PATH")
        {
            Description = "Folder or file to read, '-' for standard input",
            DefaultValueFactory = _ => ".",
        };
        var input = new InputOptions(manyVersions: false);
        var form = new Option<string>("--as")
        {
            Description = "Format of the graph: json (documented), dot (Graphviz), mermaid, html (one page for a browser)",
            HelpName = "json|dot|mermaid|html",
            DefaultValueFactory = _ => "json",
        };
        var command =
            new Command("graph", "Print the graph that the control planes would build: services, dataplanes, hostnames, references");
        command.Arguments.Add(path);
        command.Options.Add(form);
        input.AddTo(command);
        command.SetAction(result =>
        {
            var wanted = result.GetValue(form) ?? "";
            if (!Forms.Contains(wanted))
                throw new UsageException(Spelling.Unknown("graph format", wanted, Forms));
            var versions = input.Versions(result);
            using var session = new Session(result, common, host);
            var inputs = session.Load([result.GetValue(path) ?? "."], result.GetValue(input.Revision), result.GetValue(input.Staged));
            var compilation = session.Compile(inputs, versions)[0];
            var graph = GraphDocument.Of(compilation.Bindings);
            session.Print(session.Timings.Measure("emit", () => wanted switch
            {
                "dot" => GraphDrawing.ToDot(graph),
                "mermaid" => GraphDrawing.ToMermaid(graph),
                "html" => HtmlGraph.Write(graph, compilation.Diagnostics),
                _ => GraphJson.Write(graph),
            }));
            return ExitCode.Clean;
        });
        return command;
    }
}
