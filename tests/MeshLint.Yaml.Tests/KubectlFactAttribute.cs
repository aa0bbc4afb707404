using Xunit;

namespace MeshLint.Yaml.Tests;

/// <summary>A fact that asks kubectl and skips, saying so, where it is not on the PATH.</summary>
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (Program is null)
            Skip = "kubectl is not on the PATH: no new files can be compared, the recorded ones are";
    }

    /// <summary>Full path of kubectl, or null.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(f => Path.Combine(f, OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl"))
        .FirstOrDefault(File.Exists);
}
