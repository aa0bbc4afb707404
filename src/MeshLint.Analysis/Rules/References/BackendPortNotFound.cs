using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A reference to a destination that exists, by a port that it does not have.</summary>
internal sealed class BackendPortNotFound : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2013", "backend-port-not-found", "A reference names a port that the destination does not have", RuleCategory.References,
        Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) => !found.IsAboutPort
        ? null
        : found.Reason == ReferenceReason.OnlyUnnamedPort ? Severity.Warning : found.SeverityOfEffect;

    public override Node Place(in ReferenceCase found) => found.Reason != ReferenceReason.NoSuchPort
        ? default
        : found.Backend?.SectionOrPortNode ?? default;
}
