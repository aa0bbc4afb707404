using System.Globalization;
using System.Text.RegularExpressions;
using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;

namespace MeshLint.Build;

/// <summary>Writes the three files of a rule: the rule, its page, and a test that fails until both are filled in.</summary>
internal static partial class NewRuleTask
{
    private static readonly string Usage =
        $"usage: new-rule <category or id> my-slug, the category one of {string.Join(", ", Enum.GetValues<RuleCategory>().Select(static c => $"{(int)c} {c.ToString().ToLowerInvariant()}"))}";

    /// <summary><c>new-rule references my-slug</c>, <c>new-rule 2 my-slug</c>, or with an id of one's own <c>new-rule ML2042 my-slug</c>.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var place, var slug] || !SlugPattern().IsMatch(slug))
            return Refuse(Usage);
        var id = IdPattern().IsMatch(place) ? place : FreeId(place);
        if (id is null || !Enum.IsDefined((RuleCategory)(id[2] - '0')))
            return Refuse($"'{place}' is no category and no id; {Usage}");
        if ((RuleCatalog.Find(id) ?? RuleCatalog.Find(slug)) is { } taken)
            return Refuse($"{taken.Id} {taken.Slug} exists");

        var category = (RuleCategory)(id[2] - '0');
        var name = string.Concat(slug.Split('-').Select(static w => char.ToUpperInvariant(w[0]) + w[1..]));
        var title = char.ToUpperInvariant(slug[0]) + slug[1..].Replace('-', ' ');
        var files = new (string Path, string Text)[]
        {
            ($"src/MeshLint.Analysis/Rules/{category}/{name}.cs", RuleText(id, slug, name, title, category)),
            ($"docs/rules/{id}.md", PageText()),
            ($"tests/MeshLint.Core.Tests/Rules/{category}/{name}Tests.cs", TestText(id, slug, name, category)),
        };
        foreach (var (path, _) in files)
        {
            if (File.Exists(Path.Combine(ProjectPaths.Root, path)))
                return Refuse($"{path} exists");
        }

        foreach (var (path, text) in files)
            GeneratedFile.Write(Path.Combine(ProjectPaths.Root, path), text, checkOnly: false);
        Console.WriteLine($"{id} {slug}: fill in the rule, its page and its test; then 'rules', 'docs' and 'dotnet test'");
        return RulesTask.Run([]);
    }

    /// <summary>The id behind the last one of a category. One below it may have been a rule once, and ids are never used again.</summary>
    private static string? FreeId(string category)
    {
        RuleCategory found;
        if (category is [>= '0' and <= '9'])
            found = (RuleCategory)(category[0] - '0');
        else if (!Enum.TryParse(category, ignoreCase: true, out found) || !char.IsAsciiLetter(category[0]))
            return null;
        if (!Enum.IsDefined(found))
            return null;
        var used = RuleCatalog.Descriptors.Where(d => d.Category == found).Select(static d => int.Parse(d.Id.AsSpan(2), CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"ML{used.Append((int)found * 1000).Max() + 1:0000}");
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }

    private static string RuleText(string id, string slug, string name, string title, RuleCategory category) =>
        $$"""

        namespace MeshLint.Analysis.Rules.{{category}};

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

    private static string TestText(string id, string slug, string name, RuleCategory category) =>
        $$"""
        using MeshLint.Kuma.Versions;
        using MeshLint.Testing;
        using Xunit;

        namespace MeshLint.Core.Tests.Rules.{{category}};

        /// <summary>{{id}} {{slug}}: where it speaks, and the near misses that it passes over.</summary>
        public sealed class {{name}}Tests
        {
            // A mesh in which everything works.
            private static readonly MeshFixture World = MeshFixture.Standalone().Mesh().Dataplane("cart-1", "main=8080").MeshService("cart", "web=80->main");

            [Fact]
            public void Speaks() => RuleVerifier.Verify(
                World.With({{"\"\"\""}}
                    type: MeshService
                    mesh: default
                    name: {|{{slug}}:wrong|}
                    {{"\"\"\""}}).ToMarkup(),
                KumaVersion.V2_14);

            // Three at least: what looks much like the finding and is none.
            [Theory]
            [InlineData("near miss 1: what is nearly wrong")]
            [InlineData("near miss 2")]
            [InlineData("near miss 3")]
            public void Stays_silent(string document) => RuleVerifier.Verify(World.With(document).ToMarkup(), KumaVersion.V2_14);
        }

        """;

    [GeneratedRegex("^ML[0-9]{4}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugPattern();
}
