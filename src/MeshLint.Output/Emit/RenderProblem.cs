using MeshLint.Yaml;

namespace MeshLint.Output.Emit;

/// <summary>Something about a document that is rendered.</summary>
/// <param name="Source">The file.</param>
/// <param name="Span">Where.</param>
/// <param name="Message">One sentence without a full stop.</param>
/// <param name="IsRefused">Whether the document is refused; else it is read and this is worth knowing.</param>
public sealed record RenderProblem(SourceText Source, TextSpan Span, string Message, bool IsRefused);
