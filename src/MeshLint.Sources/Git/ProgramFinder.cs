namespace MeshLint.Sources.Git;

/// <summary>Finds the programs that MeshLint starts, so that none of them comes from what is being checked.</summary>
/// <remarks>
/// A process that is named without a path is looked up in the current folder first. Here a name is looked up in the folders of <c>PATH</c>
/// alone, and of those only the absolute ones outside of the tree that is read.
/// </remarks>
public static class ProgramFinder
{
    /// <summary>The folders of a search path that may be used, in order.</summary>
    /// <param name="searchPath">The value of <c>PATH</c>.</param>
    /// <param name="tree">Full path of the tree that is read; null where there is none.</param>
    public static ImmutableArray<string> Trusted(string? searchPath, string? tree)
    {
        var folders = ImmutableArray.CreateBuilder<string>();
        foreach (var folder in (searchPath ?? "").Split(Path.PathSeparator))
        {
            if (Path.IsPathFullyQualified(folder) && !IsInside(folder, tree))
                folders.Add(folder);
        }

        return folders.ToImmutable();
    }

    /// <summary>Full path of a program; null where no trusted folder has it.</summary>
    /// <param name="name">Its name, without an extension.</param>
    /// <param name="folders">What <see cref="Trusted"/> gave.</param>
    /// <param name="tree">Full path of the tree that is read; a link into it is no program either.</param>
    public static string? Find(string name, ImmutableArray<string> folders, string? tree)
    {
        // Only what the system starts by itself: a .cmd would be read by a shell.
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        foreach (var folder in folders)
        {
            var path = Path.Combine(folder, file);
            if (IsProgram(path) && !IsInside(path, tree))
                return path;
        }

        return null;
    }

    private static bool IsProgram(string path)
    {
        try
        {
            if (!File.Exists(path))
                return false;
            const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & execute) != UnixFileMode.None;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // By name or by where its links lead.
    private static bool IsInside(string path, string? tree)
    {
        if (tree is null)
            return false;
        var realTree = RealPath.Of(tree) ?? tree;
        return IsBelow(Path.GetFullPath(path), tree) || IsBelow(RealPath.Of(path) ?? path, realTree);
    }

    private static bool IsBelow(string path, string folder)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, comparison) || path.Equals(Path.TrimEndingDirectorySeparator(folder), comparison);
    }
}
