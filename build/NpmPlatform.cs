namespace MeshLint.Build;

/// <summary>A runtime of a release.</summary>
/// <param name="Runtime">As .NET names it.</param>
/// <param name="Os">As npm names its system.</param>
/// <param name="Cpu">As npm names its processor.</param>
internal sealed record NpmPlatform(string Runtime, string Os, string Cpu)
{
    /// <summary>Of the program's file.</summary>
    public string Extension => Os == "win32" ? ".exe" : "";

    /// <summary>The npm package that holds the program.</summary>
    public string Package => $"@meshlint/cli-{Os}-{Cpu}";
}
