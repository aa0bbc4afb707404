namespace MeshLint.Cli.Platform;

/// <summary>What a path names, links not followed.</summary>
internal enum FileKind
{
    /// <summary>Nothing has that name.</summary>
    Missing,
    Regular,
    Folder,
    Link,
    Pipe,
    CharacterDevice,
    BlockDevice,
    Socket,

    /// <summary>The system does not say (no permission, an input or output error).</summary>
    Unknown,

    /// <summary>The path is longer than the system allows.</summary>
    TooLong,
}
