using MeshLint.Sources;

namespace MeshLint.Cli.Files;

/// <summary>How large what is read may be, in bytes; <c>docs/security.md</c> says why.</summary>
internal static class Limits
{
    /// <summary>A source file.</summary>
    public const long Source = SourceNames.MaxBytes;

    /// <summary>Standard input: a whole cluster in one stream.</summary>
    public const long StandardInput = 256L * 1024 * 1024;

    /// <summary><c>.meshlint.yaml</c>, or what <c>--config</c> names.</summary>
    public const long Configuration = 16L * 1024 * 1024;

    /// <summary>A <c>.gitignore</c> file.</summary>
    public const long GitIgnore = 4L * 1024 * 1024;

    /// <summary>The list of files that <c>build</c> leaves in its output.</summary>
    public const long OutputList = 64L * 1024 * 1024;

    /// <summary>All files of a git revision or index together, each content counted once.</summary>
    public const long GitTotal = 1024L * 1024 * 1024;

    /// <summary>A limit as people write it.</summary>
    public static string Words(long bytes) => $"{bytes / (1024 * 1024)} MiB";
}
