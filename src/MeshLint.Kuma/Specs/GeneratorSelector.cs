namespace MeshLint.Kuma.Specs;

/// <summary>One selector of a HostnameGenerator.</summary>
/// <param name="Kind">The kind of destination that it selects.</param>
/// <param name="Path">Path below the body: <c>selector.meshService</c>.</param>
/// <param name="Node">Where it is written.</param>
/// <param name="Labels">Its <c>matchLabels</c>; none select all.</param>
public sealed record GeneratorSelector(string Kind, string Path, Node Node, LabelSet Labels);
