using System.Diagnostics;
using System.Text;

namespace MeshLint.Cli.Tests;

/// <summary>The native file that MESHLINT_BINARY names: with it, the tests call that file instead of the code in this process.</summary>
internal static class NativeProgram
{
    /// <summary>Full path of the file, or null.</summary>
    public static string? Path { get; } = System.Environment.GetEnvironmentVariable("MESHLINT_BINARY") is { Length: > 0 } path
        ? File.Exists(path) ? System.IO.Path.GetFullPath(path) : throw new FileNotFoundException($"MESHLINT_BINARY names '{path}', which is no file")
        : null;

    /// <summary>Runs it with nothing of this process's environment but what a program needs to find others.</summary>
    public static CliResult Run(string program, byte[] input, string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var utf8 = new UTF8Encoding(false);
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (var name in info.Environment.Keys.Where(static k => k is not ("PATH" or "Path" or "HOME" or "SystemRoot" or "TMPDIR" or "TEMP" or "TMP")).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want its input, and has ended.
        }

        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end");
        }

        process.WaitForExit();
        return new CliResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
