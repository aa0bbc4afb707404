namespace MeshLint.Yaml;

/// <summary>What a name after '&amp;' stands for.</summary>
internal struct YamlAnchor
{
    /// <summary>The node in the tree under construction; -1 for a key, which is no node.</summary>
    public int Node;

    /// <summary>Whether the node is still being read, so that an alias to it would contain itself.</summary>
    public bool IsOpen;

    /// <summary>The value of a key.</summary>
    public NodeKind Kind;
    public string? Text;
    public TextSpan Span;
    public ScalarStyle Style;

    /// <summary>How many decoding steps the node takes in Go.</summary>
    public int Cost;
}
