namespace MeshLint.Sources.Reading;

/// <summary>ML0014: a link out of the repository, or a folder that <c>meshlint build</c> wrote.</summary>
internal static class LeftOut
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new(
            "ML0014", "left-out", "A link out of the repository, or the output of 'meshlint build', is not read", RuleCategory.Reading,
            Severity.Info);

    /// <param name="path">The file.</param>
    /// <param name="detail">Why.</param>
    public static Diagnostic Of(string path, string detail) =>
        Diagnostic.Create(Descriptor, new Location(new SourceText(path, ""), default), $"'{path}' is left out: {detail}");
}
