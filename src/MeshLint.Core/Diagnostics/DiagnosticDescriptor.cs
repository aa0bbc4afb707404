namespace MeshLint.Core.Diagnostics;

/// <summary>A kind of finding: what every occurrence of it shares.</summary>
/// <param name="Id"><c>ML</c> and four digits, the first of them the category's; never reused.</param>
/// <param name="Slug">The name people use, kebab-case, naming the thing objected to.</param>
/// <param name="Title">One sentence without a full stop.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Severity">How bad an occurrence is unless the rule lowers it for an open world.</param>
public sealed record DiagnosticDescriptor(string Id, string Slug, string Title, RuleCategory Category, Severity Severity)
{
    /// <summary>First Kuma line that it speaks about; null = all.</summary>
    public KumaVersion? Since { get; init; }

    /// <summary>Last Kuma line that it speaks about; null = all.</summary>
    public KumaVersion? Until { get; init; }

    /// <summary>Slugs that it had before; configuration, comments and <c>explain</c> still take them.</summary>
    public ImmutableArray<string> FormerSlugs { get; init; } = [];

    /// <summary>Everything that it may be called by: id, slug, former slugs.</summary>
    public IEnumerable<string> Names => FormerSlugs.Prepend(Slug).Prepend(Id);

    /// <summary>The page that explains it.</summary>
    public string HelpUri => $"https://github.com/meshlint/meshlint/blob/main/docs/rules/{Id}.md";

    /// <summary>Whether it can occur on a Kuma line.</summary>
    public bool AppliesTo(KumaVersion version) => (Since is not { } since || version >= since) && (Until is not { } until || version <= until);
}
