using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Specs;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A reference with the outcome that is to be told, and the questions by which rules tell their own cases from others'.</summary>
/// <remarks>
/// The five <c>Is…</c> questions exclude each other, so that a case has at most one owner (<c>ReferenceOwnershipTests</c>).
/// </remarks>
internal readonly record struct ReferenceCase(Reference Reference, ReferenceOutcome Outcome)
{
    public ReferenceEdge Edge => Reference.Edge;

    public ReferenceReason Reason => Outcome.Reason;

    /// <summary>What is written there.</summary>
    public Node Node => Reference.Node;

    /// <summary>The <c>kind</c> that it names, if it names one.</summary>
    public string? Kind => Reference.Target.KindNode.AsString();

    /// <summary>What is written there as a targetRef.</summary>
    public TargetRef Target => Reference.Target;

    /// <summary>The same as a backendRef; null where it is none.</summary>
    public BackendRef? Backend => Reference.Target as BackendRef;

    /// <summary>Several match where one is taken.</summary>
    public bool IsAmbiguous => Outcome.Status == ReferenceStatus.Ambiguous;

    /// <summary>The target is found, its section is not.</summary>
    public bool IsAboutSection => !IsAmbiguous && (Reason == ReferenceReason.NoSuchSection
        || (Reason is ReferenceReason.NoSuchPort or ReferenceReason.PortRequired
            && Target.SectionNameNode.Exists && Edge != ReferenceEdge.Outbound));

    /// <summary>The target is found, its port is not.</summary>
    public bool IsAboutPort => !IsAmbiguous && !IsAboutSection
        && Reason is ReferenceReason.NoSuchPort or ReferenceReason.PortRequired or ReferenceReason.OnlyUnnamedPort;

    /// <summary>The target and its port are found, and still nothing can be sent there.</summary>
    public bool IsAboutUse => !IsAmbiguous && Reason is ReferenceReason.ProtocolUnusable or ReferenceReason.ZeroWeight;

    /// <summary>The target is looked for among values of <c>kuma.io/service</c>.</summary>
    public bool IsAboutLegacyName => !IsAmbiguous && (Reason == ReferenceReason.LegacyService || (Edge == ReferenceEdge.BackendRef
        && Reason is ReferenceReason.LegacyInExclusiveMode or ReferenceReason.EmptyLegacyName or ReferenceReason.LegacyProtocol
            or ReferenceReason.NoSuchLegacyService));

    /// <summary>It finds nothing, and which place refers decides who says so.</summary>
    public bool FindsNothing => !IsAmbiguous && !IsAboutSection && !IsAboutPort && !IsAboutUse && !IsAboutLegacyName;

    /// <summary>How bad the effect is: a part lost is a warning, everything lost an error.</summary>
    public Severity SeverityOfEffect =>
        Outcome.Effect is ReferenceEffect.None or ReferenceEffect.MirrorLeftOut or ReferenceEffect.AllPortsReachable
        or ReferenceEffect.OnePortReachable or ReferenceEffect.PolicySelectsSome or ReferenceEffect.SomeTaken
            or ReferenceEffect.PartAddsNothing
        or ReferenceEffect.OldestTaken
            ? Severity.Warning
            : Severity.Error;
}
