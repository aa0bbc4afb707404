using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Binding;

/// <summary>Makes outcomes of one control plane.</summary>
internal static class Outcomes
{
    public static ReferenceOutcome Resolved(BindingScope scope, ImmutableArray<ReferenceTarget> targets) =>
        new() { ControlPlane = scope.View.ControlPlane, Status = ReferenceStatus.Resolved, Reason = ReferenceReason.None, Targets = targets };

    public static ReferenceOutcome Resolved(BindingScope scope, ReferenceTarget target) => Resolved(scope, [target]);

    public static ReferenceOutcome Unresolved(
        BindingScope scope, ReferenceReason reason, string text, ReferenceEffect effect, ImmutableArray<ReferenceCandidate> candidates = default) =>
        Make(scope.View.ControlPlane, ReferenceStatus.Unresolved, reason, text, effect, [], candidates);

    public static ReferenceOutcome Ignored(BindingScope scope, ReferenceReason reason, string text) =>
        Make(scope.View.ControlPlane, ReferenceStatus.Ignored, reason, text, ReferenceEffect.None, [], []);

    public static ReferenceOutcome Partial(
        BindingScope scope, ReferenceReason reason, string text, ReferenceEffect effect, ImmutableArray<ReferenceTarget> targets, ImmutableArray<ReferenceCandidate> candidates = default) =>
        Make(scope.View.ControlPlane, ReferenceStatus.Partial, reason, text, effect, targets, candidates);

    public static ReferenceOutcome Ambiguous(BindingScope scope, string text, ReferenceEffect effect, ImmutableArray<ReferenceTarget> targets) =>
        Make(scope.View.ControlPlane, ReferenceStatus.Ambiguous, ReferenceReason.SeveralMatch, text, effect, targets, []) with { DependsOnOrder = true };

    /// <summary>What may be said where only the first things of a list were looked at (<see cref="WorkBudget"/>): nothing of what is missing, and counts are lower bounds.</summary>
    public static ReferenceOutcome OfCutList(this ReferenceOutcome outcome) => outcome.Status switch
    {
        ReferenceStatus.Unresolved or ReferenceStatus.Partial => new()
        {
            ControlPlane = outcome.ControlPlane, Status = ReferenceStatus.Resolved, Reason = ReferenceReason.None, Targets = outcome.Targets,
        },
        ReferenceStatus.Ambiguous => outcome with { Text = $"at least {outcome.Text}" },
        _ => outcome,
    };

    /// <summary>The same outcome with what it leads to.</summary>
    public static ReferenceOutcome With(this ReferenceOutcome outcome, ReferenceEffect effect) =>
        outcome with { Effect = effect, LostPercent = null };

    private static ReferenceOutcome Make(
        ControlPlane place, ReferenceStatus status, ReferenceReason reason, string text, ReferenceEffect effect,
        ImmutableArray<ReferenceTarget> targets, ImmutableArray<ReferenceCandidate> candidates) => new()
    {
        ControlPlane = place,
        Status = status,
        Reason = reason,
        Text = text,
        Effect = effect,
        Targets = targets,
        Candidates = candidates.IsDefault ? [] : candidates,
    };
}
