using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Versions;
using Xunit;

namespace MeshLint.Core.Tests.Graph;

public sealed class NamesTests : GraphTestBase
{
    [Theory]
    [InlineData("cart", true)]
    [InlineData("c", true)]
    [InlineData("cart-1", true)]
    [InlineData("1cart", false)]
    [InlineData("-cart", false)]
    [InlineData("cart-", false)]
    [InlineData("Cart", false)]
    [InlineData("ca.rt", false)]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-123", true)]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-1234", false)]
    public void Generated_names_are_rfc_1035_labels(string name, bool isGenerated)
    {
        var graph = Build(Mesh("Everywhere") + Dataplane("a", "10.0.0.1", $"web:80:{name}"), KumaVersion.V2_13);
        Assert.Equal(isGenerated ? [name] : [], graph.Destinations.Select(d => d.CoreName));
        Assert.Equal(isGenerated ? 0 : 1, graph.SkippedNames.Length);
    }
}
