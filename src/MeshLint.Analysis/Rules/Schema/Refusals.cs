using MeshLint.Kuma.Admission;

namespace MeshLint.Analysis.Rules.Schema;

/// <summary>Refused documents by what is refused, and the control plane's words.</summary>
internal static class Refusals
{
    /// <summary>The refusals of one cause.</summary>
    public static IEnumerable<AdmissionVerdict> Of(RuleContext context, RefusalCause cause)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (!verdict.Accepted && CauseOf(context, verdict) == cause)
                yield return verdict;
        }
    }

    /// <summary>Path of the first violation; empty where the answer names none.</summary>
    public static string Field(AdmissionVerdict verdict) => verdict.Violations.IsEmpty ? "" : verdict.Violations[0].Field;

    /// <summary>The first reason, verbatim.</summary>
    public static string Reason(AdmissionVerdict verdict) =>
        !verdict.Violations.IsEmpty
            ? verdict.Violations[0].Reason
            : verdict.Detail is { Length: > 0 } detail
            ? detail
            : verdict.Title ?? "";

    /// <summary>Reports the text of an answer that has no violations, or one beside them.</summary>
    public static void ReportDetail(RuleContext context, DiagnosticDescriptor descriptor, AdmissionVerdict verdict)
    {
        var detail = verdict.Detail is { Length: > 0 } text ? text.TrimEnd('\n') : verdict.Title ?? "refused";
        context.Report(
            descriptor,
            verdict.DetailLocation ?? verdict.Resource.Location,
            $"the control plane refuses this {verdict.Resource.Kind}: {detail}")
            .On(verdict.Resource)
            .Refused("", verdict.Detail is { Length: > 0 } full ? full : verdict.Title ?? "");
    }

    private static RefusalCause CauseOf(RuleContext context, AdmissionVerdict verdict) =>
        verdict.Resource.KindInfo is not { } kind || !kind.ExistsIn(context.Version) ? RefusalCause.Kind
        : verdict.Title == "Failed to retrieve Mesh" || Reason(verdict).StartsWith("meshs.kuma.io \"", StringComparison.Ordinal)
            ? RefusalCause.Mesh
        : RefusalCause.Contents;
}
