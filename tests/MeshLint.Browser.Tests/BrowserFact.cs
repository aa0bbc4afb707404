using Xunit;

namespace MeshLint.Browser.Tests;

/// <summary>A fact that needs Chromium and skips, saying so, where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium is null)
            Skip = "no chromium on this machine: apt-get install chromium";
    }

    /// <summary>The browser's program, or null.</summary>
    public static string? Chromium { get; } =
        new[] { Environment.GetEnvironmentVariable("MESHLINT_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
}
