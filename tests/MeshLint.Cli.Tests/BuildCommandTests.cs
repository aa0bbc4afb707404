using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>What a build writes, and above all what it leaves alone.</summary>
public sealed class BuildCommandTests
{
    private const string Clean = "type: Mesh\nname: default\n";
    private const string Broken = "type: Mesh\nname: default\nname: other\n";

    private static string[] Siblings(CliTester cli) => [.. Directory.EnumerateFileSystemEntries(cli.Folder).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Writes_both_forms_and_the_graph()
    {
        using var cli = new CliTester();
        var result = cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "out");
        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(cli.PathOf("out/graph.json")));
        Assert.True(File.Exists(cli.PathOf("out/.meshlint-output")));
        Assert.NotEmpty(Directory.EnumerateFiles(cli.PathOf("out/kubernetes"), "*.yaml", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.EnumerateFiles(cli.PathOf("out/universal"), "*.yaml", SearchOption.AllDirectories));
        Assert.EndsWith("wrote out\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(["out", "repo"], Siblings(cli));
    }

    [Fact]
    public void Writes_one_form_when_asked()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "out", "--form", "universal");
        Assert.True(Directory.Exists(cli.PathOf("out/universal")));
        Assert.False(Directory.Exists(cli.PathOf("out/kubernetes")));
    }

    [Fact]
    public void Errors_write_nothing_unless_told_to_go_on()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Broken);
        var stopped = cli.Run("build", "repo", "--out", "out");
        Assert.Equal(1, stopped.ExitCode);
        Assert.Equal(["repo"], Siblings(cli));
        var going = cli.Run("build", "repo", "--out", "out", "--keep-going");
        Assert.Equal(1, going.ExitCode);
        Assert.True(File.Exists(cli.PathOf("out/graph.json")));
    }

    [Fact]
    public void An_error_leaves_the_earlier_output_as_it_was()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "out");
        var before = cli.Read("out/graph.json");
        cli.Write("repo/mesh.yaml", Broken).Run("build", "repo", "--out", "out");
        Assert.Equal(before, cli.Read("out/graph.json"));
        Assert.Equal(["out", "repo"], Siblings(cli));
    }

    [Fact]
    public void A_second_build_replaces_the_folder_as_a_whole()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "out");
        cli.Write("out/stale.txt", "x");
        cli.Write("repo/mesh.yaml", "type: Mesh\nname: other\n");
        Assert.Equal(0, cli.Run("build", "repo", "--out", "out").ExitCode);
        Assert.False(File.Exists(cli.PathOf("out/stale.txt")));
        Assert.Contains("other", cli.Read("out/graph.json"), StringComparison.Ordinal);
        Assert.Equal(["out", "repo"], Siblings(cli));
    }

    [Fact]
    public void A_folder_of_somebody_else_is_never_touched()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Write("precious/thing.txt", "x");
        var result = cli.Run("build", "repo", "--out", "precious");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.Equal($"meshlint: '{cli.PathOf("precious")}' was not written by MeshLint (it holds no .meshlint-output) and is left alone; name another folder or remove it\n", result.Error);
        Assert.Equal(["thing.txt"], Directory.EnumerateFileSystemEntries(cli.PathOf("precious")).Select(p => Path.GetFileName(p)));
        Assert.Equal(2, cli.Run("build", "repo", "--out", "repo").ExitCode);
        Assert.Equal(2, cli.Run("build", "repo", "--out", ".").ExitCode);
        Assert.Equal(2, cli.Run("build", "repo", "--out", "repo/mesh.yaml").ExitCode);
        Assert.Equal(["precious", "repo"], Siblings(cli));
    }

    [Fact]
    public void A_link_is_not_followed_to_the_output()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Write("target/.meshlint-output", "");
        Directory.CreateSymbolicLink(cli.PathOf("out"), cli.PathOf("target"));
        Assert.Equal(2, cli.Run("build", "repo", "--out", "out").ExitCode);
        Assert.Equal([".meshlint-output"], Directory.EnumerateFileSystemEntries(cli.PathOf("target")).Select(p => Path.GetFileName(p)));
    }

    [Fact]
    public void An_empty_folder_may_be_used()
    {
        using var cli = new CliTester();
        Directory.CreateDirectory(cli.PathOf("out"));
        Assert.Equal(0, cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "out").ExitCode);
        Assert.True(File.Exists(cli.PathOf("out/graph.json")));
    }

    [Fact]
    public void What_was_built_is_no_source()
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", "controlPlanes: [{path: .}]").Write("mesh.yaml", Clean).Run("build", "--out", "out");
        var first = cli.Read("out/graph.json");
        Assert.Equal(0, cli.Run("build", "--out", "out", "--fail-on", "info").ExitCode);
        Assert.Equal(first, cli.Read("out/graph.json"));
    }

    [Fact]
    public void Machine_formats_stay_pure()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Broken);
        foreach (var keepGoing in (string[][])[[], ["--keep-going"]])
        {
            var result = cli.Run(["build", "repo", "--out", "out", "--format", "json", .. keepGoing]);
            Assert.Equal((1, ""), (result.ExitCode, result.Error));
            System.Text.Json.JsonDocument.Parse(result.Out).Dispose();
        }
    }
}
