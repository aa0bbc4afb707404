using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>An outbound of a Dataplane that finds no destination: nothing listens on its local port.</summary>
internal sealed class UnresolvedOutbound : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2015", "unresolved-outbound", "An outbound of a Dataplane finds no destination", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge == ReferenceEdge.Outbound ? Severity.Error : null;

    public override string? World(in ReferenceCase found) => found.Kind ?? "MeshService";
}
