using System.CommandLine;
using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;
using MeshLint.Kuma.Versions;

namespace MeshLint.Cli.Commands;

/// <summary><c>meshlint explain</c>: what one rule is about.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliHost host)
    {
        var rule = new Argument<string>("RULE") { Description = "Id (ML2001) or slug (unknown-mesh) of a rule" };
        var command = new Command("explain", "Explain what a rule finds, why it matters and how to fix it");
        command.Arguments.Add(rule);
        command.SetAction(result =>
        {
            var name = result.GetValue(rule) ?? "";
            if (RuleCatalog.Find(name) is not { } descriptor)
                throw new UsageException(Spelling.DidYouMean($"there is no rule '{name}'", name, RuleCatalog.Names));
            var output = host.Out;
            output.Write($"{descriptor.Id} {descriptor.Slug}\n{descriptor.Title}\n\n");
            output.Write($"category   {descriptor.Category.ToString().ToLowerInvariant()}\n");
            output.Write($"severity   {RulesCommand.SeverityName(descriptor.Severity)}\n");
            output.Write($"versions   {Versions(descriptor)}\n");
            output.Write($"page       {descriptor.HelpUri}\n");
            if (RulePages.Find(descriptor.Id) is { } page)
                output.Write($"\n{page.TrimEnd()}\n");
            return ExitCode.Clean;
        });
        return command;
    }

    private static string Versions(DiagnosticDescriptor descriptor) => (descriptor.Since, descriptor.Until) switch
    {
        (null, null) => "all",
        ({ } since, null) => $"Kuma {since.Text()} and later",
        (null, { } until) => $"Kuma {until.Text()} and earlier",
        ({ } since, { } until) => since == until ? $"Kuma {since.Text()}" : $"Kuma {since.Text()} to {until.Text()}",
    };
}
