using System.Text.RegularExpressions;
using MeshLint.Analysis.Rules;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary><c>docs/coverage.md</c> speaks of every condition once, and only of rules that exist.</summary>
public sealed partial class CoverageTests
{
    private static readonly (char Letter, int Last)[] Conditions = [('A', 26), ('B', 26), ('C', 40), ('D', 36), ('E', 20), ('F', 15), ('G', 44), ('H', 7)];

    private static readonly string[] Rows = [.. File.ReadLines(Path.Combine(SharedData.ProjectRoot, "docs", "coverage.md")).Where(l => Row().IsMatch(l))];

    [Fact]
    public void Every_condition_is_answered_once()
    {
        var expected = Conditions.SelectMany(c => Enumerable.Range(1, c.Last).Select(i => $"{c.Letter}{i:00}")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, Rows.Select(r => r[2..5]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_answer_names_a_rule_or_a_reason()
    {
        foreach (var row in Rows)
        {
            var rules = Rule().Matches(row);
            Assert.True(rules.Count > 0 || row.Contains("| silent: ", StringComparison.Ordinal), row);
            foreach (Match rule in rules)
                Assert.Equal(rule.Groups["slug"].Value, RuleCatalog.Find(rule.Groups["id"].Value)?.Slug);
        }
    }

    [GeneratedRegex(@"^\| [A-H]\d\d \| ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[(?<id>ML\d{4})\]\(rules/\k<id>\.md\) `(?<slug>[a-z0-9-]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rule();
}
