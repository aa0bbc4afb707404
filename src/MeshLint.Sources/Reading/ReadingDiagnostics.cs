namespace MeshLint.Sources.Reading;

/// <summary>What can be said about files and documents before they are asked what they mean: one file an id beside this one.</summary>
public static class ReadingDiagnostics
{
    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        InvalidYaml.Descriptor, DuplicateKey.Descriptor, NonStringKey.Descriptor, DocumentTooLarge.Descriptor, TemplatedFile.Descriptor,
        UnreadableFile.Descriptor, FileTooLarge.Descriptor, InvalidEncoding.Descriptor, AssumedControlPlane.Descriptor,
        FileWithoutControlPlane.Descriptor, LostDocument.Descriptor, MarkInKey.Descriptor, LeftOut.Descriptor, WorkLimit.Descriptor,
    ];

    /// <summary>Whether a finding means that something was not read and is missing from every later stage.</summary>
    public static bool MeansUnread(DiagnosticDescriptor descriptor) =>
        descriptor == InvalidYaml.Descriptor || descriptor == DocumentTooLarge.Descriptor || descriptor == TemplatedFile.Descriptor
        || descriptor == UnreadableFile.Descriptor || descriptor == FileTooLarge.Descriptor || descriptor == InvalidEncoding.Descriptor;
}
