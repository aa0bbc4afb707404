namespace MeshLint.Kuma.Model;

/// <summary>Labels with the place where they are written.</summary>
/// <param name="Labels">The pairs.</param>
/// <param name="Node">Their mapping; missing for generated ones.</param>
public sealed record LabelSetRef(LabelSet Labels, Node Node);
