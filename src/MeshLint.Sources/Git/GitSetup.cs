namespace MeshLint.Sources.Git;

/// <summary>How git is started.</summary>
/// <param name="Program">Full path of the program.</param>
/// <param name="SearchPath">The <c>PATH</c> that it gets: trusted folders only.</param>
/// <param name="Silence">How long git may go without giving a byte before it is ended.</param>
public sealed record GitSetup(string Program, string SearchPath, TimeSpan Silence)
{
    /// <summary>The limit of silence where nobody asks for another one.</summary>
    public static TimeSpan DefaultSilence { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Full path of the index of the commit that a hook is called for; null where git's own counts.</summary>
    public string? IndexFile { get; init; }

    /// <summary>Finds git for a tree.</summary>
    /// <param name="folder">Full path of a folder of the tree that is read.</param>
    /// <param name="searchPath">The value of <c>PATH</c>.</param>
    /// <param name="silence">How long git may go without giving a byte.</param>
    /// <returns>How; null where there is no git outside of the tree.</returns>
    public static GitSetup? TryFor(string folder, string? searchPath, TimeSpan silence)
    {
        var tree = TreeOf(folder);
        var folders = ProgramFinder.Trusted(searchPath, tree);
        var program = ProgramFinder.Find("git", folders, tree);
        return program is null ? null : new GitSetup(program, string.Join(Path.PathSeparator, folders), silence);
    }

    // Git would look for the same: the nearest folder that holds ".git", of any kind.
    private static string TreeOf(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Path.Exists(Path.Combine(current, ".git")))
                return current;
        }

        return folder;
    }
}
