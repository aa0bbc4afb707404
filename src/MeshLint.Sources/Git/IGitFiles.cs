namespace MeshLint.Sources.Git;

/// <summary>Looks at the files inside of <c>.git</c> so that nothing waits on them; the host has the calls for it.</summary>
public interface IGitFiles
{
    /// <summary>What a path names; links are not followed.</summary>
    GitFileKind KindOf(string path);

    /// <summary>The bytes of a regular file; null where it is something else, is larger, or cannot be read.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="limit">Most bytes.</param>
    byte[]? Read(string path, long limit);

    /// <summary>The names of the files in a folder; nothing where it cannot be read.</summary>
    IReadOnlyList<string> NamesIn(string folder);
}
