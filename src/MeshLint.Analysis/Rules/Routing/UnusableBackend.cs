using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Analysis.Rules.References;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>
/// A backend that exists with its port, and to which the route still sends nothing, because of the protocol or a weight of 0.
/// </summary>
internal sealed class UnusableBackend : ReferenceRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5003", "unusable-backend", "A backend is found, but the route cannot send to it", RuleCategory.Routing, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override Severity? SeverityOf(in ReferenceCase found) => !found.IsAboutUse
        ? null
        : found.Reason == ReferenceReason.ProtocolUnusable ? found.SeverityOfEffect
            // A backend that is switched off by its weight is meant so, unless nothing is left.
            : found.Outcome.Effect is ReferenceEffect.RuleAnswers500 or ReferenceEffect.RuleDisappears or ReferenceEffect.RuleWithoutCluster
                or ReferenceEffect.ConnectionsClosed
                ? Severity.Error
                : null;

    public override Node Place(in ReferenceCase found) =>
        found.Reason == ReferenceReason.ZeroWeight ? found.Backend?.WeightNode ?? default : default;
}
