namespace MeshLint.Sources.Reading;

/// <summary>ML0003: a key that a mapping contains twice.</summary>
internal static class DuplicateKey
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0003", "duplicate-key", "A mapping contains a key twice", RuleCategory.Reading, Severity.Error);

    /// <param name="at">Where it is.</param>
    /// <param name="message">The reader's words.</param>
    /// <param name="first">The other place, where the reader names one.</param>
    public static Diagnostic Of(Location at, string message, Location? first) =>
        Diagnostic.Create(Descriptor, at, message) with
        {
            Related = first is null ? [] : [new RelatedLocation(first.Value, "first here")],
            Notes = ["kubectl and kumactl keep the last value and drop the others silently"],
            Help = "remove one of them",
        };
}
