namespace MeshLint.Sources.Reading;

/// <summary>ML0019: a part of the repository whose cost would grow beyond its size.</summary>
internal static class WorkLimit
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0019", "work-limit", "A part of the repository exceeds a limit and is not checked", RuleCategory.Reading, Severity.Error);

    /// <param name="at">A place in the files that it concerns.</param>
    /// <param name="message">What is not checked.</param>
    /// <param name="limit">The limit.</param>
    public static Diagnostic Of(Location at, string message, string limit) =>
        Diagnostic.Create(Descriptor, at, message) with
        {
            Notes = [limit, "findings about the rest are missing"],
            Help = "split the repository, or exclude what is not needed",
        };
}
