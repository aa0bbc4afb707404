namespace MeshLint.Analysis.Rules.Schema;

/// <summary>What a refusal is about; each cause is one rule's.</summary>
internal enum RefusalCause
{
    /// <summary>The version has no such kind.</summary>
    Kind,

    /// <summary>The mesh of the document does not exist.</summary>
    Mesh,

    /// <summary>Its contents.</summary>
    Contents,
}
