using System.CommandLine;

namespace MeshLint.Cli.Commands;

/// <summary><c>meshlint check</c>: findings only.</summary>
internal static class CheckCommand
{
    public static Command Create(CliHost host, CommonOptions common)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Folders or files to read, '-' for standard input; default: the current folder",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var input = new InputOptions(manyVersions: true);
        var report = new ReportOptions();
        var command = new Command("check", "Find mistakes in the configuration of a repository, and what a control plane would refuse");
        command.Arguments.Add(paths);
        input.AddTo(command);
        report.AddTo(command);
        command.SetAction(result =>
        {
            var plan = report.Read(result);
            var versions = input.Versions(result);
            using var session = new Session(result, common, host);
            var inputs = session.Load([.. result.GetValue(paths) ?? []], result.GetValue(input.Revision), result.GetValue(input.Staged));
            var findings = session.Diagnose(session.Compile(inputs, versions));
            session.Timings.Measure("report", () =>
            {
                session.Write(findings, plan, inputs);
                return 0;
            });
            return Session.ExitCodeOf(findings, plan.FailOn);
        });
        return command;
    }
}
