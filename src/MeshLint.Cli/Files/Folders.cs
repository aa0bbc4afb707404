namespace MeshLint.Cli.Files;

/// <summary>Questions about where paths lie, asked of their text.</summary>
internal static class Folders
{
    /// <summary>Whether a path is a folder or lies in it; both are full.</summary>
    public static bool IsBelow(string path, string folder) =>
        path == folder
        || path.StartsWith(
            folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The top of the git repository that a path lies in; null where there is none. The path itself does not count.</summary>
    public static string? RepositoryAbove(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
                return folder;
        }

        return null;
    }
}
