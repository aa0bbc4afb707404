using System.Diagnostics;
using System.Runtime.InteropServices;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>The npm packages as a user gets them: packed, installed into an empty folder without any registry, and run from there.</summary>
public sealed class NpmTests
{
    private static string Platform =>
        $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    [NpmFact]
    public void The_launcher_passes_arguments_streams_and_exit_code_on()
    {
        using var cli = new CliTester();
        Install(cli, NativeProgram.Path);
        if (NativeProgram.Path is not null)
        {
            Assert.Equal((0, $"{Program.VersionLine()}\n"), Run(cli, [], "--version"));
            cli.Write("mesh.yaml", "type: Mesh\nname: default\nname: other\n");
            Assert.Equal((1, cli.Run("check", "mesh.yaml").Out), Run(cli, [], "check", "mesh.yaml"));
            return;
        }

        Assert.Equal((7, "a b|--x|\n"), Run(cli, [], "a b", "--x"));
        cli.Write("other", "#!/bin/sh\necho other\nexit 5\n");
        CliTester.SetMode(cli.PathOf("other"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        Assert.Equal((5, "other\n"), Run(cli, [("MESHLINT_BINARY", cli.PathOf("other"))]));
        Directory.Delete(cli.PathOf($"node_modules/@meshlint/cli-{Platform}"), recursive: true);
        Assert.Equal((3, ""), Run(cli, [], "check"));
    }

    private static void Install(CliTester cli, string? program)
    {
        var folder = $"platform/cli-{Platform}";
        cli.Write($"{folder}/package.json", $$"""{"name": "@meshlint/cli-{{Platform}}", "version": "0.0.0", "files": ["meshlint"]}""");
        if (program is null)
            cli.Write($"{folder}/meshlint", "#!/bin/sh\nprintf '%s|' \"$@\"\necho\nexit 7\n");
        else
            File.Copy(program, cli.PathOf($"{folder}/meshlint"));
        CliTester.SetMode(cli.PathOf($"{folder}/meshlint"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        var launcher = Path.Combine(SharedData.ProjectRoot, "npm", "meshlint");
        Npm(cli, "pack", "--silent", launcher, cli.PathOf(folder));
        cli.Write("package.json", "{}");
        Npm(cli, "install", "--silent", "--offline", "--no-audit", "--no-fund", "--omit=optional", $"./meshlint-cli-{Platform}-0.0.0.tgz", "./meshlint-0.0.0.tgz");
    }

    private static void Npm(CliTester cli, params string[] arguments)
    {
        var (code, output) = Start(cli, new ProcessStartInfo("npm", arguments));
        Assert.True(code == 0, output);
    }

    private static (int ExitCode, string Out) Run(CliTester cli, (string Name, string Value)[] environment, params string[] arguments)
    {
        var info = new ProcessStartInfo(cli.PathOf("node_modules/.bin/meshlint"), arguments);
        info.Environment.Remove("MESHLINT_BINARY");
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return Start(cli, info);
    }

    private static (int ExitCode, string Out) Start(CliTester cli, ProcessStartInfo info)
    {
        info.WorkingDirectory = cli.Folder;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"{info.FileName} did not start");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        error.GetAwaiter().GetResult();
        return (process.ExitCode, output);
    }
}
