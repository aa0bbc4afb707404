using MeshLint.Kuma.Admission;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>Every reference that finds nothing, too much, or only a part of what it needs.</summary>
/// <remarks>
/// The binder has decided what each reference finds in each control plane, why, and what follows at run time; each rule of the family owns
/// some of these
/// cases. One finding a reference: the zones are told in a note. Conditions D32, G04–G06, G08–G20, G24, G26, G27, G30–G33, G35–G38, G41,
/// G44, H06
/// and A14, A24 of docs/coverage.md.
/// </remarks>
internal sealed class ReferenceFamily(ImmutableArray<ReferenceRule> rules) : RuleFamily<ReferenceRule>(rules)
{
    public override void Analyze(RuleContext context)
    {
        Dictionary<(string Kind, string Name), AdmissionVerdict>? refused = null;
        foreach (var reference in context.Compilation.References)
        {
            if (IsToldElsewhere(reference) || Worst(reference) is not { } outcome)
                continue;
            var found = new ReferenceCase(reference, outcome);
            if (OwnerOf(found) is not { } owner)
                continue;
            refused ??= Refused(context);
            Report(context, found, owner.Rule, owner.Severity, refused);
        }

        foreach (var rule in Rules)
            rule.LookBeyond(context);
    }

    // Rules of their own have more to say of these.
    private static bool IsToldElsewhere(Reference reference) =>
        reference.Edge is ReferenceEdge.MeshServiceSelector or ReferenceEdge.MultiZonePort or ReferenceEdge.HostnameSelector
        || (reference.Edge == ReferenceEdge.DataplaneSelector && reference.FromKind == "MeshService");

    private (ReferenceRule Rule, Severity Severity)? OwnerOf(in ReferenceCase found)
    {
        foreach (var rule in Rules)
        {
            if (rule.SeverityOf(found) is { } severity)
                return (rule, severity);
        }

        return null;
    }

    // The outcome to show: the first of the worst status; zones that resolve are told in a note.
    private static ReferenceOutcome? Worst(Reference reference)
    {
        ReferenceOutcome? worst = null;
        foreach (var outcome in reference.Outcomes)
        {
            if (outcome.Status is ReferenceStatus.Resolved or ReferenceStatus.Ignored && !IsUnusable(outcome))
                continue;
            // Where only a Global is configured, its zones hold what policies refer to, and nobody sees them.
            if (outcome.ControlPlane.IsGlobal && !IsGlobalsOwn(reference.Edge))
                continue;
            if (worst is null || Rank(outcome.Status) > Rank(worst.Status))
                worst = outcome;
        }

        return worst;
    }

    private static bool IsGlobalsOwn(ReferenceEdge edge) => edge is ReferenceEdge.Mesh or ReferenceEdge.Secret or ReferenceEdge.Backend;

    // In a federated zone whose Global is not among the files, what comes from the Global (and through it from other zones) is unknown.
    // A name of 2.x finds only what is of the own zone.
    private static bool MayComeFromElsewhere(RuleContext context, Reference reference) =>
        reference.Outcomes.Any(static o => o.ControlPlane.IsFederated)
        && context.Compilation.Graph.Views.Any(static v => v.IsImplied)
        && reference.Edge is not (ReferenceEdge.TargetRef or ReferenceEdge.DataplaneSelector)
        && (reference.Target.Kind != "MeshService" || reference.Target.LabelsNode.Count > 0);

    // Found, and still nothing is sent to it.
    private static bool IsUnusable(ReferenceOutcome outcome) =>
        outcome.Status == ReferenceStatus.Resolved && outcome.Effect != ReferenceEffect.None
            && outcome.Reason is ReferenceReason.ProtocolUnusable or ReferenceReason.ZeroWeight;

    private static int Rank(ReferenceStatus status) => status switch
    {
        ReferenceStatus.Unresolved => 3,
        ReferenceStatus.Partial => 2,
        ReferenceStatus.Ambiguous => 1,
        _ => 0,
    };

    private static void Report(
        RuleContext context, in ReferenceCase found, ReferenceRule rule, Severity severity,
        Dictionary<(string Kind, string Name), AdmissionVerdict> refused)
    {
        var (reference, outcome) = found;
        var at = rule.Place(found);
        // A whole reference is shown by its kind, which is one line; what has none by itself.
        if (!at.Exists)
            at = reference.KindOrWhole;
        var location = at.Exists ? Location.Of(at) : reference.From?.Resource.Location ?? reference.FromDataplane?.Location;
        if (location is not { } place)
            return;
        var finding = context.Report(rule.Finds, place, rule.Message(found)).As(severity).OnReferrer(reference);
        if (EffectWords.Of(outcome) is { Length: > 0 } effect)
            finding.Note(effect);
        rule.Explain(finding, found, at);
        NoteZones(finding, reference, outcome);
        if (rule.World(found) is { } world)
            NoteWorld(context, finding, reference, world, refused);
    }

    private static void NoteZones(Finding finding, Reference reference, ReferenceOutcome outcome)
    {
        var failing = reference.Outcomes.Where(o => o.Status == outcome.Status && o.Reason == outcome.Reason)
            .Select(o => o.ControlPlane.Name).ToList();
        if (failing.Count == reference.Outcomes.Length)
            return;
        finding.Note($"this happens in {(failing.Count == 1 ? "zone" : "zones")} {RuleText.Quoted(failing)} only");
        if (reference.Outcomes.Any(o => o.Status == ReferenceStatus.Resolved && !IsUnusable(o)))
            finding.Lower();
    }

    private static void NoteWorld(
        RuleContext context, Finding finding, Reference reference, string world,
        Dictionary<(string Kind, string Name), AdmissionVerdict> refused)
    {
        if (MayComeFromElsewhere(context, reference))
            finding.Lower().Note("the Global of this zone is not among the files, so the resource may exist there");
        else
            finding.UnlessOpen(context.Options, world);
        var named = reference.Target.NameNode.AsString() ?? reference.Target.LabelsNode[WellKnown.DisplayName].AsString();
        if (named is not null && reference.Target.Kind is { Length: > 0 } kind && refused.TryGetValue((kind, named), out var verdict))
            finding.Related(verdict.Resource.Location, $"this {kind} has the name, but the control plane refuses it");
    }

    private static Dictionary<(string Kind, string Name), AdmissionVerdict> Refused(RuleContext context)
    {
        var refused = new Dictionary<(string Kind, string Name), AdmissionVerdict>();
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (!verdict.Accepted)
                refused.TryAdd((verdict.Resource.Kind, verdict.Resource.Name), verdict);
        }

        return refused;
    }
}
