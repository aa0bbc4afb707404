using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>The native file gives, byte for byte, what the code in this process gives: findings in each form, manifests, graph and plan.</summary>
public sealed class NativeTests
{
    /// <summary>The examples, and where they are at hand the recorded corpus: pages of Kuma's documentation with all sorts of documents.</summary>
    public static TheoryData<string> Folders()
    {
        var folders = new TheoryData<string>();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(SharedData.ProjectRoot, "examples")).Order(StringComparer.Ordinal))
            folders.Add(folder);
        if (SharedData.Root is not null)
        {
            foreach (var folder in Directory.EnumerateDirectories(SharedData.PathOf("corpus")).Order(StringComparer.Ordinal))
                folders.Add(folder);
        }

        return folders;
    }

    [NativeTheory]
    [MemberData(nameof(Folders))]
    public void Findings_are_the_same(string folder)
    {
        using var cli = new CliTester();
        foreach (var arguments in (string[][])
                 [
                     ["check", folder], ["check", folder, "--format", "concise"], ["check", folder, "--format", "github", "--max-diagnostics", "0"],
                     ["check", folder, "--format", "json", "--kuma-version", "2.9,2.11,2.14,3.0"],
                     ["graph", folder, "--as", "json"], ["graph", folder, "--as", "dot"], ["graph", folder, "--as", "mermaid"], ["graph", folder, "--as", "html"],
                 ])
        {
            Assert.Equal(cli.RunHere(arguments), cli.Run(arguments));
        }
    }

    [NativeTheory]
    [MemberData(nameof(Folders))]
    public void What_is_built_is_the_same(string folder)
    {
        foreach (var version in (string[])["2.11", "2.14", "3.0"])
        {
            using var cli = new CliTester();
            var here = cli.RunHere("build", folder, "--out", "here", "--keep-going", "--kuma-version", version);
            var native = cli.Run("build", folder, "--out", "native", "--keep-going", "--kuma-version", version);
            Assert.Equal(here.ExitCode, native.ExitCode);
            Assert.Equal(here.Out.Replace("wrote here", "wrote native", StringComparison.Ordinal), native.Out);
            var expected = Tree(cli.PathOf("here"));
            Assert.Contains("migration/plan.md", expected.Keys);
            Assert.Equal(expected, Tree(cli.PathOf("native")));
        }
    }

    [NativeFact]
    public void Every_page_and_the_catalogue_are_in_the_file()
    {
        using var cli = new CliTester();
        foreach (var arguments in (string[][])[["rules"], ["rules", "--format", "json"], ["init", "--help"], ["explain", "ML0003"]])
            Assert.Equal(cli.RunHere(arguments).Out.Replace("testhost", "meshlint", StringComparison.Ordinal), cli.Run(arguments).Out);
        foreach (var descriptor in Analysis.Rules.RuleCatalog.Descriptors)
            Assert.Equal(cli.RunHere("explain", descriptor.Id), cli.Run("explain", descriptor.Id));
        Assert.Equal($"{Program.VersionLine()}\n", cli.Run("--version").Out);
    }

    private static SortedDictionary<string, string> Tree(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllText(file);
        return files;
    }
}
