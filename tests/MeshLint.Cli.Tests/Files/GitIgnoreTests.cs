using MeshLint.Cli.Files;
using Xunit;

namespace MeshLint.Cli.Tests.Files;

/// <summary>The examples of gitignore(5), and the corners that people trip over. Git itself is the judge in <see cref="Agrees_with_git"/>.</summary>
public sealed class GitIgnoreTests
{
    // (rules, path, is a folder, ignored)
    [Theory]
    [InlineData("hello.*", "hello.yaml", false, true)]
    [InlineData("hello.*", "a/hello.yaml", false, true)]
    [InlineData("/hello.*", "hello.yaml", false, true)]
    [InlineData("/hello.*", "a/hello.yaml", false, null)]
    [InlineData("foo/", "foo", true, true)]
    [InlineData("foo/", "foo", false, null)]
    [InlineData("foo/", "a/foo", true, true)]
    [InlineData("doc/frotz", "doc/frotz", false, true)]
    [InlineData("doc/frotz", "a/doc/frotz", false, null)]
    [InlineData("foo/*", "foo/test.json", false, true)]
    [InlineData("foo/*", "foo/bar/hello.c", false, null)]
    [InlineData("**/foo", "foo", false, true)]
    [InlineData("**/foo", "a/b/foo", false, true)]
    [InlineData("**/foo/bar", "x/foo/bar", false, true)]
    [InlineData("abc/**", "abc/x", false, true)]
    [InlineData("abc/**", "abc", true, null)]
    [InlineData("a/**/b", "a/b", false, true)]
    [InlineData("a/**/b", "a/x/y/b", false, true)]
    [InlineData("*.yaml\n!keep.yaml", "keep.yaml", false, false)]
    [InlineData("*.yaml\n!keep.yaml", "other.yaml", false, true)]
    [InlineData("!keep.yaml\n*.yaml", "keep.yaml", false, true)]
    [InlineData("# note\n\n", "# note", false, null)]
    [InlineData("\\#real", "#real", false, true)]
    [InlineData("\\!real", "!real", false, true)]
    [InlineData("trailing   ", "trailing", false, true)]
    [InlineData("trailing\\ ", "trailing ", false, true)]
    [InlineData("[ab].yaml", "a.yaml", false, true)]
    [InlineData("[!ab].yaml", "a.yaml", false, null)]
    [InlineData("[!ab].yaml", "c.yaml", false, true)]
    [InlineData("[a-c]?.yaml", "bz.yaml", false, true)]
    [InlineData("[unclosed", "u", false, null)]
    [InlineData("x?y", "x/y", false, null)]
    [InlineData("*", "anything", true, true)]
    public void Rules(string rules, string path, bool isFolder, bool? ignored) =>
        Assert.Equal(ignored, GitIgnore.Parse(rules).IsIgnored(path, isFolder));

    [Fact]
    public void A_hostile_pattern_takes_no_time()
    {
        var rules = GitIgnore.Parse(string.Concat(Enumerable.Repeat("**/*a", 200)) + "\n" + string.Concat(Enumerable.Repeat("*a", 2000)) + "b");
        var path = string.Join('/', Enumerable.Repeat("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 50));
        Assert.Null(rules.IsIgnored(path, false));
    }

    [Fact]
    public void Agrees_with_git()
    {
        using var cli = new CliTester();
        cli.Git("init", "-q");
        cli.Write(".gitignore", "*.json\n!important.json\n/top/\nbuild/\n**/gen/**\n!**/gen/keep/\ndeep/**/x.yaml\n[0-9]*.yml\n");
        cli.Write("a/.gitignore", "!*.json\nsecret.yaml\n/only-here.yaml\n");
        string[] paths =
        [
            "x.json", "important.json", "a/x.json", "a/important.json", "top/x.yaml", "a/top/x.yaml", "build/x.yaml", "a/build/y.yaml", "gen/x.yaml",
            "b/gen/keep/x.yaml", "deep/x.yaml", "deep/a/b/x.yaml", "deep/a/y.yaml", "1.yml", "a/2x.yml", "x1.yml", "a/secret.yaml", "a/b/secret.yaml",
            "secret.yaml", "a/only-here.yaml", "a/b/only-here.yaml",
        ];
        foreach (var path in paths)
            cli.Write(path, "a: b\n");
        var tracked = cli.Git("ls-files", "-z", "--others", "--exclude-standard").Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(p => !p.EndsWith(".gitignore", StringComparison.Ordinal));
        var ours = FileTree.List(cli.Folder, [cli.Folder], []).Select(f => f.Path);
        Assert.Equal(tracked.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }
}
