namespace MeshLint.Sources;

/// <summary>What the raw text of a document says about whether it can concern a mesh.</summary>
internal enum FilterVerdict : byte
{
    /// <summary>It cannot.</summary>
    Foreign,

    /// <summary>The text cannot tell: only the parsed document can.</summary>
    Unknown,

    /// <summary>It looks like it.</summary>
    Concerns,
}
