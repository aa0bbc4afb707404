using MeshLint.Core.Diagnostics;
using MeshLint.Core.Documents;

namespace MeshLint.Core.Rules.Reading;

/// <summary>Faults of the YAML itself, as the reader found them.</summary>
internal sealed class BrokenDocument : Rule
{
    public static readonly DiagnosticDescriptor InvalidYaml = new(
        "ML0002", "invalid-yaml", "A document is not valid YAML", RuleCategory.Reading, Severity.Error);

    public static readonly DiagnosticDescriptor DuplicateKey = new(
        "ML0003", "duplicate-key", "A key stands twice in one mapping", RuleCategory.Reading, Severity.Error);

    public static readonly DiagnosticDescriptor NonStringKey = new(
        "ML0004", "non-string-key", "A key is a number, a boolean or null", RuleCategory.Reading, Severity.Warning);

    public static readonly DiagnosticDescriptor TooLarge = new(
        "ML0005", "document-too-large", "A document nests or expands past the limits", RuleCategory.Reading, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [InvalidYaml, DuplicateKey, NonStringKey, TooLarge];

    public override void Analyze(RuleContext context)
    {
        foreach (var document in context.Compilation.Documents)
        {
            foreach (var problem in document.Problems)
                Report(context, document, problem);
        }
    }

    private static void Report(RuleContext context, SourceDocument document, DocumentProblem problem)
    {
        var location = new Location(document.Source, problem.Span);
        switch (problem.Kind)
        {
            case DocumentProblemKind.Syntax or DocumentProblemKind.Tab:
                context.Report(InvalidYaml, location, problem.Message)
                    .Note("the rest of this document is not checked; other documents of the file are");
                break;
            case DocumentProblemKind.TooLarge:
                context.Report(TooLarge, location, problem.Message)
                    .Note("the document is not checked; limits keep hostile files from exhausting the machine");
                break;
            // Only in documents that concern a mesh: other people's files are other people's business.
            case DocumentProblemKind.DuplicateKey when context.Compilation.ConcernsMesh(document):
                var finding = context.Report(DuplicateKey, location, problem.Message)
                    .Note("Kuma takes the last one and says nothing; kubectl with strict validation refuses the document")
                    .Help("keep one of the two");
                if (problem.Related is { } related)
                    finding.Related(new Location(document.Source, related), "first written here");
                break;
            case DocumentProblemKind.NonStringKey when context.Compilation.ConcernsMesh(document):
                context.Report(NonStringKey, location, problem.Message);
                break;
        }
    }
}
