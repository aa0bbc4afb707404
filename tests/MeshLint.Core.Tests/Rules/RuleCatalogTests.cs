using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;
using MeshLint.Analysis.Rules.Kubernetes;
using MeshLint.Analysis.Rules.References;
using MeshLint.Analysis.Rules.Routing;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary>Promises that hold for all rules.</summary>
public sealed class RuleCatalogTests
{
    [Fact]
    public void Ids_and_slugs_are_unique_and_well_formed()
    {
        var descriptors = RuleCatalog.Descriptors;
        Assert.Equal(descriptors.Length, descriptors.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(descriptors.Length, descriptors.Select(d => d.Slug).Distinct(StringComparer.Ordinal).Count());
        foreach (var descriptor in descriptors)
        {
            Assert.Matches("^ML[0-9]{4}$", descriptor.Id);
            Assert.Equal((int)descriptor.Category, descriptor.Id[2] - '0');
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", descriptor.Slug);
            Assert.Matches("^[A-Z].*[^.]$", descriptor.Title);
        }
    }

    [Fact]
    public void Every_rule_is_in_the_catalogue()
    {
        var types = typeof(Rule).Assembly.GetTypes().Where(static t => !t.IsAbstract && (t.IsSubclassOf(typeof(Rule)) || t.IsSubclassOf(typeof(FamilyRule))));
        var rules = RuleCatalog.Create();
        Assert.Equal(
            types.Select(static t => t.FullName).Order(StringComparer.Ordinal),
            rules.Cast<object>().Concat(rules.SelectMany(MembersOf)).Select(static r => r.GetType().FullName).Order(StringComparer.Ordinal));
    }

    // One rule, one id, one file: a family has no id of its own.
    [Fact]
    public void A_rule_is_one_id()
    {
        foreach (var rule in RuleCatalog.Create())
            Assert.Equal(Math.Max(1, MembersOf(rule).Count), rule.Descriptors.Length);
        var folder = Path.Combine(SharedData.ProjectRoot, "src", "MeshLint.Analysis", "Rules");
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var ids = File.ReadLines(file).Count(static l => l.Contains("DiagnosticDescriptor ", StringComparison.Ordinal) && l.Contains("= new(", StringComparison.Ordinal));
            Assert.True(ids <= 1, $"{file} has {ids} ids");
        }
    }

    [Fact]
    public void A_former_slug_still_names_its_rule()
    {
        Assert.Equal("ML2018", RuleCatalog.Find("unresolved-backend")?.Id);
        var names = RuleCatalog.Names.ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static IReadOnlyList<FamilyRule> MembersOf(Rule rule) => rule switch
    {
        ReferenceFamily family => [.. family.Rules],
        KubernetesFamily family => [.. family.Rules],
        MultiZoneFamily family => [.. family.Rules],
        CrossZoneFamily family => [.. family.Rules],
        _ => [],
    };

    [Fact]
    public void A_finding_can_be_found_by_id_and_slug()
    {
        foreach (var descriptor in RuleCatalog.Descriptors)
        {
            Assert.Same(descriptor, RuleCatalog.Find(descriptor.Id));
            Assert.Same(descriptor, RuleCatalog.Find(descriptor.Slug));
        }
    }
}
