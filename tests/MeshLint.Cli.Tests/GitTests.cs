using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>Reading revisions and the index, also of repositories that mean harm.</summary>
public sealed class GitTests
{
    private const string Clean = "type: Mesh\nname: default\n";
    private const string Broken = "type: Mesh\nname: default\nname: other\n";

    private static CliTester Repository()
    {
        var cli = new CliTester();
        cli.Git("init", "-q");
        cli.Write(".meshlint.yaml", "controlPlanes: [{path: .}]\n").Write("meshes/a.yaml", Broken).Write("meshes/deep/b.yaml", Clean.Replace("default", "b", StringComparison.Ordinal));
        cli.Git("add", ".");
        cli.Git("commit", "-q", "-m", "first");
        cli.Write("meshes/a.yaml", Clean);
        return cli;
    }

    [Fact]
    public void A_revision_is_read_without_the_work_tree()
    {
        using var cli = Repository();
        Assert.Equal(0, cli.Run("check").ExitCode);
        var result = cli.Run("check", "--rev", "HEAD", "--format", "concise");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("meshes/a.yaml:3:1: error ML0003", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Staged_is_what_the_next_commit_holds()
    {
        using var cli = Repository();
        Assert.Equal(1, cli.Run("check", "--staged").ExitCode);
        cli.Git("add", ".");
        Assert.Equal(0, cli.Run("check", "--staged").ExitCode);
    }

    [Fact]
    public void A_folder_of_a_revision_with_the_configuration_above_it()
    {
        using var cli = Repository();
        var result = cli.Run("check", "meshes/deep", "--rev", "HEAD", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"documents\": 1,", result.Out, StringComparison.Ordinal);
        cli.Git("rm", "-rq", "-f", "meshes");
        cli.Git("commit", "-qm", "gone");
        Assert.Equal(1, cli.Run("check", "meshes", "--rev", "HEAD~1").ExitCode);
        Assert.Equal(1, cli.Run("check", "meshes/a.yaml", "--rev", "HEAD~1").ExitCode);
        Assert.Equal("meshlint: there is no file or folder 'meshes' in 'HEAD'\n", cli.Run("check", "meshes", "--rev", "HEAD").Error);
    }

    [Fact]
    public void Links_and_submodules_are_left_out()
    {
        using var cli = Repository();
        File.CreateSymbolicLink(cli.PathOf("meshes/link.yaml"), "/etc/passwd");
        cli.Git("add", ".");
        cli.Git("update-index", "--add", "--cacheinfo", "160000,0123456789012345678901234567890123456789,sub.yaml");
        cli.Git("commit", "-qm", "odd");
        var result = cli.Run("check", "--rev", "HEAD", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"files\": 2,", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output=/tmp/meshlint-injected")]
    [InlineData("-p")]
    [InlineData("HEAD --all")]
    [InlineData("no-such-branch")]
    [InlineData("HEAD:meshes/a.yaml")]
    [InlineData("")]
    public void A_revision_is_no_option_and_no_path(string revision)
    {
        using var cli = Repository();
        var result = cli.Run("check", $"--rev={revision}");
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists("/tmp/meshlint-injected"));
    }

    [Fact]
    public void No_repository_is_one_clear_line()
    {
        using var cli = new CliTester();
        var result = cli.Write("a.yaml", Clean).Run("check", "--rev", "HEAD");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("meshlint: git: not a git repository", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_the_repository_configures_is_run()
    {
        using var cli = Repository();
        var trap = cli.PathOf("trap.sh");
        var sprung = cli.PathOf("sprung");
        File.WriteAllText(trap, $"#!/bin/sh\ntouch {sprung}\ncat\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(trap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(cli.PathOf(".git/hooks"));
        foreach (var hook in (string[])["post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"])
            File.Copy(trap, cli.PathOf($".git/hooks/{hook}"), overwrite: true);
        foreach (var key in (string[])["core.fsmonitor", "core.pager", "pager.ls-tree", "pager.rev-parse", "pager.cat-file", "core.editor", "core.sshCommand", "credential.helper", "filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.external", "core.alternateRefsCommand"])
            cli.Git("config", key, trap);
        cli.Git("config", "remote.origin.url", $"ext::{trap}");
        cli.Git("config", "remote.origin.promisor", "true");
        cli.Git("config", "extensions.partialClone", "origin");
        cli.Git("config", "protocol.ext.allow", "always");
        cli.Write(".gitattributes", "* filter=evil diff=evil\n");
        cli.Git("config", "--unset", "core.fsmonitor");
        cli.Git("add", ".gitattributes");
        File.Delete(sprung);
        cli.Git("config", "core.fsmonitor", trap);
        // An object that the repository does not have: a partial clone would fetch it by running the remote's command.
        cli.Git("update-index", "--add", "--cacheinfo", "100644,0123456789012345678901234567890123456789,meshes/missing.yaml");
        File.Delete(sprung);
        cli.Run("check", "--rev", "HEAD");
        var staged = cli.Run("check", "--staged", "--format", "concise");
        Assert.False(File.Exists(sprung), "a command of the repository was run");
        Assert.Contains("meshes/missing.yaml:1:1: error ML0007 unreadable-file", staged.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conflict_in_the_index_is_a_finding()
    {
        using var cli = Repository();
        cli.Git("checkout", "-q", "-b", "other");
        cli.Write("meshes/a.yaml", "type: Mesh\nname: left\n").Git("commit", "-qam", "left");
        cli.Git("checkout", "-q", "main");
        cli.Write("meshes/a.yaml", "type: Mesh\nname: right\n").Git("commit", "-qam", "right");
        Assert.Throws<InvalidOperationException>(() => cli.Git("merge", "-q", "other"));
        Assert.Contains("meshes/a.yaml:1:1: error ML0007 unreadable-file: 'meshes/a.yaml' cannot be read: it is in conflict", cli.Run("check", "--staged", "--format", "concise").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_names_survive()
    {
        using var cli = Repository();
        cli.Write("meshes/tab\tand \"quote\" ä\n.yaml", Broken);
        cli.Git("add", ".");
        var result = cli.Run("check", "--staged", "--format", "concise");
        Assert.Contains("meshes/tab\\tand \"quote\" ä\\n.yaml:3:1: error ML0003", result.Out, StringComparison.Ordinal);
    }
}
