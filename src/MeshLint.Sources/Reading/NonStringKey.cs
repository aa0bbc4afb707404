namespace MeshLint.Sources.Reading;

/// <summary>ML0004: a key that YAML 1.1 reads as a number, a boolean or null.</summary>
internal static class NonStringKey
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0004", "non-string-key", "A key is read as something other than a string", RuleCategory.Reading, Severity.Warning);

    /// <param name="at">Where it is.</param>
    /// <param name="message">The reader's words.</param>
    public static Diagnostic Of(Location at, string message) => Diagnostic.Create(Descriptor, at, message);
}
