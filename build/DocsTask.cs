using System.Text;
using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;
using MeshLint.Kuma.Versions;

namespace MeshLint.Build;

/// <summary>Keeps the generated parts of the documentation in step with the catalogue: the frame of each rule page, the table of rules, and the page of Kuma versions.</summary>
internal static class DocsTask
{
    private const string FrameStart = "<!-- frame: written by 'dotnet run --project build -- docs' -->";
    private const string FrameEnd = "<!-- /frame -->";

    /// <summary>Writes the parts; with <c>--check</c> it only says (exit 1) which files would change. A rule without a page is an error.</summary>
    public static int Run(string[] args)
    {
        var checkOnly = args.Contains("--check");
        var folder = Path.Combine(ProjectPaths.Root, "docs", "rules");
        var result = 0;
        foreach (var descriptor in RuleCatalog.Descriptors)
        {
            var path = Path.Combine(folder, $"{descriptor.Id}.md");
            if (!File.Exists(path))
            {
                Console.Error.WriteLine($"docs/rules/{descriptor.Id}.md is missing ({descriptor.Slug})");
                result = 1;
                continue;
            }

            var text = File.ReadAllText(path).ReplaceLineEndings("\n");
            var end = text.IndexOf(FrameEnd, StringComparison.Ordinal);
            var body = end < 0 ? text : text[(end + FrameEnd.Length)..].TrimStart('\n');
            result |= GeneratedFile.Write(path, $"{Frame(descriptor)}\n{RulePageText.Update(descriptor.Id, body)}", checkOnly);
        }

        return result | GeneratedFile.Write(Path.Combine(folder, "README.md"), Table(), checkOnly) | VersionsPage.Write(checkOnly);
    }

    /// <summary>The span of Kuma lines in words: <c>all</c>, <c>2.12 and later</c>, <c>up to 2.14</c>, <c>2.10 to 2.14</c>.</summary>
    internal static string Versions(DiagnosticDescriptor descriptor) => (descriptor.Since, descriptor.Until) switch
    {
        (null, null) => "all",
        ({ } since, null) => $"{since.Text()} and later",
        (null, { } until) => $"up to {until.Text()}",
        ({ } since, { } until) when since == until => since.Text(),
        ({ } since, { } until) => $"{since.Text()} to {until.Text()}",
    };

    private static string Frame(DiagnosticDescriptor descriptor) =>
        $"""
         {FrameStart}
         # {descriptor.Id}: {descriptor.Slug}

         **{descriptor.Title}.**

         | Category | Severity | Kuma versions |
         | --- | --- | --- |
         | {descriptor.Category.ToString().ToLowerInvariant()} | {descriptor.Severity.ToString().ToLowerInvariant()} | {Versions(descriptor)} |
         {FrameEnd}

         """;

    private static string Table()
    {
        var builder = new StringBuilder("# Rules\n\nWritten by `dotnet run --project build -- docs` from the catalogue; `meshlint rules` prints the same, `meshlint explain ID` a page.\n");
        foreach (var category in RuleCatalog.Descriptors.GroupBy(d => d.Category).OrderBy(g => g.Key))
        {
            builder.Append("\n## ").Append(category.Key).Append("\n\n| Id | Slug | What it finds | Severity | Kuma versions |\n| --- | --- | --- | --- | --- |\n");
            foreach (var d in category)
                builder.Append($"| [{d.Id}]({d.Id}.md) | `{d.Slug}` | {d.Title} | {d.Severity.ToString().ToLowerInvariant()} | {Versions(d)} |\n");
        }

        return builder.ToString();
    }
}
