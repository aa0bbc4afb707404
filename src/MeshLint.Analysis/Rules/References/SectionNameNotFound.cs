using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A sectionName that no target of the reference has.</summary>
internal sealed class SectionNameNotFound : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2004", "section-name-not-found", "A sectionName exists on none of the selected resources", RuleCategory.References,
        Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) => !found.IsAboutSection
        ? null
        : found.Reason != ReferenceReason.NoSuchSection
            ? found.SeverityOfEffect
            : found.Outcome.Status == ReferenceStatus.Partial ? Severity.Info
                : found.Edge == ReferenceEdge.TargetRef ? Severity.Warning
                    : Severity.Error;

    public override Node Place(in ReferenceCase found) =>
        found.Reason == ReferenceReason.PortRequired ? default : found.Target.SectionNameNode;
}
