namespace MeshLint.Sources.Git;

/// <summary>Git could not do what it was asked: no repository, no such revision, no git. The message is one line for the user.</summary>
public sealed class GitException(string message) : Exception(message)
{
    /// <summary>Git ran and answered with an exit code other than 0.</summary>
    public bool IsRefusal { get; init; }
}
