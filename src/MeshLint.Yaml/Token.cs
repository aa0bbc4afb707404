namespace MeshLint.Yaml;

/// <summary>One token with its place. The text of a scalar stays a part of the source where that is possible.</summary>
internal struct Token
{
    public TokenKind Kind;

    /// <summary>How a scalar is written.</summary>
    public ScalarStyle Style;

    /// <summary>1 + the flow level whose pending simple key begins with this token; 0 for none.</summary>
    public int KeyLevel;

    public int Start;
    public int End;

    /// <summary>Where the text of a scalar, anchor or alias lies; counts where <see cref="Text"/> is null.</summary>
    public TextSpan TextSpan;

    /// <summary>The text of a scalar that had to be put together; a tag's or directive's handle.</summary>
    public string? Text;

    /// <summary>A tag's suffix, a tag directive's prefix, a version as written.</summary>
    public string? Suffix;
}
