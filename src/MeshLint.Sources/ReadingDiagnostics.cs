using MeshLint.Diagnostics;

namespace MeshLint.Sources;

/// <summary>What can be said about files and documents before anybody asks what they mean.</summary>
public static class ReadingDiagnostics
{
    public static DiagnosticDescriptor InvalidYaml { get; } =
        new("ML0002", "invalid-yaml", "Document is not valid YAML", RuleCategory.Reading, Severity.Error);

    public static DiagnosticDescriptor DuplicateKey { get; } =
        new("ML0003", "duplicate-key", "A key stands twice in one mapping", RuleCategory.Reading, Severity.Error);

    public static DiagnosticDescriptor NonStringKey { get; } =
        new("ML0004", "non-string-key", "A key is read as something other than text", RuleCategory.Reading, Severity.Warning);

    public static DiagnosticDescriptor DocumentTooLarge { get; } =
        new("ML0005", "document-too-large", "Document is nested or expanded past the limits", RuleCategory.Reading, Severity.Error);

    public static DiagnosticDescriptor TemplatedFile { get; } =
        new("ML0006", "templated-file", "Template is skipped until it is rendered", RuleCategory.Reading, Severity.Info);

    public static DiagnosticDescriptor UnreadableFile { get; } =
        new("ML0007", "unreadable-file", "File cannot be read", RuleCategory.Reading, Severity.Error);

    public static DiagnosticDescriptor FileTooLarge { get; } =
        new("ML0008", "file-too-large", "File is larger than what is read", RuleCategory.Reading, Severity.Warning);

    public static DiagnosticDescriptor InvalidEncoding { get; } =
        new("ML0009", "invalid-encoding", "File is not UTF-8", RuleCategory.Reading, Severity.Error);

    public static DiagnosticDescriptor AssumedControlPlane { get; } =
        new("ML0010", "assumed-control-plane", "No configuration names the control planes", RuleCategory.Reading, Severity.Info);

    public static DiagnosticDescriptor FileWithoutControlPlane { get; } =
        new("ML0011", "file-without-control-plane", "No control plane of the configuration takes the file", RuleCategory.Reading, Severity.Info);

    public static DiagnosticDescriptor LostDocument { get; } =
        new("ML0012", "lost-document", "Text after the end of a document is never read", RuleCategory.Reading, Severity.Warning);

    public static DiagnosticDescriptor MarkInKey { get; } =
        new("ML0013", "byte-order-mark-in-key", "A byte order mark is part of a key", RuleCategory.Reading, Severity.Error);

    public static DiagnosticDescriptor WorkLimit { get; } =
        new("ML0019", "work-limit", "A part of the repository would cost too much and is not judged", RuleCategory.Reading, Severity.Error);

    /// <summary>Something is left out because its cost would grow beyond the size of the repository.</summary>
    internal static Diagnostic LimitExceeded(Location location, string message, string limit) => Diagnostic.Create(WorkLimit, location, message) with
    {
        Notes = [limit, "findings about what is left out are missing"],
        Help = "split the repository, or take out what nobody needs",
    };

    public static DiagnosticDescriptor LeftOut { get; } =
        new("ML0014", "left-out", "A link out of the repository or the output of a build is not read", RuleCategory.Reading, Severity.Info);

    /// <summary>Whether a finding means that something was not read and is missing from every later stage.</summary>
    public static bool MeansUnread(DiagnosticDescriptor descriptor) =>
        descriptor == InvalidYaml || descriptor == DocumentTooLarge || descriptor == TemplatedFile || descriptor == UnreadableFile || descriptor == FileTooLarge || descriptor == InvalidEncoding;

    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        InvalidYaml, DuplicateKey, NonStringKey, DocumentTooLarge, TemplatedFile, UnreadableFile, FileTooLarge, InvalidEncoding,
        AssumedControlPlane, FileWithoutControlPlane, LostDocument, MarkInKey, LeftOut, WorkLimit,
    ];
}
