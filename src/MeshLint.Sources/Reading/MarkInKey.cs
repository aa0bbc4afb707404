namespace MeshLint.Sources.Reading;

/// <summary>ML0013: a byte order mark that is not at the start of a file.</summary>
internal static class MarkInKey
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0013", "byte-order-mark-in-key", "A byte order mark is part of a key", RuleCategory.Reading, Severity.Error);

    /// <param name="at">Where it is.</param>
    /// <param name="message">The reader's words.</param>
    public static Diagnostic Of(Location at, string message) =>
        Diagnostic.Create(Descriptor, at, message) with
        {
            Help = "remove the byte order mark",
        };
}
