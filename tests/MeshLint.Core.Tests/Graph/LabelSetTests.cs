using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

public sealed class LabelSetTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(500)]
    public void Keys_are_sorted_and_the_last_of_equal_ones_counts(int count)
    {
        var pairs = Enumerable.Range(0, count).Select(i => new KeyValuePair<string, string>($"k{i * 7 % 11}", $"v{i}")).ToList();
        var set = LabelSet.Create(pairs);
        Assert.Equal(pairs.Select(p => p.Key).Distinct().Order(StringComparer.Ordinal), set.Select(p => p.Key));
        Assert.All(set, p => Assert.Equal(pairs.Last(q => q.Key == p.Key).Value, p.Value));
    }

    [Fact]
    public void Changes_make_new_sets()
    {
        var set = LabelSet.Create([new("b", "1"), new("d", "2")]);
        Assert.Equal("a=0,b=1,d=2", set.With("a", "0").ToString());
        Assert.Equal("b=1,c=0,d=2", set.With("c", "0").ToString());
        Assert.Equal("b=1,d=2,e=0", set.With("e", "0").ToString());
        Assert.Equal("b=0,d=2", set.With("b", "0").ToString());
        Assert.Same(set, set.With("b", "1"));
        Assert.Equal("d=2", set.Without("b").ToString());
        Assert.Same(LabelSet.Empty, LabelSet.Empty.With("a", "").Without("a"));
        Assert.Equal("b=1,d=2", set.ToString());
    }
}
