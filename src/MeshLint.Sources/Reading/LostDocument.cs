namespace MeshLint.Sources.Reading;

/// <summary>ML0012: text that kubectl and kumactl drop, because no <c>---</c> line comes before it.</summary>
internal static class LostDocument
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0012", "lost-document", "Text after the end of a document is never read", RuleCategory.Reading, Severity.Warning);

    /// <param name="at">Where it is.</param>
    /// <param name="message">The reader's words.</param>
    public static Diagnostic Of(Location at, string message) =>
        Diagnostic.Create(Descriptor, at, message) with
        {
            Help = "put a '---' line before the text, or remove it",
        };
}
