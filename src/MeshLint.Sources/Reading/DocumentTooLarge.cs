namespace MeshLint.Sources.Reading;

/// <summary>ML0005: a document past the limits of nesting, nodes or alias expansion.</summary>
internal static class DocumentTooLarge
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new(
            "ML0005", "document-too-large", "Document exceeds the limits of nesting or alias expansion", RuleCategory.Reading,
            Severity.Error);

    /// <param name="at">Where it is.</param>
    /// <param name="message">The reader's words.</param>
    public static Diagnostic Of(Location at, string message) => Diagnostic.Create(Descriptor, at, message);
}
