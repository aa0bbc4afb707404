using System.Text.RegularExpressions;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Versions;

/// <summary>What differs between Kuma lines stands in one table, and nowhere else.</summary>
public sealed partial class BehaviourTests
{
    /// <summary>Comparisons outside the table. Each one says why in a comment "version: …" above it or behind it.</summary>
    private const int MostComparisons = 30;

    [Fact]
    public void Versions_are_compared_outside_the_table_in_few_places_and_each_has_its_reason()
    {
        var found = new List<string>();
        var unexplained = new List<string>();
        var root = Path.Combine(SharedData.ProjectRoot, "src");
        foreach (var path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (Excluded().IsMatch(name))
                continue;
            var lines = File.ReadAllLines(path);
            for (var i = 0; i < lines.Length; i++)
            {
                if (!Comparison().IsMatch(lines[i]))
                    continue;
                var text = $"{name}:{i + 1}: {lines[i].Trim()}";
                found.Add(text);
                if (!lines[i].Contains("// version: ", StringComparison.Ordinal) && (i == 0 || !lines[i - 1].Contains("// version: ", StringComparison.Ordinal)))
                    unexplained.Add(text);
            }
        }

        Assert.True(found.Count <= MostComparisons, $"{found.Count} places compare versions, at most {MostComparisons} may:\n{string.Join('\n', found)}");
        Assert.True(unexplained.Count == 0, $"these comparisons of versions have no comment 'version: …':\n{string.Join('\n', unexplained)}");
    }

    [Fact]
    public void Every_fact_says_what_it_means_where_it_comes_from_and_really_differs()
    {
        Assert.NotEmpty(FactTable.Rows);
        foreach (var fact in FactTable.Rows)
        {
            Assert.True(fact.Meaning.Length > 10 && !fact.Meaning.EndsWith('.'), fact.Name);
            Assert.Matches("^(pkg|api|app|deployments)/|^go.mod$", fact.Source);
            Assert.Equal(KumaVersions.All[0], fact.Values[0].From);
            Assert.True(fact.Values.Length > 1, $"{fact.Name} has one value");
            for (var i = 1; i < fact.Values.Length; i++)
            {
                Assert.True(fact.Values[i - 1].From < fact.Values[i].From, $"{fact.Name} is not in the order of versions");
                Assert.True(fact.Values[i - 1].Value != fact.Values[i].Value, $"{fact.Name} does not change in {fact.Values[i].From.Text()}");
            }
        }

        Assert.Equal(FactTable.Rows.Length, FactTable.Rows.Select(static f => f.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_line_has_one_behaviour_and_lines_differ()
    {
        foreach (var version in KumaVersions.All)
            Assert.Same(Behaviour.For(version), version.Behaviour);
        Assert.True(KumaVersion.V2_14.Behaviour.InboundTags);
        Assert.False(KumaVersion.V3_0.Behaviour.InboundTags);
        Assert.Equal(InboundDeduplication.FirstOfState, KumaVersion.V2_13.Behaviour.InboundDeduplication);
    }

    [Fact]
    public void A_line_between_2_14_and_3_0_behaves_as_2_14_until_the_table_says_otherwise()
    {
        // The number that a member V2_15 would have.
        var next = new Behaviour(new FactTable((KumaVersion)215));
        var last = KumaVersion.V2_14.Behaviour;
        Assert.Equal(last.InboundDeduplication, next.InboundDeduplication);
        Assert.Equal(last.TopLevelDeprecations, next.TopLevelDeprecations);
        Assert.True(next.InboundTagsSetting);
        Assert.True(next.InlineEndpointDeprecated);
        Assert.True(next.TaglessDataplaneFrozen);
        Assert.True(next.LegacyPolicies);
        Assert.True(next.MakesNoInboundTags(setting: true));
        Assert.False(next.MakesNoInboundTags(setting: false));
        Assert.False(next.RuleStaysWithoutCluster);
    }

    [GeneratedRegex(@"\bV[23]_[0-9]+\b|\.IsTwo\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison();

    [GeneratedRegex("(^|/)(obj|bin|Versions)/|/Behaviour|/RemovalTable|\\.g\\.cs$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Excluded();
}
