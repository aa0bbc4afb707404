using System.Text.RegularExpressions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.House.Tests;

/// <summary>What comments and pages cite is part of the project: sections of <c>docs/kuma</c>, conditions of <c>docs/coverage.md</c>.</summary>
public sealed partial class CitationTests
{
    private static readonly string Root = SharedData.ProjectRoot;

    private static readonly string Pages = Path.Combine(Root, "docs", "kuma");

    private static readonly string[] Extensions = [".cs", ".md", ".txt"];

    private static readonly IReadOnlyList<(string Name, string Text)> Files = [.. new[] { "src", "tests", "build", "docs" }
        .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
        .Append(Path.Combine(Root, "CONTRIBUTING.md"))
        .Where(static f => Extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
        .Select(static f => (Name: Path.GetRelativePath(Root, f).Replace('\\', '/'), Path: f))
        .Where(static f => !f.Name.Split('/').Any(static part => part is "obj" or "bin") && !f.Name.EndsWith("/CitationTests.cs", StringComparison.Ordinal))
        .OrderBy(static f => f.Name, StringComparer.Ordinal)
        .Select(static f => (f.Name, File.ReadAllText(f.Path)))];

    [Fact]
    public void Every_cited_section_exists()
    {
        var anchors = Directory.EnumerateFiles(Pages, "*.md").ToDictionary(static p => Path.GetFileName(p), static p => Anchors(File.ReadAllText(p)), StringComparer.Ordinal);
        var cited = 0;
        var lost = new List<string>();
        foreach (var (name, text) in Files)
        {
            foreach (Match citation in Citation().Matches(text))
            {
                cited++;
                var anchor = citation.Groups["anchor"].Value;
                if (!anchors.TryGetValue(citation.Groups["page"].Value, out var known) || (anchor.Length > 0 && !known.Contains(anchor)))
                    lost.Add($"{name}: {citation.Value}");
            }
        }

        Assert.True(cited > 100, $"{cited} citations");
        Assert.Empty(lost);
    }

    [Fact]
    public void Links_within_the_pages_lead_somewhere()
    {
        var lost = new List<string>();
        foreach (var page in Directory.EnumerateFiles(Pages, "*.md"))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                // Written by the build tool, which has a test of its own.
                if (link.Groups["page"].Value == "versions.md")
                    continue;
                var target = link.Groups["page"].Value is { Length: > 0 } name ? Path.Combine(Pages, name) : page;
                if (!File.Exists(target) || (link.Groups["anchor"].Value is { Length: > 0 } anchor && !Anchors(File.ReadAllText(target)).Contains(anchor)))
                    lost.Add($"{Path.GetFileName(page)}: {link.Value}");
            }
        }

        Assert.Empty(lost);
    }

    [Fact]
    public void Every_section_names_its_file_of_Kuma()
    {
        foreach (var page in Directory.EnumerateFiles(Pages, "*.md").Where(static p => Path.GetFileName(p) != "versions.md"))
        {
            foreach (var section in File.ReadAllText(page).Split("\n## ").Skip(1))
                Assert.True(Source().IsMatch(section), $"{Path.GetFileName(page)}: '{section.Split('\n')[0]}' names no file of Kuma");
        }
    }

    [Fact]
    public void Every_cited_condition_is_in_the_list()
    {
        var known = Files.Single(static f => f.Name == "docs/coverage.md").Text.Split('\n').Where(static l => l.StartsWith("| ", StringComparison.Ordinal)).Select(static l => l.Split(' ')[1]).ToHashSet(StringComparer.Ordinal);
        var cited = 0;
        foreach (var (name, text) in Files.Where(static f => f.Name.EndsWith(".cs", StringComparison.Ordinal)))
        {
            foreach (Match citation in Conditions().Matches(text))
            {
                cited++;
                Assert.True(citation.Groups["where"].Success, $"{name}: '{citation.Value}' does not say where the conditions are listed");
                foreach (Match id in ConditionId().Matches(citation.Value))
                    Assert.True(known.Contains(id.Value), $"{name}: docs/coverage.md has no condition {id.Value}");
            }
        }

        Assert.True(cited > 20, $"{cited} citations");
    }

    /// <summary>No file cites a paragraph of a text that is not here.</summary>
    [Fact]
    public void No_absent_text_is_cited() => Assert.Empty(Files.Where(static f => Absent().IsMatch(f.Text)).Select(static f => $"{f.Name}: {Absent().Match(f.Text).Value}"));

    private static HashSet<string> Anchors(string text) =>
        [.. Heading().Matches(text).Select(static m => NoAnchor().Replace(m.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"docs/kuma/(?<page>[a-z-]+\.md)(?:#(?<anchor>[a-z0-9-]+))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Citation();

    [GeneratedRegex(@"\]\((?<page>[a-z./-]+\.md)?(?:#(?<anchor>[a-z0-9-]+))?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 -]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoAnchor();

    [GeneratedRegex("^Kuma[^\n]*: [^\n]*(?:`|k8s)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Source();

    [GeneratedRegex(@"[Cc]onditions? [A-H]\d\d(?:[^.;)]{0,200}?(?<where>docs/\s*(?:///\s*)?coverage\.md))?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Conditions();

    [GeneratedRegex(@"\b[A-H]\d\d\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConditionId();

    [GeneratedRegex(@"[a-z-]+\.md §[^\n]{0,20}|§\d+\.\d+|graph reference", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Absent();
}
