namespace MeshLint.Sources.Reading;

/// <summary>ML0011: a file outside of the folders of all control planes.</summary>
internal static class FileWithoutControlPlane
{
    public static DiagnosticDescriptor Descriptor { get; } =
        new(
            "ML0011", "file-without-control-plane", "File belongs to no control plane of the configuration", RuleCategory.Reading,
            Severity.Info);

    /// <param name="at">Where its first document starts.</param>
    public static Diagnostic Of(Location at) =>
        Diagnostic.Create(
            Descriptor, at, $"'{at.Source.Path}' belongs to no control plane of the configuration, so its documents are ignored") with
        {
            Help = "add its folder under 'controlPlanes', or exclude it",
        };
}
