using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Analysis.Rules.References;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>A policy (or a selector of a MeshIdentity) whose top level selects no proxy.</summary>
internal sealed class PolicySelectsNothing : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3001", "policy-selects-nothing", "The top-level targetRef of a policy selects no proxy", RuleCategory.Targeting,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) =>
        found.FindsNothing && found.Edge is ReferenceEdge.TargetRef or ReferenceEdge.DataplaneSelector ? Severity.Warning : null;

    public override string? World(in ReferenceCase found) =>
        found.Edge == ReferenceEdge.TargetRef && found.Kind == "MeshHTTPRoute" ? "MeshHTTPRoute" : "Dataplane";
}
