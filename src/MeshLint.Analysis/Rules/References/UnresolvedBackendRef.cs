using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A backendRef of a route rule that finds no destination.</summary>
internal sealed class UnresolvedBackendRef : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2012", "unresolved-backend-ref", "A backendRef of a route rule finds no destination", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge == ReferenceEdge.BackendRef ? found.SeverityOfEffect : null;

    public override string? World(in ReferenceCase found) => found.Kind ?? "MeshService";
}
