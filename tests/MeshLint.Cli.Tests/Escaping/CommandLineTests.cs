using Xunit;

namespace MeshLint.Cli.Tests.Escaping;

/// <summary>Every line that quotes the command line, the configuration or a path × every hidden character.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("check", "{0}")]
    [InlineData("check", "--{0}")]
    [InlineData("check", "--kuma-version", "{0}")]
    [InlineData("check", "--fail-on", "{0}")]
    [InlineData("check", "--format", "{0}")]
    [InlineData("check", "--max-diagnostics", "{0}")]
    [InlineData("check", "--color", "{0}")]
    [InlineData("check", "--config", "{0}")]
    [InlineData("check", "--rev", "{0}")]
    [InlineData("graph", "--as", "{0}")]
    [InlineData("build", "--form", "{0}")]
    [InlineData("build", "--templates", "{0}")]
    [InlineData("explain", "{0}")]
    [InlineData("rules", "--format", "{0}")]
    [InlineData("init", "{0}")]
    [InlineData("{0}")]
    public void An_error_line_is_one_line_and_shows_everything(params string[] arguments)
    {
        using var cli = new CliTester();
        foreach (var (raw, _) in HiddenCharacters.All)
        {
            // The system's own limits: no argument holds NUL.
            if (raw == "\0")
                continue;
            var result = cli.Run([.. arguments.Select(a => a.Replace("{0}", $"x{raw}y", StringComparison.Ordinal))]);
            Assert.Equal(2, result.ExitCode);
            Assert.Equal("", result.Out);
            Assert.StartsWith("meshlint: ", result.Error, StringComparison.Ordinal);
            Assert.Equal(1, result.Error.Count(static c => c == '\n'));
            if (raw != "\n")
                Assert.DoesNotContain(raw, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_fault_in_the_configuration_shows_the_key()
    {
        using var cli = new CliTester();
        foreach (var (raw, escape) in HiddenCharacters.InYaml)
        {
            cli.Write(".meshlint.yaml", $"{HiddenCharacters.Quoted($"x{raw}y")}: 1\n");
            var result = cli.Run("check");
            Assert.Equal(2, result.ExitCode);
            Assert.Contains($"'x{escape}y'", result.Error, StringComparison.Ordinal);
            if (raw != "\n")
                Assert.DoesNotContain(raw, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_problem_that_render_tells_shows_the_key()
    {
        using var cli = new CliTester();
        foreach (var (raw, escape) in HiddenCharacters.InYaml)
        {
            var key = HiddenCharacters.Quoted($"x{raw}y");
            cli.Write("a.yaml", $"type: Mesh\nname: default\n{key}: 1\n{key}: 2\n");
            var result = cli.Run("render", "a.yaml");
            Assert.Contains($"'x{escape}y'", result.Error, StringComparison.Ordinal);
            Assert.Equal(1, result.Error.Count(static c => c == '\n'));
            if (raw != "\n")
                Assert.DoesNotContain(raw, result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("x\u202Ey", "x\\u202ey")]
    [InlineData("x\u200By", "x\\u200by")]
    [InlineData("x\ny", "x\\ny")]
    [InlineData("x\e[31my", "x\\u001b[31my")]
    [InlineData("x##[add-mask]y", "x\\u0023#[add-mask]y")]
    [InlineData("x\U000E0041y", "x\\U000e0041y")]
    public void Lines_that_name_a_folder_show_it(string name, string shown)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var cli = new CliTester();
        cli.Write($"{name}/mesh.yaml", "type: Mesh\nname: default\n");
        var build = cli.Run("build", name, "--out", $"out-{name}", "-v");
        Assert.Equal(0, build.ExitCode);
        Assert.EndsWith($"wrote out-{shown}\n", build.Out, StringComparison.Ordinal);
        Assert.Contains($"/{shown}\n", build.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(name, build.Out + build.Error, StringComparison.Ordinal);
        var init = cli.Run("init", name);
        Assert.Equal($"wrote {shown}/.meshlint.yaml\n", init.Out);
    }
}
