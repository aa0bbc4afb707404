using System.Text;
using MeshLint.Cli.Files;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>Killed at any moment, nothing is left that git or a next run sees.</summary>
public sealed class StagingTests
{
    private static CliTester Repository()
    {
        var text = new StringBuilder("type: Mesh\nname: default\n");
        for (var i = 0; i < 2500; i++)
            text.Append($"---\ntype: MeshTimeout\nmesh: default\nname: t{i}\nspec: {{targetRef: {{kind: Mesh}}, to: [{{targetRef: {{kind: Mesh}}, default: {{idleTimeout: 20s}}}}]}}\n");
        var cli = new CliTester();
        cli.Write("a.yaml", text.ToString()).Write(".meshlint.yaml", "controlPlanes: [{path: .}]\n");
        cli.Git("init", "-q");
        cli.Git("add", ".");
        cli.Git("commit", "-qm", "first");
        return cli;
    }

    private static string[] Leftovers(CliTester cli) => Directory.GetFileSystemEntries(cli.Folder, ".meshlint-staging-*");

    // "exec" so that the signal reaches the program; it is sent once files of the output are being written.
    private static int KillWhileWriting(CliTester cli, string signal)
    {
        using var process = CliProcess.Start(cli.Folder, "exec \"$DOTNET\" exec \"$DLL\" build . --out out --keep-going --format concise >/dev/null");
        while (!Leftovers(cli).Any(f => Directory.Exists(Path.Combine(f, "new", "kubernetes"))))
        {
            Assert.False(process.HasExited, "the build ended before anything was seen of it");
            Thread.Sleep(1);
        }

        using (var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        return process.ExitCode;
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_removes_the_staging_folder(string signal, int exitCode)
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        Assert.Equal(exitCode, KillWhileWriting(cli, signal));
        Assert.Empty(Leftovers(cli));
        Assert.False(Directory.Exists(cli.PathOf("out")));
        Assert.Equal("", cli.Git("status", "--short"));
    }

    [Fact]
    public void After_a_kill_nobody_reads_the_staging_folder_and_the_next_build_removes_it()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        KillWhileWriting(cli, "KILL");
        Assert.Single(Leftovers(cli));
        Assert.Equal("", cli.Git("status", "--short"));
        Assert.Contains("\"files\": 1,", cli.Run("check", "--format", "json").Out, StringComparison.Ordinal);
        // Any output beside it will do.
        Assert.Equal(0, cli.Run("check", "--format", "json=found.json").ExitCode);
        Assert.Empty(Leftovers(cli));
    }

    [Fact]
    public void Only_what_a_dead_process_left_is_removed()
    {
        using var cli = new CliTester();
        cli.Write(".meshlint-staging-00000001/lock", "").Write(".meshlint-staging-00000001/.gitignore", "*\n").Write(".meshlint-staging-00000001/new/a", "x");
        cli.Write(".meshlint-staging-00000002/lock", "").Write(".meshlint-staging-00000002/mine.yaml", "x");
        cli.Write(".meshlint-staging-other/lock", "");
        Directory.CreateDirectory(cli.PathOf(".meshlint-staging-00000003"));
        if (CliProcess.IsAvailable)
            Assert.Equal(0, CliProcess.Shell(cli.Folder, "mkdir .meshlint-staging-00000005; mkfifo .meshlint-staging-00000005/lock").ExitCode);
        using (var first = StagingFolder.Create(cli.Folder))
        using (var second = StagingFolder.Create(cli.Folder))
        {
            Directory.CreateDirectory(first.Content);
            Assert.True(Directory.Exists(first.Content), "a folder in use was removed");
            Assert.NotEqual(first.Content, second.Content);
        }

        string[] left = [".meshlint-staging-00000002", ".meshlint-staging-00000005", ".meshlint-staging-other"];
        Assert.Equal(CliProcess.IsAvailable ? left : [left[0], left[2]], Leftovers(cli).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));
    }
}
