namespace MeshLint.Sources.Git;

/// <summary>What a path inside of <c>.git</c> names.</summary>
public enum GitFileKind
{
    Missing,
    Regular,
    Folder,
    Link,

    /// <summary>A named pipe, a device or a socket: whoever opens it may wait for ever.</summary>
    Special,

    /// <summary>The system does not say.</summary>
    Unknown,
}
