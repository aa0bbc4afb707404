namespace MeshLint.Sources.Git;

/// <summary>libgit2 cannot read something that the git program may be able to read.</summary>
/// <param name="message">Why, to follow "git is needed for this and is in no folder of PATH: ".</param>
internal sealed class NeedsGitException(string message) : Exception(message)
{
    /// <summary>What the user is told instead where there is no git program; null where the lack of git is what is told.</summary>
    public string? Answer { get; init; }
}
