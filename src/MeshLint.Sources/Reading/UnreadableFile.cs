namespace MeshLint.Sources.Reading;

/// <summary>ML0007: a file that the host cannot read.</summary>
internal static class UnreadableFile
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0007", "unreadable-file", "File cannot be read", RuleCategory.Reading, Severity.Error);

    /// <param name="path">The file.</param>
    /// <param name="detail">Why.</param>
    public static Diagnostic Of(string path, string detail) =>
        Diagnostic.Create(Descriptor, new Location(new SourceText(path, ""), default), $"'{path}' cannot be read: {detail}");
}
