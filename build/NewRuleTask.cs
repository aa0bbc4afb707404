using System.Globalization;
using System.Text.RegularExpressions;
using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;

namespace MeshLint.Build;

/// <summary>Writes the three files of a rule: the rule, its page, and its near misses. Tests fail until all are filled in.</summary>
internal static partial class NewRuleTask
{
    private static readonly string Categories =
        string.Join(", ", Enum.GetValues<RuleCategory>().Select(static c => $"{(int)c} {c.ToString().ToLowerInvariant()}"));

    private static readonly string Usage =
        $"usage: new-rule <category or id> my-slug [--family {string.Join('|', RuleFamilyTemplate.All.Keys)}], the category one of {Categories}";

    /// <summary>
    /// <c>new-rule references my-slug</c>, <c>new-rule 2 my-slug</c>, or with an id of one's own <c>new-rule ML2042 my-slug</c>; with
    /// <c>--family kubernetes</c> it becomes a rule of that family.
    /// </summary>
    public static int Run(string[] args)
    {
        RuleFamilyTemplate? family = null;
        if (args is [_, _, "--family", var name] && !RuleFamilyTemplate.All.TryGetValue(name, out family))
            return Refuse($"there is no family '{name}'; {Usage}");
        if (args.Length != 2 && family is null)
            return Refuse(Usage);
        var (place, slug) = (args[0], args[1]);
        if (!SlugPattern().IsMatch(slug))
            return Refuse(Usage);
        var id = IdPattern().IsMatch(place) ? place : FreeId(place);
        if (id is null || !Enum.IsDefined((RuleCategory)(id[2] - '0')))
            return Refuse($"'{place}' is neither a category nor an id; {Usage}");
        if ((RuleCatalog.Find(id) ?? RuleCatalog.Find(slug)) is { } taken)
            return Refuse($"{taken.Id} {taken.Slug} exists");
        return Write(id, slug, family);
    }

    private static int Write(string id, string slug, RuleFamilyTemplate? family)
    {
        var category = (RuleCategory)(id[2] - '0');
        var name = string.Concat(slug.Split('-').Select(static w => char.ToUpperInvariant(w[0]) + w[1..]));
        var title = char.ToUpperInvariant(slug[0]) + slug[1..].Replace('-', ' ');
        var files = new (string Path, string Text)[]
        {
            ($"src/MeshLint.Analysis/Rules/{category}/{name}.cs", RuleText(id, slug, name, title, category, family)),
            ($"docs/rules/{id}.md", PageText()),
            ($"tests/MeshLint.Core.Tests/Rules/NearMisses/{id}.txt", NearMissText()),
        };
        foreach (var (path, _) in files)
        {
            if (File.Exists(Path.Combine(ProjectPaths.Root, path)))
                return Refuse($"{path} exists");
        }

        foreach (var (path, text) in files)
            GeneratedFile.Write(Path.Combine(ProjectPaths.Root, path), text, checkOnly: false);
        Console.WriteLine($"{id} {slug}: fill in the three files; then 'docs' and 'dotnet test tests/MeshLint.Core.Tests --filter {id}'");
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

    private static string RuleText(string id, string slug, string name, string title, RuleCategory category, RuleFamilyTemplate? family)
    {
        var member = family is null ? "public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];" : "public override DiagnosticDescriptor Finds => Descriptor;";
        return $$"""
            {{family?.Usings}}namespace MeshLint.Analysis.Rules.{{category}};

            /// <summary>{{title}}.</summary>
            /// <remarks>Mirrors kuma: which file?</remarks>
            internal sealed class {{name}} : {{family?.Base ?? "Rule"}}
            {
                public static readonly DiagnosticDescriptor Descriptor = new(
                    "{{id}}", "{{slug}}", "{{title}}", RuleCategory.{{category}}, Severity.Warning);

                {{member}}

                {{family?.Method ?? "public override void Analyze(RuleContext context)"}} =>
                    throw new NotSupportedException("{{id}} looks for nothing yet");
            }

            """;
    }

    private static string PageText() =>
        """
        ## What it finds

        ## Why it matters

        ## How to fix

        ## Examples

        ```yaml bad
        type: Mesh
        name: default
        ---
        what is wrong
        ```

        ```yaml good
        type: Mesh
        name: default
        ---
        what is right
        ```

        """;

    // Small edits of the bad example after which the rule stays silent; NearMissFileTests runs them.
    private static string NearMissText() =>
        """
        # near miss: the value is right
        - what is wrong
        + what is right

        # near miss: second, and why it is none
        - what is wrong
        + what comes close

        # near miss: third, and why it is none
        - what is wrong
        + what comes close too

        """;

    [GeneratedRegex("^ML[0-9]{4}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugPattern();
}
