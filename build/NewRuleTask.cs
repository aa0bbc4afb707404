using System.Text.RegularExpressions;
using MeshLint.Core.Diagnostics;
using MeshLint.Core.Rules;

namespace MeshLint.Build;

/// <summary>Writes the three files of a rule: the rule, its page, and a test that fails until both are filled in.</summary>
internal static partial class NewRuleTask
{
    /// <summary><c>new-rule ML2042 my-slug</c>.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var id, var slug] || !IdPattern().IsMatch(id) || !SlugPattern().IsMatch(slug))
            return Refuse("usage: new-rule ML2042 my-slug");
        if (!Enum.IsDefined((RuleCategory)(id[2] - '0')))
            return Refuse($"'{id[..3]}' is the band of no category: {string.Join(", ", Enum.GetValues<RuleCategory>().Select(c => $"ML{(int)c} {c}"))}");
        if ((RuleCatalog.Find(id) ?? RuleCatalog.Find(slug)) is { } taken)
            return Refuse($"{taken.Id} {taken.Slug} exists");

        var category = (RuleCategory)(id[2] - '0');
        var name = string.Concat(slug.Split('-').Select(static w => char.ToUpperInvariant(w[0]) + w[1..]));
        var title = char.ToUpperInvariant(slug[0]) + slug[1..].Replace('-', ' ');
        var files = new (string Path, string Text)[]
        {
            ($"src/MeshLint.Core/Rules/{category}/{name}.cs", RuleText(id, slug, name, title, category)),
            ($"docs/rules/{id}.md", PageText()),
            ($"tests/MeshLint.Core.Tests/Rules/{name}Tests.cs", TestText(id, slug, name)),
        };
        foreach (var (path, _) in files)
        {
            if (File.Exists(Path.Combine(ProjectPaths.Root, path)))
                return Refuse($"{path} exists");
        }

        foreach (var (path, text) in files)
            GeneratedFile.Write(Path.Combine(ProjectPaths.Root, path), text, checkOnly: false);
        return RulesTask.Run([]);
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }

    private static string RuleText(string id, string slug, string name, string title, RuleCategory category) =>
        $$"""
        using MeshLint.Core.Diagnostics;

        namespace MeshLint.Core.Rules.{{category}};

        /// <summary>{{title}}.</summary>
        /// <remarks>Mirrors kuma: which file?</remarks>
        internal sealed class {{name}} : Rule
        {
            public static readonly DiagnosticDescriptor Descriptor = new("{{id}}", "{{slug}}", "{{title}}", RuleCategory.{{category}}, Severity.Warning);

            public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

            public override void Analyze(RuleContext context) => throw new NotSupportedException("{{id}} looks for nothing yet");
        }

        """;

    private static string PageText() =>
        """
        ## What it finds

        ## Why it matters

        ## How to fix

        ## Examples

        ```yaml bad
        ```

        ```yaml good
        ```

        """;

    private static string TestText(string id, string slug, string name) =>
        $$"""
        using MeshLint.Testing;
        using Xunit;

        namespace MeshLint.Core.Tests.Rules;

        /// <summary>{{id}} {{slug}}: where it speaks, and the near misses that it passes over.</summary>
        public sealed class {{name}}Tests
        {
            [Fact]
            public void Speaks() => RuleVerifier.Verify(
                {{"\"\"\""}}
                type: Mesh
                name: {|{{slug}}:default|}
                {{"\"\"\""}});

            [Fact]
            public void Near_misses_stay_silent() => RuleVerifier.Verify(
                {{"\"\"\""}}
                type: Mesh
                name: default
                {{"\"\"\""}});
        }

        """;

    [GeneratedRegex("^ML[0-9]{4}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugPattern();
}
