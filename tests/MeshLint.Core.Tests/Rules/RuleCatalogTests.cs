using MeshLint.Core.Diagnostics;
using MeshLint.Core.Rules;
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
        var rules = typeof(Rule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract).Select(t => t.FullName).Order(StringComparer.Ordinal);
        Assert.Equal(rules, RuleCatalog.Create().Select(r => r.GetType().FullName).Order(StringComparer.Ordinal));
    }

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
