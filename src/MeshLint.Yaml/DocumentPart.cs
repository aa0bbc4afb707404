namespace MeshLint.Yaml;

/// <summary>One piece of a file, cut as kubectl cuts it before any YAML is read.</summary>
/// <param name="Index">Position among the documents of the file, 0-based, empty ones included.</param>
/// <param name="Span">Where the piece stands; a '---' line belongs to the piece where nothing stands before it.</param>
/// <param name="Form">How the piece is read.</param>
public readonly record struct DocumentPart(int Index, TextSpan Span, PartForm Form)
{
    /// <summary>Whether kubectl refuses the file at this piece, whatever the piece is about.</summary>
    public bool StopsKubectl => Form >= PartForm.AfterSeparator;
}

/// <summary>How a piece of a file is read.</summary>
public enum PartForm : byte
{
    /// <summary>YAML.</summary>
    Yaml,

    /// <summary>Strict JSON: the file begins with '{'.</summary>
    Json,

    /// <summary>YAML that begins on the '---' line itself, which kubectl refuses and kumactl reads.</summary>
    AfterSeparator,

    /// <summary>No document but something that kubectl and kumactl refuse: directives without their '---' line, or tabs.</summary>
    Refused,

    /// <summary>Something else among JSON objects, which kubectl refuses.</summary>
    NoJson,
}
