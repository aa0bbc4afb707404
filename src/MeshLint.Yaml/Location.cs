namespace MeshLint.Yaml;

/// <summary>A place in a source text.</summary>
public readonly record struct Location(SourceText Source, TextSpan Span)
{
    /// <summary>Where a node's value is written.</summary>
    public static Location Of(Node node) => new(node.Source ?? throw new ArgumentException("a missing node has no location", nameof(node)), node.Span);

    /// <summary>Where a node's key is written (its value, where it has no key).</summary>
    public static Location OfKey(Node node) => new(node.Source ?? throw new ArgumentException("a missing node has no location", nameof(node)), node.KeySpan);
}
