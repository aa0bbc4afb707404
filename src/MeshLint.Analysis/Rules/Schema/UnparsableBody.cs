using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.Schema;

/// <summary>A control plane (or API server) cannot decode the document: a value of the wrong type, a number out of range.</summary>
internal sealed class UnparsableBody : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML1003", "unparsable-body", "A control plane cannot decode the document", RuleCategory.Schema, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in Refusals.Of(context, RefusalCause.Contents))
        {
            if (verdict.IsDecodingError && (verdict.Violations.IsEmpty || verdict.Detail is not null))
                Refusals.ReportDetail(context, Descriptor, verdict);
        }
    }
}
