namespace MeshLint.Sources.Reading;

/// <summary>ML0002: a document that kubectl and kumactl cannot parse.</summary>
internal static class InvalidYaml
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0002", "invalid-yaml", "Document is not valid YAML", RuleCategory.Reading, Severity.Error);

    /// <param name="at">Where it is.</param>
    /// <param name="message">The reader's words.</param>
    public static Diagnostic Of(Location at, string message) =>
        Diagnostic.Create(Descriptor, at, message) with
        {
            Notes = ["the document is left out; the other documents of the file are read"],
        };
}
