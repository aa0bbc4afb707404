namespace MeshLint.Sources.Reading;

/// <summary>ML0008: a file past the limit of size.</summary>
internal static class FileTooLarge
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0008", "file-too-large", "File exceeds the size limit", RuleCategory.Reading, Severity.Warning);

    /// <param name="path">The file.</param>
    /// <param name="detail">Why.</param>
    public static Diagnostic Of(string path, string detail) =>
        Diagnostic.Create(Descriptor, new Location(new SourceText(path, ""), default), $"'{path}' is not read: {detail}");
}
