using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A requestMirror filter whose backendRef finds no destination.</summary>
internal sealed class UnresolvedRequestMirror : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2014", "unresolved-request-mirror", "A requestMirror finds no destination", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge == ReferenceEdge.RequestMirror ? found.SeverityOfEffect : null;

    public override string? World(in ReferenceCase found) => found.Kind ?? "MeshService";
}
