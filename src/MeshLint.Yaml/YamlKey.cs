namespace MeshLint.Yaml;

/// <summary>A key of a mapping that is being read.</summary>
/// <param name="Text">The key.</param>
/// <param name="Node">Its value in the tree under construction.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="IsMerged">Whether '&lt;&lt;' brought it.</param>
internal readonly record struct YamlKey(string Text, int Node, TextSpan Span, bool IsMerged);
