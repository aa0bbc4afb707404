using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>The shipped examples do what their names promise.</summary>
public sealed class ExampleTests
{
    private static readonly string Examples = Path.Combine(SharedData.ProjectRoot, "examples");

    [Theory]
    [InlineData("shop")]
    [InlineData("demo-kubernetes")]
    public void A_clean_example_has_no_findings(string example)
    {
        using var cli = Copy(example);
        var result = cli.Run("check", example);
        Assert.Equal("", result.Error);
        Assert.StartsWith("no findings in ", result.Out, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void The_broken_shop_has_one_of_each_founding_defect()
    {
        using var cli = Copy("shop-broken");
        var result = cli.Run("check", "shop-broken");
        Assert.Equal(1, result.ExitCode);
        var expected = Path.Combine(Examples, "shop-broken", "expected.txt");
        if (Environment.GetEnvironmentVariable("MESHLINT_ACCEPT") == "1")
            File.WriteAllText(expected, result.Out);
        Assert.Equal(File.ReadAllText(expected).ReplaceLineEndings("\n"), result.Out);
        foreach (var slug in new[] { "target-port-not-found", "ambiguous-backend-ref", "port-conflict", "section-name-not-found" })
            Assert.Contains(slug, result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("demo-kubernetes")]
    public void A_clean_example_builds_and_builds_again_to_the_same_bytes(string example)
    {
        using var cli = Copy(example);
        Assert.Equal(0, cli.Run("build", example, "--out", "first").ExitCode);
        Assert.Equal(0, cli.Run("build", example, "--out", "second").ExitCode);
        var first = Tree(cli.PathOf("first"));
        Assert.Contains("graph.json", first.Keys);
        Assert.Contains("migration/plan.md", first.Keys);
        Assert.Contains("migration/plan.json", first.Keys);
        Assert.Equal(first, Tree(cli.PathOf("second")));
    }

    [Theory]
    [InlineData("shop/global/routes.yaml")]
    [InlineData("shop/zones/east")]
    [InlineData("demo-kubernetes/mesh")]
    public void A_part_of_a_clean_example_has_no_errors(string part)
    {
        using var cli = Copy(part[..part.IndexOf('/', StringComparison.Ordinal)]);
        var result = cli.Run("check", part, "--format", "concise");
        Assert.DoesNotContain(" error ", result.Out, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    private static CliTester Copy(string example)
    {
        var cli = new CliTester();
        foreach (var (path, text) in Tree(Path.Combine(Examples, example)))
            cli.Write($"{example}/{path}", text);
        return cli;
    }

    private static SortedDictionary<string, string> Tree(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllText(file);
        return files;
    }
}
