using MeshLint.Core.Admission;
using MeshLint.Core.Diagnostics;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules.Schema;

/// <summary>A control plane (or API server) would refuse the document; its own words are the finding's <c>admission</c>.</summary>
/// <remarks>One finding a violation, each at the field it speaks of.</remarks>
internal sealed class RefusedDocument : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML1001", "refused-document", "A control plane refuses the document", RuleCategory.Schema, Severity.Error);

    public static readonly DiagnosticDescriptor UnknownKind = new(
        "ML1002", "unknown-kind", "The Kuma version has no such kind", RuleCategory.Schema, Severity.Error);

    public static readonly DiagnosticDescriptor UnparsableBody = new(
        "ML1003", "unparsable-body", "A control plane cannot decode the document", RuleCategory.Schema, Severity.Error);

    /// <summary>As many names are compared with one that does not exist.</summary>
    private const int MostCandidates = 200;

    private const string ZoneLabelField = "labels[\"kuma.io/zone\"]";
    private const string ZoneAnnotationField = "metadata.labels[kuma.io/zone]";

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor, UnknownKind, UnparsableBody];

    public override void Analyze(RuleContext context)
    {
        var meshes = new Lazy<List<string>>(() =>
        [
            .. context.Compilation.Resources.Where(static r => r.Kind == "Mesh").Select(static r => r.Name).Append(WellKnown.DefaultMesh)
                .Distinct(StringComparer.Ordinal).Take(MostCandidates),
        ]);
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict.Accepted)
                continue;
            if (verdict.Resource.KindInfo is not { } kind || !kind.ExistsIn(context.Version))
                ReportKind(context, verdict);
            else if (IsAboutMesh(verdict))
                ReportMesh(context, verdict, meshes.Value);
            else
                ReportRefusal(context, verdict);
        }

        foreach (var secret in context.Compilation.Objects)
        {
            foreach (var violation in KubernetesSecrets.Check(secret))
                context.Report(Descriptor, violation.Location, $"'{violation.Field}' is refused by the control plane: {violation.Reason}").On(secret).Refused(violation.Field, violation.Reason);
        }
    }

    // A webhook may answer with a text of its own and a cause beside it.
    private static void ReportRefusal(RuleContext context, AdmissionVerdict verdict)
    {
        if (verdict.Violations.IsEmpty || verdict.Detail is not null)
            ReportDetail(context, verdict);
        ReportViolations(context, verdict);
    }

    private static void ReportKind(RuleContext context, AdmissionVerdict verdict)
    {
        var resource = verdict.Resource;
        var node = resource.Root[resource.IsKubernetes ? "kind" : "type"];
        var location = node.Exists ? Location.Of(node) : resource.Location;
        var name = resource.Kind;
        if (resource.KindInfo is { } kind)
        {
            var text = kind.Until is { } until && context.Version > until
                ? $"Kuma {context.Version.Text()} has no {name}, {until.Text()} is the last version with it"
                : $"Kuma {context.Version.Text()} has no {name}, {kind.Since.Text()} is the first version with it";
            context.Report(UnknownKind, location, text).On(resource).Refused(Field(verdict), Reason(verdict));
            return;
        }

        context.Report(UnknownKind, location, $"'{name}' is no kind of Kuma")
            .On(resource)
            .Refused(Field(verdict), Reason(verdict))
            .NearMiss(name, node, KindCatalog.All.Where(k => k.ExistsIn(context.Version)).Select(k => k.Name));
    }

    // A document of a mesh that does not exist is refused as a whole (the API answers 404; on Kubernetes the owner-reference webhook 400).
    private static void ReportMesh(RuleContext context, AdmissionVerdict verdict, List<string> meshes)
    {
        var resource = verdict.Resource;
        var label = resource.LabelsNode[WellKnown.Mesh];
        var node = resource.Root["mesh"].Exists ? resource.Root["mesh"] : label;
        context.Report(References.ReferenceRule.UnknownMesh, node.Exists ? Location.Of(node) : resource.Location, $"{resource.Kind} '{resource.Name}' belongs to mesh '{resource.Mesh}', which does not exist")
            .On(resource)
            .Refused(Field(verdict), Reason(verdict))
            .Note("the control plane refuses the resource until that mesh exists")
            .NearMiss(resource.Mesh, node, meshes);
    }

    private static bool IsAboutMesh(AdmissionVerdict verdict) =>
        verdict.Title == "Failed to retrieve Mesh" || Reason(verdict).StartsWith("meshs.kuma.io \"", StringComparison.Ordinal);

    private static void ReportDetail(RuleContext context, AdmissionVerdict verdict)
    {
        var detail = verdict.Detail is { Length: > 0 } text ? text.TrimEnd('\n') : verdict.Title ?? "refused";
        context.Report(verdict.IsDecodingError ? UnparsableBody : Descriptor, verdict.DetailLocation ?? verdict.Resource.Location, $"the control plane refuses this {verdict.Resource.Kind}: {detail}")
            .On(verdict.Resource)
            .Refused("", verdict.Detail is { Length: > 0 } full ? full : verdict.Title ?? "");
    }

    private static void ReportViolations(RuleContext context, AdmissionVerdict verdict)
    {
        foreach (var violation in verdict.Violations)
        {
            var field = violation.Field.Length > 0 ? $"'{violation.Field}' " : "";
            var finding = context.Report(Descriptor, violation.Location, $"{field}is refused by the control plane: {violation.Reason}")
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
        foreach (var lead in (ReadOnlySpan<string>)["should be one of [", "supported values: ", "must be one of: ", "must be one of [", "Available values are: ", "Available values are [", "Allowed values: "])
        {
            var at = reason.IndexOf(lead, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var values = reason[(at + lead.Length)..].Split([' ', ',', '[', ']', '"'], StringSplitOptions.RemoveEmptyEntries);
            var source = violation.Location.Source;
            var written = source.Slice(violation.Location.Span).Trim("\"'").ToString();
            if (NearMiss.Find(written, values) is not { } close)
                return;
            finding.Help($"did you mean '{close}'?");
            if (source.Slice(violation.Location.Span).SequenceEqual(written))
                finding.Fix(new Fix($"Replace '{written}' by '{close}'", FixSafety.Unsafe, [new TextEdit(source, violation.Location.Span, close)]));
            return;
        }
    }

    private static string Field(AdmissionVerdict verdict) => verdict.Violations.IsEmpty ? "" : verdict.Violations[0].Field;

    private static string Reason(AdmissionVerdict verdict) =>
        !verdict.Violations.IsEmpty ? verdict.Violations[0].Reason : verdict.Detail is { Length: > 0 } detail ? detail : verdict.Title ?? "";
}
