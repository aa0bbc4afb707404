using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>A fact about shell scripts, or of systems that have links and pipes.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "needs a Unix shell";
    }
}
