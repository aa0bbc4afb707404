using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>An item of <c>to</c> whose destination does not exist. A policy loses one item, a route all of its rules.</summary>
internal sealed class UnresolvedDestination : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2011", "unresolved-destination", "The destination of a policy or route does not exist", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) => !found.FindsNothing || found.Edge != ReferenceEdge.To
        ? null
        : found.Reference.FromKind is "MeshHTTPRoute" or "MeshTCPRoute" ? Severity.Error : Severity.Warning;

    public override string? World(in ReferenceCase found) => found.Kind ?? "MeshService";
}
