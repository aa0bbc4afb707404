using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>Links, pipes, devices, sizes and names: only regular files inside of the repository are read, and every refusal is told.</summary>
public sealed class SpecialFileTests
{
    private const string Configuration = "controlPlanes: [{path: .}]\n";
    private const string Mesh = "type: Mesh\nname: default\n";
    private const string Secret = "top: secret\n";
    private const string Out = "by a symbolic link, which is not followed";

    private static CliTester Repository()
    {
        var cli = new CliTester();
        cli.Write("outside/secret.yaml", Secret).Write("outside/plan.md.scriban", "secret").Write("repo/a.yaml", Mesh);
        Directory.CreateDirectory(cli.PathOf("repo/.git"));
        return cli;
    }

    private static string Refused(CliTester cli, params string[] arguments)
    {
        var result = cli.RunIn("repo", arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("top", result.Error, StringComparison.Ordinal);
        return result.Error;
    }

    [Fact]
    public void No_link_leads_out_of_the_repository()
    {
        using var cli = Repository();
        File.CreateSymbolicLink(cli.PathOf("repo/link.yaml"), "../outside/secret.yaml");
        Directory.CreateSymbolicLink(cli.PathOf("repo/folder"), cli.PathOf("outside"));
        Directory.CreateSymbolicLink(cli.PathOf("repo/circle"), "circle");
        Assert.Equal($"meshlint: 'link.yaml' leads out of the repository {Out}\n", Refused(cli, "check", "link.yaml"));
        Assert.Equal($"meshlint: 'folder' leads out of the repository {Out}\n", Refused(cli, "check", "folder"));
        Assert.Equal($"meshlint: 'folder/secret.yaml' leads out of the repository {Out}\n", Refused(cli, "check", "folder/secret.yaml"));
        Assert.Equal($"meshlint: 'link.yaml' leads out of the repository {Out}\n", Refused(cli, "check", "--config", "link.yaml"));
        Assert.Equal($"meshlint: 'folder' leads out of the repository {Out}\n", Refused(cli, "build", ".", "--templates", "folder"));
        Assert.Equal($"meshlint: 'folder' leads out of the repository {Out}\n", Refused(cli, "init", "folder"));
        Assert.Equal($"meshlint: 'folder/out' leads out of the repository {Out}\n", Refused(cli, "build", ".", "--out", "folder/out"));
        Assert.Equal($"meshlint: 'folder/x.json' leads out of the repository {Out}\n", cli.RunIn("repo", "check", "--format", "json=folder/x.json").Error);
        Assert.Equal("meshlint: the symbolic links of 'circle' lead in a circle\n", Refused(cli, "check", "circle"));
        cli.Write("repo/templates/x", "");
        File.CreateSymbolicLink(cli.PathOf("repo/templates/plan.md.scriban"), cli.PathOf("outside/plan.md.scriban"));
        Assert.Equal("meshlint: 'templates/plan.md.scriban' is a symbolic link, and templates are read from their folder only\n", Refused(cli, "build", ".", "--templates", "templates"));
        File.CreateSymbolicLink(cli.PathOf("repo/.meshlint.yaml"), cli.PathOf("outside/secret.yaml"));
        Assert.EndsWith($".meshlint.yaml' leads out of the repository {Out}\n", Refused(cli, "check"), StringComparison.Ordinal);
        Assert.EndsWith($".meshlint.yaml' leads out of the repository {Out}\n", cli.RunWithIn("repo", Mesh, "check", "-").Error, StringComparison.Ordinal);
        File.Delete(cli.PathOf("repo/.meshlint.yaml"));
        // Nothing leads anywhere: it does not run without a configuration either.
        File.CreateSymbolicLink(cli.PathOf("repo/.meshlint.yaml"), "nowhere");
        Assert.Contains(".meshlint.yaml' cannot be read: ", Refused(cli, "check"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_inside_of_the_repository_is_followed_where_it_is_named()
    {
        using var cli = Repository();
        cli.Write("repo/conf/real.yaml", Configuration);
        File.CreateSymbolicLink(cli.PathOf("repo/.meshlint.yaml"), "conf/real.yaml");
        File.CreateSymbolicLink(cli.PathOf("repo/mine.yaml"), "a.yaml");
        Directory.CreateSymbolicLink(cli.PathOf("repo/settings"), "conf");
        var result = cli.RunIn("repo", "check", "mine.yaml", "--config", "settings/real.yaml", "--format", "json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("\"documents\": 1,", result.Out, StringComparison.Ordinal);
        Assert.Equal(0, cli.RunIn("repo", "check", "--fail-on", "warning").ExitCode);
    }

    [Fact]
    public void A_link_that_is_met_is_told_where_it_leads_out()
    {
        using var cli = Repository();
        cli.Write("repo/.meshlint.yaml", Configuration).Write("repo/zone/x.txt", "");
        File.CreateSymbolicLink(cli.PathOf("repo/out.yaml"), "../outside/secret.yaml");
        File.CreateSymbolicLink(cli.PathOf("repo/nowhere.yaml"), "nothing");
        File.CreateSymbolicLink(cli.PathOf("repo/inside.yaml"), "a.yaml");
        File.CreateSymbolicLink(cli.PathOf("repo/notes.txt"), "/etc/passwd");
        Directory.CreateSymbolicLink(cli.PathOf("repo/folder"), cli.PathOf("outside"));
        Directory.CreateSymbolicLink(cli.PathOf("repo/again"), "zone");
        var result = cli.RunIn("repo", "check", "--format", "concise");
        const string told = "is left out: it is a symbolic link that leads out of the repository or nowhere";
        Assert.Equal(
            $"folder:1:1: info ML0014 left-out: 'folder' {told}\nnowhere.yaml:1:1: info ML0014 left-out: 'nowhere.yaml' {told}\nout.yaml:1:1: info ML0014 left-out: 'out.yaml' {told}\n",
            result.Out);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"files\": 1,", cli.RunIn("repo", "check", "--format", "json").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check pipe", "'pipe' is a named pipe; what is read is regular files, and standard input where the path is '-'")]
    [InlineData("check <(cat a.yaml)", "'/dev/fd/63' is a named pipe; what is read is regular files, and standard input where the path is '-'")]
    [InlineData("check /dev/zero", "'/dev/zero' is a device; what is read is regular files, and standard input where the path is '-'")]
    [InlineData("check --config pipe", "the configuration 'pipe' cannot be read: it is a named pipe, not a regular file")]
    [InlineData("check --config /dev/zero", "the configuration '/dev/zero' cannot be read: it is a device, not a regular file")]
    [InlineData("check --config /dev", "the configuration '/dev' cannot be read: it is a folder, not a regular file")]
    [InlineData("build . --templates templates", "'templates/plan.md.scriban' cannot be read: it is a named pipe, not a regular file")]
    [InlineData("check - < /dev/zero", "standard input holds more than 256 MiB")]
    public void Pipes_and_devices_are_refused_and_never_waited_for(string command, string message)
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        var result = CliProcess.Shell(cli.PathOf("repo"), $"mkdir templates; mkfifo pipe templates/plan.md.scriban; meshlint {command}");
        Assert.Equal((2, "", $"meshlint: {message}\n"), (result.ExitCode, result.Out, result.Error));
    }

    [Fact]
    public void What_bears_the_name_of_a_source_and_is_none_is_a_finding()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        cli.Write("repo/.meshlint.yaml", Configuration);
        Assert.Equal(0, CliProcess.Shell(cli.PathOf("repo"), "mkfifo pipe.yaml pipe.txt base .gitignore; mkdir k; mkfifo k/kustomization.yaml").ExitCode);
        var result = cli.RunIn("repo", "check", "--format", "concise");
        const string told = "cannot be read: it is a named pipe, not a regular file";
        Assert.Equal(
            string.Concat(((string[])[".gitignore", "k/kustomization.yaml", "pipe.yaml"]).Select(f => $"{f}:1:1: error ML0007 unreadable-file: '{f}' {told}\n")),
            result.Out);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void A_configuration_that_is_a_pipe_or_a_folder_does_not_run_without()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        Assert.Equal(0, CliProcess.Shell(cli.PathOf("repo"), "mkfifo .meshlint.yaml").ExitCode);
        Assert.EndsWith(".meshlint.yaml' cannot be read: it is a named pipe, not a regular file\n", Refused(cli, "check"), StringComparison.Ordinal);
        File.Delete(cli.PathOf("repo/.meshlint.yaml"));
        Directory.CreateDirectory(cli.PathOf("repo/.meshlint.yaml"));
        Assert.EndsWith(".meshlint.yaml' cannot be read: it is a folder, not a regular file\n", Refused(cli, "check"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        using var cli = Repository();
        void Make(string path, long length)
        {
            using var stream = new FileStream(cli.Write(path, "").PathOf(path), FileMode.Open);
            stream.SetLength(length);
        }

        Make("repo/big.yaml", (64 << 20) + 1);
        Assert.Contains("big.yaml:1:1: warning ML0008 file-too-large: 'big.yaml' is not read: it has 67108865 bytes, the limit is 67108864", cli.RunIn("repo", "check", "--format", "concise").Out, StringComparison.Ordinal);
        Make("repo/config.yaml", (16 << 20) + 1);
        Assert.Equal("meshlint: the configuration 'config.yaml' is not read: it has 16777217 bytes, the limit is 16777216\n", Refused(cli, "check", "--config", "config.yaml"));
        Make("repo/t/plan.md.scriban", (1 << 20) + 1);
        Assert.Equal("meshlint: 't/plan.md.scriban' has 1048577 bytes, the limit for a template is 1048576\n", Refused(cli, "build", ".", "--templates", "t"));
    }

    [Fact]
    public void A_name_that_is_not_UTF8_is_told()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        cli.Write("repo/.meshlint.yaml", Configuration);
        // A second one looks the same once its bytes are text, and a real U+FFFD looks like either.
        Assert.Equal(0, CliProcess.Shell(cli.PathOf("repo"), "echo x > $'a\\xff.yaml'; mkdir $'d\\xfe'; echo x > $'p\\xe9.png'; sed s/default/other/ a.yaml > $'r\\xef\\xbf\\xbd.yaml'; echo x > $'r\\xff.yaml'").ExitCode);
        var output = cli.RunIn("repo", "check", "--format", "concise").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var counts = cli.RunIn("repo", "check", "--format", "json").Out;
        Assert.Equal(0, CliProcess.Shell(cli.PathOf("repo"), "rm -r *").ExitCode);
        Assert.All(output, l => Assert.EndsWith("cannot be read: its name is not UTF-8", l, StringComparison.Ordinal));
        Assert.Equal(["a", "d", "r"], output.Select(l => l[..1]));
        Assert.Contains("\"documents\": 2,", counts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_beyond_what_the_system_opens_is_told()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        cli.Write("repo/.meshlint.yaml", Configuration);
        const string make = "n=$(printf 'x%.0s' {1..200}); for i in {1..25}; do mkdir $n && cd $n || exit 1; done; echo 'type: Mesh' > a.yaml";
        try
        {
            Assert.Equal(0, CliProcess.Shell(cli.PathOf("repo"), make).ExitCode);
            var result = cli.RunIn("repo", "check", "--format", "concise");
            Assert.Equal(1, result.ExitCode);
            Assert.EndsWith("cannot be read: its path is too long\n", result.Out, StringComparison.Ordinal);
            Assert.Single(result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            CliProcess.Shell(cli.PathOf("repo"), "rm -rf x*");
        }
    }

    [Fact]
    public void Pipes_and_devices_are_written_to_and_links_are_not_followed()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        cli.Write("repo/.meshlint.yaml", Configuration).Write("repo/real.json", "before").Write("repo/kept.json", "before");
        CliTester.SetMode(cli.PathOf("repo/kept.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(cli.PathOf("repo/link.json"), "real.json");
        File.CreateSymbolicLink(cli.PathOf("repo/dangling.json"), "new.json");
        string Run(string script) => CliProcess.Shell(cli.PathOf("repo"), script) is var result && result.Error.Length > 0 ? result.Error : result.Out;
        Assert.Equal("{\npipe\n", Run("mkfifo pipe; (head -1 pipe > read; true) & meshlint check --format json=pipe; wait; cat read; test -p pipe && echo pipe"));
        Assert.Equal("", Run("meshlint check --format json=/dev/null; test -c /dev/null || echo replaced"));
        Assert.Equal("{\n", Run("meshlint check --format json=/dev/stdout | head -1"));
        Assert.Equal("kept\n{\n", Run("echo kept > file; meshlint check --format json=/dev/stdout >> file; head -2 file"));
        Assert.Equal("{\n", Run("meshlint check --format json=>(head -1 > sub); sleep 0.5; cat sub"));
        foreach (var link in (string[])["link.json", "dangling.json"])
        {
            Assert.Equal($"meshlint: '{link}' is a symbolic link, which is not followed; name the file itself\n", Run($"meshlint check --format json={link}"));
            Assert.NotNull(new FileInfo(cli.PathOf($"repo/{link}")).LinkTarget);
        }

        Assert.Equal("before", cli.Read("repo/real.json"));
        Assert.Equal("meshlint: '.git' is not written: it is a folder\n", Run("meshlint check --format json=.git"));
        Assert.Equal("600\n", Run("meshlint check --format json=kept.json; stat -c %a kept.json"));
        Assert.StartsWith("{", cli.Read("repo/kept.json"), StringComparison.Ordinal);
        Assert.Equal("meshlint: './.meshlint.yaml' exists and is left alone\n", Run("rm .meshlint.yaml; ln -s nowhere .meshlint.yaml; meshlint init"));
    }
}
