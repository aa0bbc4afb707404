namespace MeshLint.Yaml;

/// <summary>One event of a document: a node, or the end of a collection.</summary>
internal struct YamlEvent
{
    public YamlEventKind Kind;

    /// <summary>How a scalar is written.</summary>
    public ScalarStyle Style;

    /// <summary>Whether a collection is written with brackets.</summary>
    public bool IsFlow;

    /// <summary>Whether the text of a scalar decides about its type: it is plain, or its tag is '!'.</summary>
    public bool IsImplicit;

    /// <summary>Where the node begins, its tag and anchor included.</summary>
    public int Start;

    public int End;

    /// <summary>The name after '&amp;' or '*'.</summary>
    public string? Anchor;

    /// <summary>The tag in its long form (<c>tag:yaml.org,2002:str</c>); null for none.</summary>
    public string? Tag;

    /// <summary>The text of a scalar where it had to be put together, else null.</summary>
    public string? Text;

    /// <summary>Where the text of a scalar stands, where <see cref="Text"/> is null.</summary>
    public TextSpan TextSpan;
}
