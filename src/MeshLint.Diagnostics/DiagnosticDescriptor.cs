namespace MeshLint.Diagnostics;

/// <summary>A kind of finding: what every occurrence of it shares.</summary>
/// <param name="Id"><c>ML</c> and four digits, the first of them the category's; never reused.</param>
/// <param name="Slug">The name people use, kebab-case, naming the thing objected to.</param>
/// <param name="Title">One sentence without a full stop.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Severity">How bad an occurrence is unless the rule lowers it for an open world.</param>
public sealed record DiagnosticDescriptor(string Id, string Slug, string Title, RuleCategory Category, Severity Severity)
{
    /// <summary>The fact that says which Kuma lines it speaks about; null = every one.</summary>
    public Func<Behaviour, bool>? When { get; init; }

    /// <summary>First Kuma line that it speaks about; null = the oldest.</summary>
    public KumaVersion? Since => KumaVersions.All.First(AppliesTo) is var first && first != KumaVersions.All[0] ? first : null;

    /// <summary>Last Kuma line that it speaks about; null = the newest.</summary>
    public KumaVersion? Until => KumaVersions.All.Last(AppliesTo) is var last && last != KumaVersions.All[^1] ? last : null;

    /// <summary>Slugs that it had before; configuration, comments and <c>explain</c> still take them.</summary>
    public ImmutableArray<string> FormerSlugs { get; init; } = [];

    /// <summary>Everything that it may be called by: id, slug, former slugs.</summary>
    public IEnumerable<string> Names => FormerSlugs.Prepend(Slug).Prepend(Id);

    /// <summary>The page that explains it.</summary>
    public string HelpUri => $"https://github.com/meshlint/meshlint/blob/main/docs/rules/{Id}.md";

    /// <summary>Whether it can occur on a Kuma line.</summary>
    public bool AppliesTo(KumaVersion version) => When?.Invoke(version.Behaviour) != false;
}
