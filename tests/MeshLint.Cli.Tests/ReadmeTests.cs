using System.Text.RegularExpressions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>What the documentation promises is there.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Root = SharedData.ProjectRoot;

    [Fact]
    public void The_excerpt_is_what_check_prints()
    {
        var excerpt = ExcerptPattern().Match(Read("README.md")).Groups["text"].Value;
        Assert.NotEqual("", excerpt);
        Assert.Contains(excerpt, Read("examples/shop-broken/expected.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var pages = new[] { "README.md", "CONTRIBUTING.md" }.Concat(
            Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)));
        foreach (var page in pages)
        {
            var folder = Path.GetDirectoryName(Path.Combine(Root, page)) ?? Root;
            foreach (Match link in LinkPattern().Matches(CodePattern().Replace(Read(page), "")))
                Assert.True(Path.Exists(Path.Combine(folder, link.Groups["target"].Value)), $"{page}: {link.Groups["target"].Value} is nowhere");
        }
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    [GeneratedRegex("<!-- from examples/shop-broken/expected\\.txt[^>]*-->\n```\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExcerptPattern();

    // What a code block shows is no link.
    [GeneratedRegex("^```.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)#\s]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkPattern();
}
