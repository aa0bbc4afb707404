namespace MeshLint.Cli.Failures;

/// <summary>The exit codes, the same for every command and format.</summary>
internal static class ExitCode
{
    /// <summary>Nothing at or above the failing severity.</summary>
    public const int Clean = 0;

    /// <summary>Findings at or above it.</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage or configuration, or an output that MeshLint refuses to replace.</summary>
    public const int Usage = 2;

    /// <summary>MeshLint itself failed, in part or in whole, or what was asked for could not be written.</summary>
    public const int Internal = 3;
}
