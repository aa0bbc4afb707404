namespace MeshLint.Git;

/// <summary>Git could not do what it was asked: no repository, no such revision, no git. The message is one line for the user.</summary>
public sealed class GitException(string message) : Exception(message);
