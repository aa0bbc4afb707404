namespace MeshLint.Sources.Reading;

/// <summary>ML0009: a file that is not UTF-8.</summary>
internal static class InvalidEncoding
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0009", "invalid-encoding", "File is not UTF-8", RuleCategory.Reading, Severity.Error);

    /// <param name="at">The first character that is not.</param>
    /// <param name="detail">The byte.</param>
    public static Diagnostic Of(Location at, string detail) =>
        Diagnostic.Create(Descriptor, at, $"'{at.Source.Path}' is not UTF-8: {detail}");
}
