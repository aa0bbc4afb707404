using System.Diagnostics;

namespace MeshLint.Build;

/// <summary>Runs the SDK, in the root of the project, with its output passed through.</summary>
internal static class Dotnet
{
    /// <summary>The exit code of <c>dotnet</c>.</summary>
    public static int Run(params IEnumerable<string> arguments)
    {
        var list = arguments.ToList();
        Console.WriteLine($"dotnet {string.Join(' ', list)}");
        using var process = Process.Start(new ProcessStartInfo("dotnet", list) { WorkingDirectory = ProjectPaths.Root })
            ?? throw new InvalidOperationException("dotnet could not be started");
        process.WaitForExit();
        return process.ExitCode;
    }
}
