using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>An output that cannot be written, and a stream or folder that is not there, is one clear line and exit 2 or 3; never 0 or 1.</summary>
public sealed class StandardStreamTests
{
    private const string NoSpace = "standard output cannot be written: No space left on device";

    private static CliTester Repository() =>
        new CliTester().Write(".meshlint.yaml", "controlPlanes: [{path: .}]\n").Write("a.yaml", "type: Mesh\nname: default\n");

    [Theory]
    [InlineData("meshlint check >/dev/full", 3, NoSpace)]
    [InlineData("meshlint check --format json >/dev/full", 3, NoSpace)]
    [InlineData("meshlint graph . --as html >/dev/full", 3, NoSpace)]
    [InlineData("meshlint rules >/dev/full", 3, NoSpace)]
    [InlineData("meshlint explain ML0003 >/dev/full", 3, NoSpace)]
    [InlineData("meshlint --help >/dev/full", 3, NoSpace)]
    [InlineData("meshlint --version >/dev/full", 3, NoSpace)]
    [InlineData("meshlint check >&-", 2, "standard output is closed")]
    [InlineData("meshlint --version >&-", 2, "standard output is closed")]
    [InlineData("meshlint check - <&-", 2, "standard input is closed")]
    [InlineData("meshlint check - < .", 2, "standard input cannot be read: Is a directory")]
    [InlineData("meshlint check --format json=/dev/full", 3, "'/dev/full' cannot be written: No space left on device")]
    [InlineData("meshlint check --format json=no/such.json", 3, "'no/such.json' cannot be written: there is no such folder")]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; meshlint check", 2, "the current folder does not exist any more, or may not be read")]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; meshlint build . --out out", 2, "the current folder does not exist any more, or may not be read")]
    public void What_cannot_be_read_or_written_is_one_line(string script, int exitCode, string message)
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        var result = CliProcess.Shell(cli.Folder, script);
        Assert.Equal((exitCode, "", $"meshlint: {message}\n"), (result.ExitCode, result.Out, result.Error));
    }

    [Theory]
    [InlineData("meshlint check 2>&-", 0)]
    [InlineData("meshlint check <&-", 0)]
    [InlineData("meshlint check <&- 2>&-", 0)]
    [InlineData("meshlint check nowhere 2>/dev/full", 2)]
    [InlineData("meshlint check nowhere 2>&-", 2)]
    [InlineData("meshlint check <&- >&- 2>&-", 2)]
    [InlineData("git init -q . && git add . && meshlint check --staged <&-", 0)]
    [InlineData("git init -q . && git add . && meshlint check --staged --format json=found.json >&- 2>&- <&- && test -s found.json", 0)]
    public void The_exit_code_is_right_although_nobody_can_be_told(string script, int exitCode)
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        Assert.Equal(exitCode, CliProcess.Shell(cli.Folder, script).ExitCode);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        var result = CliProcess.Shell(cli.Folder, "meshlint graph . --as html | head -c 1; exit ${PIPESTATUS[0]}");
        Assert.Equal((0, "<", ""), (result.ExitCode, result.Out, result.Error));
    }

    [Fact]
    public void A_folder_that_is_gone_does_not_keep_from_what_needs_none()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Repository();
        var result = CliProcess.Shell(cli.Folder, "mkdir gone; cd gone; rmdir ../gone; meshlint --version && meshlint explain ML0003");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }
}
