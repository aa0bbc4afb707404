using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Mesh or MeshGateway that names a secret which does not exist.</summary>
internal sealed class UnresolvedSecret : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2017", "unresolved-secret", "A secret does not exist", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge == ReferenceEdge.Secret ? Severity.Error : null;

    public override string? World(in ReferenceCase found) => "Secret";
}
