using System.Globalization;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests.Escaping;

/// <summary>The table of hidden characters is one: in the program, in the documentation, in order.</summary>
public sealed class TableTests
{
    [Fact]
    public void The_documentation_lists_every_range()
    {
        var page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "output-formats.md"));
        var expected = string.Concat(VisibleText.Ranges.Select(static r => r.First == r.Last
            ? string.Create(CultureInfo.InvariantCulture, $"| U+{r.First:X4} | {r.What} |\n")
            : string.Create(CultureInfo.InvariantCulture, $"| U+{r.First:X4} to U+{r.Last:X4} | {r.What} |\n")));
        Assert.Contains("| Code points | What |\n| --- | --- |\n" + expected, page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_ranges_are_in_order()
    {
        for (var i = 1; i < VisibleText.Ranges.Length; i++)
            Assert.True(VisibleText.Ranges[i - 1].Last < VisibleText.Ranges[i].First, VisibleText.Ranges[i].What);
    }

    [Fact]
    public void Format_characters_and_controls_of_Unicode_are_all_in_it()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(code);
            var isHidden = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (isHidden)
                Assert.True(VisibleText.IsHidden(code), string.Create(CultureInfo.InvariantCulture, $"U+{code:X4} {category}"));
        }
    }

    [Theory]
    [InlineData("web-1 (größe) 日本語 😀 é")]
    [InlineData("# a heading ## another [x] #[y] ###")]
    [InlineData("a\u0301 combining, nbsp\u00A0, braille \u2801")]
    public void What_shows_is_left_alone(string text)
    {
        Assert.Equal(text, VisibleText.OneLine(text));
        Assert.Equal(text, VisibleText.InJson(text));
    }
}
