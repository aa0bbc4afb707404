using MeshLint.Kuma.Binding;
using Xunit;

namespace MeshLint.Core.Tests.Graph.References;

public sealed class SpellingIndexTests
{
    [Theory]
    [InlineData("backend", "backned")]
    [InlineData("backend", "bakend")]
    [InlineData("backend", "baackend")]
    [InlineData("backend", "bacxend")]
    [InlineData("backend", "Backend")]
    public void One_slip_is_found(string known, string written)
    {
        var index = new SpellingIndex();
        index.Add("shop", known);
        index.Add("shop", "frontend");
        Assert.Equal(known, index.Find("shop", written));
    }

    [Fact]
    public void Scopes_are_kept_apart()
    {
        var index = new SpellingIndex();
        index.Add("shop", "backend");
        Assert.Null(index.Find("other", "backned"));
        Assert.Null(index.Find("shop", "database"));
    }
}
