namespace MeshLint.Yaml;

/// <summary>A place where a key without '?' may begin; it becomes one when ':' follows on the same line.</summary>
internal struct SimpleKey
{
    public bool IsPossible;

    /// <summary>Whether only a key may stand here, so that a missing ':' is an error.</summary>
    public bool IsRequired;

    /// <summary>Number of the token that begins the key, counted from the start of the text.</summary>
    public int TokenNumber;

    public int Position;

    /// <summary>Offset of the line's first character: two places are on one line where this is equal.</summary>
    public int LineStart;
}
