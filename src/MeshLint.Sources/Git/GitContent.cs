namespace MeshLint.Sources.Git;

/// <summary>What is said of objects whose content is not given, whoever reads them.</summary>
internal static class GitContent
{
    public static SourceContent Missing { get; } = new("", SourceFault.Unreadable, "git does not have the object");

    public static SourceContent OtherObject { get; } = new("", SourceFault.Unreadable, "git has something else under its name");

    /// <summary>Why a content of a size is not read; null where it is.</summary>
    /// <param name="size">Its bytes.</param>
    /// <param name="total">The bytes of all contents before it.</param>
    /// <param name="maxBytes">Most of one.</param>
    /// <param name="maxTotal">Most of all together.</param>
    public static SourceContent? Refuse(long size, long total, long maxBytes, long maxTotal) =>
        size > maxBytes ? new SourceContent("", SourceFault.TooLarge, $"it has {size} bytes, the limit is {maxBytes}")
        : total + size > maxTotal ? new SourceContent("", SourceFault.TooLarge, $"all files together have more than {maxTotal} bytes")
        : null;
}
