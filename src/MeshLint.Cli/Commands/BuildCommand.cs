using System.CommandLine;
using MeshLint.Cli.Files;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Output.Templates;

namespace MeshLint.Cli.Commands;

/// <summary><c>meshlint build</c>: findings, and everything that can be computed from a repository without errors.</summary>
internal static class BuildCommand
{
    private static readonly ImmutableArray<string> Forms = ["kubernetes", "universal", "both"];

    public static Command Create(CliHost host, CommonOptions common)
    {
        var path = new Argument<string>("PATH") { Description = "Folder or file to read", DefaultValueFactory = _ => "." };
        var output = new Option<string>("--out")
        {
            Description = "Folder to write, replaced as a whole",
            HelpName = "DIR",
            DefaultValueFactory = _ => "out",
        };
        var form = new Option<string>("--form")
        {
            Description = "Form of the rendered manifests",
            HelpName = "kubernetes|universal|both",
            DefaultValueFactory = _ => "both",
        };
        var keepGoing = new Option<bool>("--keep-going")
        {
            Description = "Write what can be computed even when there are errors; the exit code stays 1",
        };
        var templates = new Option<string?>("--templates")
        {
            Description = "Folder with templates that replace the built-in ones (plan.md.scriban)",
            HelpName = "DIR",
        };
        var input = new InputOptions(manyVersions: false);
        var report = new ReportOptions();
        var command = new Command("build", "Check a repository, then write its manifests, graph and migration plan");
        command.Arguments.Add(path);
        command.Options.Add(output);
        command.Options.Add(form);
        command.Options.Add(keepGoing);
        command.Options.Add(templates);
        input.AddTo(command);
        report.AddTo(command);
        command.SetAction(result =>
        {
            var plan = report.Read(result);
            var versions = input.Versions(result);
            var forms = result.GetValue(form) switch
            {
                "kubernetes" => ManifestForms.Kubernetes,
                "universal" => ManifestForms.Universal,
                "both" => ManifestForms.Both,
                var other => throw new UsageException(Spelling.Unknown("form of the manifests", other, Forms)),
            };
            var own = result.GetValue(templates) is { } named ? UserTemplates.FromDisk(named, host) : null;
            var shown = result.GetValue(output) ?? "out";
            if (shown.Length == 0)
                throw new UsageException("--out needs the name of a folder");
            var folder = new OutputDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(shown, host.Folder)), shown, host.Folder);
            // Refused before anything is read: nobody waits for a build that cannot be written.
            folder.Check();
            using var session = new Session(result, common, host);
            var inputs = session.Load([result.GetValue(path) ?? "."], result.GetValue(input.Revision), result.GetValue(input.Staged));
            folder.CheckApartFrom(inputs.Starts.IsEmpty ? [] : [inputs.Root, .. inputs.Starts]);
            own ??= UserTemplates.FromConfiguration(inputs, host, result.GetValue(input.Revision), result.GetValue(input.Staged));
            var compilations = session.Compile(inputs, versions);
            var findings = session.Diagnose(compilations);
            var write = findings.Errors == 0 || result.GetValue(keepGoing);
            if (write)
            {
                var files = session.Timings.Measure("emit", () => BuildOutputs.Of(compilations[0], forms, own));
                session.Timings.Measure("write", () =>
                {
                    folder.Replace(files.Select(f => (f.RelativePath, f.Text)));
                    return files.Length;
                });
            }

            session.Write(findings, plan, inputs);
            if (plan.Outputs.Any(o => o.Format == ReportFormat.Text && o.File is null))
                session.PrintLine(
                    write ? $"wrote {shown}" : $"nothing is written while there are errors; '--keep-going' writes {shown} all the same");
            var code = Session.ExitCodeOf(findings, plan.FailOn);
            return code == ExitCode.Clean && !write ? ExitCode.Findings : code;
        });
        return command;
    }
}
