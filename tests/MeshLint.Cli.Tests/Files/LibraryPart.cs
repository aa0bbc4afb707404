namespace MeshLint.Cli.Tests.Files;

/// <summary>How far libgit2 gets with a repository.</summary>
public enum LibraryPart
{
    /// <summary>Git is asked from the beginning.</summary>
    None,

    /// <summary>It opens the repository, and git is asked about some of it.</summary>
    Start,

    /// <summary>Git is never asked.</summary>
    All,
}
