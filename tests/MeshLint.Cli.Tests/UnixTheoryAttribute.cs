using Xunit;

namespace MeshLint.Cli.Tests;

/// <summary>A theory about shell scripts, or of systems that have links and pipes.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "needs a Unix shell";
    }
}
