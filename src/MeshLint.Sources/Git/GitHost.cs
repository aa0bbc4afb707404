namespace MeshLint.Sources.Git;

/// <summary>What reading a repository takes from the host.</summary>
public sealed record GitHost
{
    /// <summary>Value of an environment variable, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Looks at the files inside of <c>.git</c>.</summary>
    public required IGitFiles Files { get; init; }

    /// <summary>How long reading may go without giving anything before it is ended.</summary>
    public TimeSpan Silence { get; init; } = GitSetup.DefaultSilence;

    /// <summary>Whether libgit2 is tried; else the git program reads everything.</summary>
    public bool UsesLibrary { get; init; } = true;

    /// <summary>The index of the commit that a hook is called for; null where git's own counts.</summary>
    internal string? IndexFile => Environment("GIT_INDEX_FILE") is { Length: > 0 } path ? Path.GetFullPath(path) : null;
}
