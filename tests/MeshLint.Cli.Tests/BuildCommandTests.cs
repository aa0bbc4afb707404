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
        Assert.True(File.Exists(cli.PathOf("out/universal/default/_/Mesh/default.yaml")));
        cli.Write("repo/mesh.yaml", "type: Mesh\nname: other\n");
        Assert.Equal(0, cli.Run("build", "repo", "--out", "out").ExitCode);
        Assert.False(File.Exists(cli.PathOf("out/universal/default/_/Mesh/default.yaml")));
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
        Assert.Equal("meshlint: 'precious' was not written by MeshLint (it holds no .meshlint-output) and is left alone; name another folder or remove it\n", result.Error);
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
        var second = cli.Run("build", "--out", "out", "--fail-on", "warning", "--format", "concise");
        Assert.Equal(0, second.ExitCode);
        Assert.Single(second.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("out/.meshlint-output:1:1: info ML0014 left-out: 'out/.meshlint-output' is left out: 'meshlint build' wrote ", second.Out, StringComparison.Ordinal);
        Assert.Equal(first, cli.Read("out/graph.json"));
    }

    [Fact]
    public void A_list_of_outputs_does_not_switch_the_linter_off()
    {
        using var cli = new CliTester();
        cli.Write(".meshlint.yaml", "controlPlanes: [{path: .}]").Write("mesh.yaml", Broken).Write("zone/mesh.yaml", Broken);
        cli.Write(".meshlint-output", "This folder was written by 'meshlint build', which replaces it as a whole.\n").Write("zone/.meshlint-output", "");
        var output = cli.Run("check", "--format", "concise").Out;
        Assert.Contains("\nzone/mesh.yaml:3:1: error ML0003", output, StringComparison.Ordinal);
        Assert.StartsWith("mesh.yaml:3:1: error ML0003", output, StringComparison.Ordinal);
        // A true list in the folder that is read, too: it says what a build wrote, and still this is what is to be judged.
        cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "built");
        cli.Write("built/universal/default/_/Mesh/other.yaml", Broken);
        Assert.Contains("ML0003", cli.Run("check", "built", "--format", "concise").Out, StringComparison.Ordinal);
        Assert.Contains("ML0003", cli.RunIn("built", "check", "--format", "concise").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".", ".", "'.' is the source itself and cannot be the output; name another folder")]
    [InlineData("repo", "repo", "'repo' is the source itself and cannot be the output; name another folder")]
    [InlineData("repo/deep", "repo", "'repo' holds the source and cannot be the output; name another folder")]
    [InlineData("repo/deep", ".", "'.' holds the source and cannot be the output; name another folder")]
    [InlineData("repo/deep/mesh.yaml", "repo/deep", "'repo/deep' holds the source and cannot be the output; name another folder")]
    public void The_output_is_never_the_source_nor_above_it(string source, string output, string message)
    {
        using var cli = new CliTester();
        // A tree that claims to be an output as a whole: nothing in it but what its list names.
        cli.Write("repo/deep/mesh.yaml", Clean);
        string Digest(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(cli.PathOf(path))));
        const string header = "# Written by 'meshlint build', which replaces this folder as a whole.\n";
        var digest = Digest("repo/deep/mesh.yaml");
        cli.Write("repo/deep/.meshlint-output", $"{header}{digest}  mesh.yaml\n");
        cli.Write("repo/.meshlint-output", $"{header}{Digest("repo/deep/.meshlint-output")}  deep/.meshlint-output\n{digest}  deep/mesh.yaml\n");
        var all = Directory.EnumerateFiles(cli.PathOf("repo"), "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(cli.Folder, p)).Order(StringComparer.Ordinal).ToArray();
        cli.Write(".meshlint-output", header + string.Concat(all.Select(p => $"{Digest(p)}  {p}\n")));
        var result = cli.Run("build", source, "--out", output);
        Assert.Equal((2, "", $"meshlint: {message}\n"), (result.ExitCode, result.Out, result.Error));
        Assert.Equal(Clean, cli.Read("repo/deep/mesh.yaml"));
    }

    [Fact]
    public void An_output_that_holds_anything_else_is_left_alone()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean);
        void Refused(string file, Action change)
        {
            Directory.CreateDirectory(cli.PathOf("out"));
            Directory.Delete(cli.PathOf("out"), recursive: true);
            Assert.Equal(0, cli.Run("build", "repo", "--out", "out").ExitCode);
            change();
            var result = cli.Run("build", "repo", "--out", "out");
            Assert.Equal((2, $"meshlint: 'out' is left alone: it holds '{file}', which MeshLint did not write or which was changed since; name another folder or remove it\n"), (result.ExitCode, result.Error));
            Assert.Equal(["out", "repo"], Siblings(cli));
        }

        Refused("a.txt", () => cli.Write("out/z.txt", "x").Write("out/a.txt", "x"));
        Refused("graph.json", () => cli.Write("out/graph.json", "mine"));
        Refused(".git", () => cli.Write("out/.git/config", "x"));
        Refused("empty", () => Directory.CreateDirectory(cli.PathOf("out/empty")));
        Refused("migration/mine", () => cli.Write("out/migration/mine", "x"));
        Refused("graph.json", () =>
        {
            File.Delete(cli.PathOf("out/graph.json"));
            File.CreateSymbolicLink(cli.PathOf("out/graph.json"), cli.PathOf("repo/mesh.yaml"));
        });
        cli.Write("out/.meshlint-output", "This folder was written by 'meshlint build', which replaces it as a whole.\n");
        Assert.Equal("meshlint: 'out' is left alone: its .meshlint-output does not list what MeshLint wrote; name another folder or remove it\n", cli.Run("build", "repo", "--out", "out").Error);
    }

    [Fact]
    public void What_is_missing_from_an_output_is_made_again()
    {
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "out");
        File.Delete(cli.PathOf("out/graph.json"));
        Assert.Equal(0, cli.Run("build", "repo", "--out", "out").ExitCode);
        Assert.True(File.Exists(cli.PathOf("out/graph.json")));
    }

    [Fact]
    public void A_read_only_output_is_one_line()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Run("build", "repo", "--out", "out");
        var before = cli.Read("out/.meshlint-output");
        CliTester.SetMode(cli.PathOf("out/migration"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = cli.Run("build", "repo", "--out", "out");
        Assert.Equal((2, "", "meshlint: 'out/migration' is read-only, so that 'out' cannot be replaced\n"), (result.ExitCode, result.Out, result.Error));
        Assert.Equal(before, cli.Read("out/.meshlint-output"));
        Assert.Equal(["out", "repo"], Siblings(cli));
    }

    [Fact]
    public void Without_permission_it_is_one_line()
    {
        // Nobody is refused anything as root: there the program runs as somebody else.
        if (!CliProcess.IsAvailable || (IsRoot && !File.Exists("/usr/bin/setpriv")))
            return;
        using var cli = new CliTester();
        cli.Write("repo/mesh.yaml", Clean).Write("closed/x", "");
        CliTester.SetMode(cli.PathOf("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        CliTester.SetMode(cli.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var start = IsRoot ? $"setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent DOTNET_CLI_HOME=/tmp {CliProcess.Program}" : "meshlint";
        foreach (var (arguments, shown) in ((string, string)[])[("build repo --out closed/out", "closed/out"), ("build repo --out out", "out"), ("check repo --format json=found.json", "found.json")])
        {
            var result = CliProcess.Shell(cli.Folder, $"{start} {arguments}");
            Assert.Equal((3, "", $"meshlint: '{shown}' cannot be written: permission denied\n"), (result.ExitCode, result.Out, result.Error));
        }
    }

    private static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

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
