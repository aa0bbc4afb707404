using System.Diagnostics;
using System.Security.Cryptography;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>The GitHub Action's script, with a runner's files and a folder of releases as a runner and the web would have them.</summary>
public sealed class ActionTests
{
    private const string Fake = "#!/bin/sh\nif [ \"$1\" = --version ]; then echo fake; exit 0; fi\necho \"$@\"\nexit 1\n";

    [UnixFact]
    public void The_release_of_the_actions_tag_is_taken_and_run()
    {
        using var runner = new CliTester();
        Release(runner, "v1.2.3", Fake);
        var plan = Step(runner, "plan", ("MESHLINT_ACTION_REF", "v1.2.3"));
        Assert.Equal("cache-key=meshlint-v1.2.3-linux-x64\n", plan.Outputs);
        var install = Step(runner, "install", ("MESHLINT_ACTION_REF", "v1.2.3"));
        Assert.Equal((0, "found=true\n"), (install.ExitCode, install.Outputs));
        var check = Step(runner, "check", ("MESHLINT_PATH", "a b; echo owned"), ("MESHLINT_KUMA_VERSION", "2.14"));
        Assert.Equal((1, "exit-code=1\n"), (check.ExitCode, check.Outputs));
        Assert.EndsWith("check --format github --kuma-version 2.14 -- a b; echo owned\n", check.Out, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  meshlint-linux-x64\n", "says '0000")]
    [InlineData("", "says 'nothing'")]
    public void A_wrong_checksum_ends_the_job(string sums, string expected)
    {
        using var runner = new CliTester();
        Release(runner, "v1.2.3", Fake, sums);
        var install = Step(runner, "install", ("MESHLINT_ACTION_REF", "v1.2.3"));
        Assert.Equal((2, ""), (install.ExitCode, install.Outputs));
        Assert.Contains(expected, install.Error, StringComparison.Ordinal);
        Assert.Equal(["SHA256SUMS"], Directory.EnumerateFiles(runner.PathOf("temp/meshlint")).Select(f => Path.GetFileName(f)));
    }

    [UnixFact]
    public void Without_a_release_the_actions_own_revision_is_built()
    {
        using var runner = new CliTester();
        Release(runner, "v1.2.3", Fake);
        foreach (var reference in (string[])["v9.9.9", "main", "0123456789012345678901234567890123456789", ""])
        {
            var install = Step(runner, "install", ("MESHLINT_ACTION_REF", reference));
            Assert.Equal((0, "found=false\n"), (install.ExitCode, install.Outputs));
        }

        Assert.Equal("found=false\n", Step(runner, "install", ("MESHLINT_ACTION_REF", "v1.2.3"), ("RUNNER_ARCH", "X86")).Outputs);
        var key = Step(runner, "plan", ("MESHLINT_ACTION_REF", "main")).Outputs;
        Assert.Matches("^cache-key=meshlint-[0-9a-f]{32}-linux-x64\n$", key);
        Assert.Equal(key, Step(runner, "plan", ("MESHLINT_ACTION_REF", "other")).Outputs);
    }

    [UnixFact]
    public void A_version_that_is_asked_for_must_exist()
    {
        using var runner = new CliTester();
        Release(runner, "v1.2.3", Fake);
        Assert.Equal("found=true\n", Step(runner, "install", ("MESHLINT_VERSION", "1.2.3"), ("MESHLINT_ACTION_REF", "main")).Outputs);
        var missing = Step(runner, "install", ("MESHLINT_VERSION", "1.2.4"));
        Assert.Equal((2, "::error::there is no release v1.2.4 with meshlint-linux-x64\n"), (missing.ExitCode, missing.Error));
        foreach (var wrong in (string[])["latest", "../../x", "1.2", "1.2.3;id", "v1.2.3\nfound=true"])
        {
            var plan = Step(runner, "plan", ("MESHLINT_VERSION", wrong));
            Assert.Equal((2, ""), (plan.ExitCode, plan.Outputs));
        }
    }

    [Fact]
    public void No_step_of_the_action_holds_an_input_in_its_script()
    {
        var text = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "action.yml"));
        Assert.All(text.Split('\n').Where(l => l.TrimStart().StartsWith("run:", StringComparison.Ordinal)), l => Assert.DoesNotContain("${{", l, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"curl[^\n]*\|\s*(ba)?sh", text + File.ReadAllText(Script));
    }

    private static string Script => Path.Combine(SharedData.ProjectRoot, "build", "action", "meshlint.sh");

    private static void Release(CliTester runner, string tag, string program, string? sums = null)
    {
        runner.Write($"releases/{tag}/meshlint-linux-x64", program);
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(runner.PathOf($"releases/{tag}/meshlint-linux-x64"))));
        runner.Write($"releases/{tag}/SHA256SUMS", sums ?? $"{new string('1', 64)}  meshlint-linux-x64.other\n{hash}  meshlint-linux-x64\n");
    }

    private static StepResult Step(CliTester runner, string step, params (string Name, string Value)[] variables)
    {
        runner.Write("output", "").Write("temp/.keep", "");
        var info = new ProcessStartInfo("bash", [Script, step])
        {
            WorkingDirectory = runner.Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
                 [
                     ("GITHUB_OUTPUT", runner.PathOf("output")), ("GITHUB_ACTION_PATH", SharedData.ProjectRoot), ("RUNNER_TEMP", runner.PathOf("temp")),
                     ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64"), ("MESHLINT_RELEASES", runner.PathOf("releases")), .. variables,
                 ])
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info) ?? throw new InvalidOperationException("bash did not start");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new StepResult(process.ExitCode, output, error.GetAwaiter().GetResult(), runner.Read("output"));
    }

    private sealed record StepResult(int ExitCode, string Out, string Error, string Outputs);
}
