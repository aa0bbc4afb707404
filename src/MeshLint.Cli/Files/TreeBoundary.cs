using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

/// <summary>Keeps links of a repository from leading out of it.</summary>
/// <remarks>
/// A path that the user names lies in a tree: the git repository above it, else the current folder where that holds it. Wherever its links
/// lead must lie in the same tree. A path in neither was chosen by the user alone, and its links are followed.
/// </remarks>
internal static class TreeBoundary
{
    /// <summary>The path without links.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="shown">The path as the user knows it.</param>
    /// <param name="currentFolder">Full path of the current folder.</param>
    /// <param name="foundIn">The folder in which MeshLint found the path, where the user did not name it: the tree where there is no
    /// other.</param>
    /// <exception cref="UsageException">A link leads out of the tree, or in a circle.</exception>
    public static string Resolve(string path, string shown, string currentFolder, string? foundIn = null)
    {
        var real = RealPath.Of(path) ?? throw new UsageException($"the symbolic links of '{shown}' lead in a circle");
        if (real == path)
            return real;
        var tree = Folders.RepositoryAbove(path) ?? (Folders.IsBelow(path, currentFolder) ? currentFolder : foundIn);
        if (tree is not null && RealPath.Of(tree) is { } boundary && !Folders.IsBelow(real, boundary))
            throw new UsageException($"'{shown}' leads out of the repository by a symbolic link, which is not followed");
        return real;
    }
}
