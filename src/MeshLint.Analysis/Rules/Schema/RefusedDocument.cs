using MeshLint.Kuma.Admission;
using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.Schema;

/// <summary>A control plane (or API server) would refuse the document; its own words are the finding's <c>admission</c>.</summary>
/// <remarks>One finding a violation, each at the field it speaks of.</remarks>
internal sealed class RefusedDocument : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML1001", "refused-document", "A control plane refuses the document", RuleCategory.Schema, Severity.Error);

    private const string ZoneLabelField = "labels[\"kuma.io/zone\"]";
    private const string ZoneAnnotationField = "metadata.labels[kuma.io/zone]";

    // In front of the accepted values, in the words of validators, schemas and the API server.
    private static readonly ImmutableArray<string> Leads =
    [
        "should be one of [", "supported values: ", "must be one of: ", "must be one of [", "Available values are: ",
        "Available values are [",
        "Allowed values: ",
    ];

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in Refusals.Of(context, RefusalCause.Contents))
        {
            // A webhook may answer with a text of its own and a cause beside it.
            if (!verdict.IsDecodingError && (verdict.Violations.IsEmpty || verdict.Detail is not null))
                Refusals.ReportDetail(context, Descriptor, verdict);
            ReportViolations(context, verdict);
        }

        foreach (var secret in context.Compilation.Objects)
        {
            foreach (var violation in KubernetesSecrets.Check(secret))
            {
                context.Report(Descriptor, violation.Location, $"the control plane refuses '{violation.Field}': {violation.Reason}")
                    .On(secret)
                    .Refused(violation.Field, violation.Reason);
            }
        }
    }

    private static void ReportViolations(RuleContext context, AdmissionVerdict verdict)
    {
        foreach (var violation in verdict.Violations)
        {
            var message = violation.Field.Length > 0
                ? $"the control plane refuses '{violation.Field}': {violation.Reason}"
                : $"the control plane refuses this {verdict.Resource.Kind}: {violation.Reason}";
            var finding = context.Report(Descriptor, violation.Location, message)
                .On(verdict.Resource)
                .Refused(violation.Field, violation.Reason);
            SuggestValue(finding, violation);
            // Which zone a document is for is a guess where nobody names the control planes.
            if (violation.Field is ZoneLabelField or ZoneAnnotationField)
                finding.UnlessUnconfigured(context.Options);
        }
    }

    // The reason often lists what would have been taken, in one of the forms that validators, schemas and the API server use.
    private static void SuggestValue(Finding finding, Violation violation)
    {
        var reason = violation.Reason;
        foreach (var lead in Leads)
        {
            var at = reason.IndexOf(lead, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var values = reason[(at + lead.Length)..].Split([' ', ',', '[', ']', '"'], StringSplitOptions.RemoveEmptyEntries);
            var source = violation.Location.Source;
            var written = source.Slice(violation.Location.Span).Trim("\"'").ToString();
            if (NearMiss.Find(written, values) is not { } close)
                return;
            if (close != written)
                finding.Help($"did you mean '{close}'?").Replace(written, violation.Location, close);
            return;
        }
    }
}
