namespace MeshLint.Yaml;

/// <summary>Code points that <see cref="VisibleText"/> escapes, for one reason.</summary>
/// <param name="First">The first code point.</param>
/// <param name="Last">The last code point, included.</param>
/// <param name="What">What they are, for docs/output-formats.md.</param>
public sealed record HiddenRange(int First, int Last, string What);
