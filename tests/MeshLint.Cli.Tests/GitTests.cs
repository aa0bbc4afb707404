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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_that_the_repository_configures_is_run(bool isLeftToGit)
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
        if (isLeftToGit)
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
    public void A_configuration_in_conflict_does_not_run_without()
    {
        using var cli = Repository();
        cli.Git("checkout", "-q", "-b", "other");
        cli.Write(".meshlint.yaml", "kumaVersion: \"2.13\"\n").Git("commit", "-qam", "left");
        cli.Git("checkout", "-q", "main");
        cli.Write(".meshlint.yaml", "kumaVersion: \"2.12\"\n").Git("commit", "-qam", "right");
        Assert.Throws<InvalidOperationException>(() => cli.Git("merge", "-q", "other"));
        foreach (var path in (string[])[".", "meshes", "meshes/a.yaml"])
        {
            var result = cli.Run("check", path, "--staged");
            Assert.Equal((2, "", "meshlint: the configuration '.meshlint.yaml' cannot be read: it is in conflict in the index\n"), (result.ExitCode, result.Out, result.Error));
        }

        // One that the user names is another one.
        Assert.Equal(0, cli.Write("mine.yaml", "controlPlanes: [{path: .}]\n").Run("check", "--staged", "--config", "mine.yaml").ExitCode);
    }

    [Fact]
    public void A_configuration_that_is_a_link_or_too_large_or_missing_does_not_run_without()
    {
        using var cli = Repository();
        File.Delete(cli.PathOf(".meshlint.yaml"));
        File.CreateSymbolicLink(cli.PathOf(".meshlint.yaml"), "/etc/passwd");
        cli.Git("add", ".");
        const string start = "meshlint: the configuration '.meshlint.yaml'";
        Assert.Equal((2, $"{start} cannot be read: it is a symbolic link, which is not followed\n"), (cli.Run("check", "--staged").ExitCode, cli.Run("check", "--staged").Error));
        cli.Git("update-index", "--cacheinfo", "100644,0123456789012345678901234567890123456789,.meshlint.yaml");
        Assert.Equal($"{start} cannot be read: git does not have the object\n", cli.Run("check", "--staged").Error);
        File.Delete(cli.PathOf(".meshlint.yaml"));
        cli.Write(".meshlint.yaml", new string('#', (16 << 20) + 1)).Git("add", ".");
        Assert.Equal($"{start} is not read: it has 16777217 bytes, the limit is 16777216\n", cli.Run("check", "--staged").Error);
    }

    [Fact]
    public void No_program_of_the_repository_is_started()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var cli = Repository();
        cli.Write("meshes/a.yaml", Clean).Git("add", ".");
        foreach (var folder in (string[])["", "bin/", "meshes/deep/"])
        {
            cli.Write($"{folder}git", $"#!/bin/sh\ntouch {cli.PathOf("sprung")}\nexit 1\n");
            File.SetUnixFileMode(cli.PathOf($"{folder}git"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var elsewhere = new CliTester();
        Directory.CreateSymbolicLink(elsewhere.PathOf("folder"), cli.PathOf("bin"));
        Directory.CreateDirectory(elsewhere.PathOf("links"));
        File.CreateSymbolicLink(elsewhere.PathOf("links/git"), cli.PathOf("bin/git"));
        var real = System.Environment.GetEnvironmentVariable("PATH");
        foreach (var planted in (string[])["", ".", "bin", "./bin", cli.Folder, cli.PathOf("bin"), $"{cli.Folder}/bin/../bin/", elsewhere.PathOf("folder"), elsewhere.PathOf("links")])
        {
            cli.Environment["PATH"] = $"{planted}:{real}";
            Assert.Equal(0, cli.Run("check", "--staged").ExitCode);
            Assert.Equal(0, cli.RunIn("meshes/deep", "check", "--rev", "HEAD").ExitCode);
            cli.Environment["PATH"] = planted;
            Assert.Equal(0, cli.Run("check", "--staged").ExitCode);
            // What libgit2 leaves to git.
            cli.Write(".git/objects/info/alternates", "");
            var alone = cli.Run("check", "--staged");
            Assert.Equal((2, "meshlint: git is needed for this and is in no absolute folder of PATH outside of what is read: the repository has 'objects/info/alternates'\n"), (alone.ExitCode, alone.Error));
            cli.Environment["PATH"] = $"{planted}:{real}";
            Assert.Equal(0, cli.Run("check", "--staged").ExitCode);
            Assert.Equal(0, cli.RunIn("meshes/deep", "check", "--rev", "HEAD").ExitCode);
            File.Delete(cli.PathOf(".git/objects/info/alternates"));
        }

        cli.Write(".git/objects/info/alternates", "");
        if (CliProcess.IsAvailable)
        {
            Assert.Equal(0, CliProcess.Shell(cli.Folder, "PATH=\".::$PWD/bin:bin:$PATH\" meshlint check --staged").ExitCode);
            Assert.Equal(0, CliProcess.Shell(cli.PathOf("meshes/deep"), "PATH=\".:$PATH\" meshlint check --rev HEAD").ExitCode);
        }

        Assert.False(File.Exists(cli.PathOf("sprung")), "a program of the repository was started");
    }

    [Theory]
    [InlineData("rm .git/index; mkfifo .git/index", "--staged")]
    [InlineData("rm .git/HEAD; mkfifo .git/HEAD", "--rev=HEAD")]
    [InlineData("mkfifo .git/pipe; git config include.path pipe", "--staged")]
    [InlineData("rm .git/refs/heads/main; mkfifo .git/refs/heads/main", "--rev=main")]
    [InlineData("mkdir -p .git/objects/info; mkfifo .git/objects/info/alternates", "--rev=HEAD")]
    public void A_pipe_inside_of_git_does_not_hang(string script, string option)
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        cli.GitSilence = TimeSpan.FromSeconds(2);
        Assert.Equal(0, CliProcess.Shell(cli.Folder, script).ExitCode);
        var result = cli.Run("check", option);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("meshlint: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_git_that_gives_no_answer_is_ended_and_told()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        // A shorter limit than the program's: then it runs in this process.
        cli.GitSilence = TimeSpan.FromSeconds(1.5);
        Assert.Equal(0, CliProcess.Shell(cli.Folder, "rm .git/index; mkfifo .git/index").ExitCode);
        Assert.Equal("meshlint: '.git/index' cannot be read: it is a pipe, a device or a socket, not a regular file\n", cli.Run("check", "--staged").Error);
        // What libgit2 leaves to git; the pipe lies behind a link.
        Assert.Equal(0, CliProcess.Shell(cli.Folder, "mv .git/index .git/pipe; ln -s pipe .git/index").ExitCode);
        Assert.Equal("meshlint: git gave no answer for 1.5 seconds and was ended\n", cli.Run("check", "--staged").Error);
    }

    [Fact]
    public void Links_that_lead_out_are_told_and_names_that_are_not_UTF8_too()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        cli.Write("meshes/a.yaml", Clean);
        Assert.Equal(0, CliProcess.Shell(cli.Folder, "ln -s ../../x.yaml meshes/out.yaml; ln -s ../meshes/a.yaml meshes/in.yaml; ln -s /etc/hosts meshes/abs.yaml; echo x > $'n\\xff.yaml'; echo x > $'n\\xfe.yaml'; git add .").ExitCode);
        Assert.Equal(0, CliProcess.Shell(cli.Folder, "rm n*").ExitCode);
        var staged = cli.Run("check", "--staged", "--format", "concise");
        const string told = "is left out: it is a symbolic link that leads out of the repository or nowhere\n";
        Assert.Equal(
            $"meshes/abs.yaml:1:1: info ML0014 left-out: 'meshes/abs.yaml' {told}meshes/out.yaml:1:1: info ML0014 left-out: 'meshes/out.yaml' {told}"
            + "n\uFFFD.yaml:1:1: error ML0007 unreadable-file: 'n\uFFFD.yaml' cannot be read: its name is not UTF-8\n",
            staged.Out);
        Assert.Equal("meshlint: 'meshes/abs.yaml' is a symbolic link, which is not followed\n", cli.Run("check", "meshes/abs.yaml", "--staged").Error);
    }

    [Fact]
    public void What_was_built_and_committed_is_no_source_and_is_told_once()
    {
        using var cli = Repository();
        cli.Write("meshes/a.yaml", Clean);
        Assert.Equal(0, cli.Run("build", "--out", "out").ExitCode);
        cli.Git("add", ".");
        var staged = cli.Run("check", "--staged", "--format", "concise");
        Assert.Equal(cli.Run("check", "--format", "concise").Out, staged.Out);
        Assert.StartsWith("out/.meshlint-output:1:1: info ML0014 left-out: ", staged.Out, StringComparison.Ordinal);
        Assert.Single(staged.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        // A list says nothing about what was put beside its files or into them.
        cli.Write("out/added.yaml", Broken).Write("out/universal/default/_/Mesh/default.yaml", Broken).Git("add", ".");
        foreach (var arguments in (string[][])[["check", "--format", "concise"], ["check", "--staged", "--format", "concise"]])
        {
            var output = cli.Run(arguments).Out;
            Assert.Contains("out/added.yaml:3:1: error ML0003", output, StringComparison.Ordinal);
            Assert.Contains("out/universal/default/_/Mesh/default.yaml:3:1: error ML0003", output, StringComparison.Ordinal);
        }
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
