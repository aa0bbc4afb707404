namespace MeshLint.Sources.Git;

/// <summary>One file of a revision or of the index.</summary>
/// <param name="Path">Path relative to the top of the work tree, with '/'.</param>
/// <param name="ObjectId">The blob.</param>
public sealed record GitEntry(string Path, string ObjectId)
{
    /// <summary>The index holds several sides of a conflict; there is no one content.</summary>
    public bool IsUnmerged { get; init; }

    /// <summary>A symbolic link; its content is where it leads.</summary>
    public bool IsLink { get; init; }

    /// <summary>The name is not UTF-8; <see cref="Path"/> has replacement characters.</summary>
    public bool IsNameBroken { get; init; }

    /// <summary>Why it has no content that could be read; null where it has.</summary>
    internal SourceContent? Problem =>
        IsUnmerged ? new SourceContent("", SourceFault.Unreadable, "it is in conflict in the index")
        : IsNameBroken ? new SourceContent("", SourceFault.Unreadable, "its name is not UTF-8")
        : null;
}
