namespace MeshLint.Sources.Reading;

/// <summary>ML0006: a file that is a template, of Helm or of another tool.</summary>
internal static class TemplatedFile
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new("ML0006", "templated-file", "Template is skipped until it is rendered", RuleCategory.Reading, Severity.Info);

    /// <param name="at">The first braces.</param>
    /// <param name="reason">What shows that it is a template.</param>
    public static Diagnostic Of(Location at, string reason) =>
        Diagnostic.Create(Descriptor, at, $"'{at.Source.Path}' is a template and is skipped") with
        {
            Notes = [reason],
            Help = "render it first (helm template, kustomize build) and check the result",
        };
}
