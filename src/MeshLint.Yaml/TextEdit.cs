namespace MeshLint.Yaml;

/// <summary>Replaces a span of one text. An empty span inserts, an empty text deletes.</summary>
public readonly record struct TextEdit(SourceText Source, TextSpan Span, string NewText);
