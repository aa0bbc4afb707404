
namespace MeshLint.Kuma.Schemas.Decoding;

/// <summary>A decoded body, or why it cannot be decoded.</summary>
/// <param name="Body">The body; missing where there is an error.</param>
/// <param name="Error">The decoder's text, unquoted; null where all is well.</param>
/// <param name="ErrorNode">The value that the text is about.</param>
internal readonly record struct DecodeResult(Node Body, string? Error = null, Node ErrorNode = default);
