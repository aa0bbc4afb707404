using System.Diagnostics;
using System.Text;

namespace MeshLint.Cli.Tests;

/// <summary>The program as a process of its own, called from a shell: for what only a process has (streams, signals, a current folder).</summary>
internal static class CliProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>The words that start the program in a script, for a command that starts another: the native file where MESHLINT_BINARY names one.</summary>
    public static string Program => NativeProgram.Path is null ? "\"$DOTNET\" exec \"$DLL\"" : "\"$NATIVE\"";

    /// <summary>Whether there is a shell to call it from.</summary>
    public static bool IsAvailable => OperatingSystem.IsLinux() && File.Exists("/bin/bash");

    /// <summary>Runs a script of bash in a folder; in it <c>meshlint</c> is the program. The exit code is that of the script.</summary>
    public static CliResult Shell(string folder, string script)
    {
        using var process = Start(folder, script);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{script}' did not end within {Limit}");
        }

        return new CliResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Starts a script; whoever starts it ends it.</summary>
    public static Process Start(string folder, string script)
    {
        var info = new ProcessStartInfo("/bin/bash", ["-c", $"meshlint() {{ {Program} \"$@\"; }}\n{script}"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        info.Environment["DOTNET"] = Environment.ProcessPath ?? "dotnet";
        info.Environment["DLL"] = typeof(CommandLine).Assembly.Location;
        info.Environment["NATIVE"] = NativeProgram.Path ?? "";
        info.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        return Process.Start(info) ?? throw new InvalidOperationException("bash did not start");
    }
}
