using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>A fact about the npm packages that skips, saying so, where there is no npm.</summary>
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute()
    {
        if (OperatingSystem.IsWindows() || !HasNpm())
            Skip = "no npm on this machine";
    }

    private static bool HasNpm()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("npm", ["--version"])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            });
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
