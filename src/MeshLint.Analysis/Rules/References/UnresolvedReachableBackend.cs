using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>An item of <c>reachableBackends</c> or <c>reachableServices</c> that does not exist.</summary>
internal sealed class UnresolvedReachableBackend : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2016", "unresolved-reachable-backend", "A reachable backend or service does not exist", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found)
    {
        if (!found.FindsNothing || found.Edge is not (ReferenceEdge.ReachableBackend or ReferenceEdge.ReachableService))
            return null;
        // What only a legacy mode reads is left over from a migration.
        if (found.Edge == ReferenceEdge.ReachableService && found.Reason == ReferenceReason.LegacyInExclusiveMode)
            return Severity.Info;
        return found.Outcome.Status == ReferenceStatus.Partial ? Severity.Warning : Severity.Error;
    }

    public override string? World(in ReferenceCase found) =>
        found.Edge == ReferenceEdge.ReachableService ? "Dataplane" : found.Kind ?? "MeshService";
}
