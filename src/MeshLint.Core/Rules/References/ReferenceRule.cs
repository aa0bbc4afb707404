using MeshLint.Core.Admission;
using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;
using MeshLint.Core.Graph.References;

namespace MeshLint.Core.Rules.References;

/// <summary>Every reference that finds nothing, too much, or only a part of what it needs.</summary>
/// <remarks>
/// The binder has decided what each reference finds in each control plane (docs/kuma/references.md) and what follows at run time; here
/// each outcome
/// gets its descriptor, its severity and its words. One finding a reference: the zones are told in a note. Conditions D32, G04–G06, G08–G20,
/// G24, G26, G27, G30–G33, G35–G38, G41, G44, H06 and A14, A24 of docs/coverage.md.
/// </remarks>
internal sealed class ReferenceRule : Rule
{
    public static readonly DiagnosticDescriptor AmbiguousBackendRef = new(
        "ML2002", "ambiguous-backend-ref", "A reference takes one destination, but several match", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor SectionNameNotFound = new(
        "ML2004", "section-name-not-found", "A sectionName is on none of the selected resources", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnknownMesh = new(
        "ML2010", "unknown-mesh", "A resource belongs to a mesh that does not exist", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnresolvedDestination = new(
        "ML2011", "unresolved-destination", "The destination of a policy or route does not exist", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnresolvedBackendRef = new(
        "ML2012", "unresolved-backend-ref", "A backendRef finds no destination", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor BackendPortNotFound = new(
        "ML2013", "backend-port-not-found", "A reference names a port that the destination does not have", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnresolvedRequestMirror = new(
        "ML2014", "unresolved-request-mirror", "A requestMirror finds no destination", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnresolvedOutbound = new(
        "ML2015", "unresolved-outbound", "An outbound of a Dataplane leads nowhere", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnresolvedReachableBackend = new(
        "ML2016", "unresolved-reachable-backend", "A reachable backend or service does not exist", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnresolvedSecret = new(
        "ML2017", "unresolved-secret", "A secret does not exist", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor UnresolvedBackend = new(
        "ML2018", "unresolved-backend", "A logging, tracing, metrics or certificate backend does not exist", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor LegacyBackendRef = new(
        "ML2019", "legacy-backend-ref", "A backendRef without port is read as a kuma.io/service name", RuleCategory.References, Severity.Warning) { When = static b => b.LegacyServices };

    public static readonly DiagnosticDescriptor PolicySelectsNothing = new(
        "ML3001", "policy-selects-nothing", "The top-level targetRef of a policy selects no proxy", RuleCategory.Targeting, Severity.Warning);

    public static readonly DiagnosticDescriptor ClientNeverMatches = new(
        "ML3002", "client-never-matches", "A from or selector entry matches no client", RuleCategory.Targeting, Severity.Warning);

    public static readonly DiagnosticDescriptor UnusableBackend = new(
        "ML5003", "unusable-backend", "A backend is found, but the route cannot send to it", RuleCategory.Routing, Severity.Error);

    private const int MostRelated = 4;

    public override ImmutableArray<DiagnosticDescriptor> Descriptors =>
    [
        AmbiguousBackendRef, SectionNameNotFound, UnknownMesh, UnresolvedDestination, UnresolvedBackendRef, BackendPortNotFound, UnresolvedRequestMirror,
        UnresolvedOutbound, UnresolvedReachableBackend, UnresolvedSecret, UnresolvedBackend, LegacyBackendRef, PolicySelectsNothing, ClientNeverMatches, UnusableBackend,
    ];

    public override void Analyze(RuleContext context)
    {
        Dictionary<(string Kind, string Name), AdmissionVerdict>? refused = null;
        foreach (var reference in context.Compilation.Graph.References)
        {
            var outcome = Worst(reference);
            if (outcome is null || Describe(context, reference, outcome) is not { } descriptor)
                continue;
            refused ??= Refused(context);
            Report(context, reference, outcome, descriptor.Descriptor, descriptor.Severity, refused);
        }
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
        && (reference.Node["kind"].AsString() != "MeshService" || reference.Node["labels"].Count > 0);

    // Found, and still nothing is sent to it.
    private static bool IsUnusable(ReferenceOutcome outcome) =>
        outcome.Status == ReferenceStatus.Resolved && outcome.Effect != ReferenceEffect.None && outcome.Reason is ReferenceReason.ProtocolUnusable or ReferenceReason.ZeroWeight;

    private static int Rank(ReferenceStatus status) => status switch
    {
        ReferenceStatus.Unresolved => 3,
        ReferenceStatus.Partial => 2,
        ReferenceStatus.Ambiguous => 1,
        _ => 0,
    };

    private static (DiagnosticDescriptor Descriptor, Severity Severity)? Describe(RuleContext context, Reference reference, ReferenceOutcome outcome)
    {
        // What other rules say with more to tell.
        if (reference.Edge is ReferenceEdge.MeshServiceSelector or ReferenceEdge.MultiZonePort or ReferenceEdge.HostnameSelector
            || (reference.Edge == ReferenceEdge.DataplaneSelector && reference.FromKind == "MeshService"))
            return null;
        if (outcome.Status == ReferenceStatus.Ambiguous)
            return (AmbiguousBackendRef, Severity.Warning);
        var severity = SeverityOf(outcome.Effect);
        return outcome.Reason switch
        {
            ReferenceReason.NoSuchSection => (SectionNameNotFound, outcome.Status == ReferenceStatus.Partial ? Severity.Info : reference.Edge == ReferenceEdge.TargetRef ? Severity.Warning : Severity.Error),
            ReferenceReason.NoSuchPort or ReferenceReason.PortRequired => (reference.Node["sectionName"].Exists && reference.Edge is not ReferenceEdge.Outbound ? SectionNameNotFound : BackendPortNotFound, severity),
            ReferenceReason.OnlyUnnamedPort => (BackendPortNotFound, Severity.Warning),
            ReferenceReason.ProtocolUnusable => (UnusableBackend, severity),
            // A backend that is switched off by its weight is meant so, unless nothing is left.
            ReferenceReason.ZeroWeight => outcome.Effect is ReferenceEffect.RuleAnswers500 or ReferenceEffect.RuleDisappears or ReferenceEffect.RuleWithoutCluster or ReferenceEffect.ConnectionsClosed
                ? (UnusableBackend, Severity.Error)
                : null,
            ReferenceReason.LegacyService => null,
            // What only a legacy mode reads is left over from a migration.
            ReferenceReason.LegacyInExclusiveMode when reference.Edge == ReferenceEdge.ReachableService => (UnresolvedReachableBackend, Severity.Info),
            ReferenceReason.LegacyInExclusiveMode or ReferenceReason.EmptyLegacyName or ReferenceReason.LegacyProtocol when reference.Edge == ReferenceEdge.BackendRef =>
                (LegacyBackendRef, severity),
            ReferenceReason.NoSuchLegacyService when reference.Edge == ReferenceEdge.BackendRef => (LegacyBackendRef, severity),
            _ => reference.Edge switch
            {
                ReferenceEdge.Mesh => (UnknownMesh, Severity.Error),
                // policy-selects-nothing is about Dataplanes; a route as target is a destination of the policy.
                ReferenceEdge.TargetRef => (PolicySelectsNothing, Severity.Warning),
                ReferenceEdge.To => (UnresolvedDestination, IsRoute(reference) ? Severity.Error : Severity.Warning),
                ReferenceEdge.BackendRef => (UnresolvedBackendRef, severity),
                ReferenceEdge.RequestMirror => (UnresolvedRequestMirror, severity),
                ReferenceEdge.Outbound => (UnresolvedOutbound, Severity.Error),
                ReferenceEdge.ReachableBackend or ReferenceEdge.ReachableService => (UnresolvedReachableBackend, outcome.Status == ReferenceStatus.Partial ? Severity.Warning : Severity.Error),
                ReferenceEdge.Secret => (UnresolvedSecret, Severity.Error),
                ReferenceEdge.Backend => (UnresolvedBackend, Severity.Error),
                ReferenceEdge.DataplaneSelector => (PolicySelectsNothing, Severity.Warning),
                _ => (ClientNeverMatches, Severity.Warning),
            },
        };
    }

    private static bool IsRoute(Reference reference) => reference.FromKind is "MeshHTTPRoute" or "MeshTCPRoute";

    private static Severity SeverityOf(ReferenceEffect effect) => effect switch
    {
        ReferenceEffect.MirrorLeftOut or ReferenceEffect.AllPortsReachable or ReferenceEffect.OnePortReachable or ReferenceEffect.PolicySelectsSome or ReferenceEffect.SomeTaken
            or ReferenceEffect.PartAddsNothing or ReferenceEffect.OldestTaken => Severity.Warning,
        ReferenceEffect.None => Severity.Warning,
        _ => Severity.Error,
    };

    private static void Report(
        RuleContext context,
        Reference reference,
        ReferenceOutcome outcome,
        DiagnosticDescriptor descriptor,
        Severity severity,
        Dictionary<(string Kind, string Name), AdmissionVerdict> refused)
    {
        var at = Place(reference, outcome);
        var location = at.Exists ? Location.Of(at) : reference.From?.Resource.Location ?? reference.FromDataplane?.Location;
        if (location is not { } place)
            return;
        var finding = context.Report(descriptor, place, outcome.Text.Length > 0 ? outcome.Text : descriptor.Title).As(severity);
        if (reference.From is { } from)
            finding.On(from);
        else if (reference.FromDataplane is { } dataplane)
            finding.On(RuleText.Identity(dataplane));
        if (outcome.EffectText.Length > 0)
            finding.Note(outcome.EffectText);

        if (outcome.Status == ReferenceStatus.Ambiguous)
            ShowTargets(finding, outcome);
        else
            ShowCandidates(finding, reference, outcome, at);

        var failing = reference.Outcomes.Where(o => o.Status == outcome.Status && o.Reason == outcome.Reason).Select(o => o.ControlPlane.Name).ToList();
        if (failing.Count < reference.Outcomes.Length)
        {
            finding.Note($"so in {(failing.Count == 1 ? $"zone {RuleText.Quoted(failing)}" : $"zones {RuleText.Quoted(failing)}")} only");
            if (reference.Outcomes.Any(o => o.Status == ReferenceStatus.Resolved && !IsUnusable(o)))
                finding.Lower();
        }

        if (outcome.Status != ReferenceStatus.Ambiguous && outcome.Reason is not (ReferenceReason.NoSuchPort or ReferenceReason.NoSuchSection or ReferenceReason.ProtocolUnusable or ReferenceReason.ZeroWeight or ReferenceReason.PortRequired or ReferenceReason.OnlyUnnamedPort))
        {
            if (MayComeFromElsewhere(context, reference))
                finding.Lower().Note("the Global of this zone is not among the files, so it may exist there");
            else
                finding.UnlessOpen(context.Options, WorldKind(reference));
            var named = reference.Node["name"].AsString() ?? reference.Node["labels"]["kuma.io/display-name"].AsString() ?? reference.Node.AsString();
            if (named is not null && reference.Node["kind"].AsString() is { } kind && refused.TryGetValue((kind, named), out var verdict))
                finding.Related(verdict.Resource.Location, $"this {kind} has the name, but the control plane refuses it");
        }
    }

    // The part of the reference that is wrong.
    private static Node Place(Reference reference, ReferenceOutcome outcome)
    {
        var node = reference.Node;
        var part = outcome.Reason switch
        {
            ReferenceReason.NoSuchSection => node["sectionName"],
            ReferenceReason.NoSuchPort => node["sectionName"].Exists ? node["sectionName"] : node["port"],
            ReferenceReason.ZeroWeight => node["weight"],
            ReferenceReason.NoSuchName or ReferenceReason.NoSuchLegacyService or ReferenceReason.LegacyInExclusiveMode or ReferenceReason.LegacyProtocol => node["name"],
            ReferenceReason.NoLabelMatch => node["labels"],
            _ => default,
        };
        if (part.Exists)
            return part;
        // A whole reference is shown by its kind, which is one line; what has none by itself.
        return node["kind"].Exists ? node["kind"] : node;
    }

    private static void ShowTargets(Finding finding, ReferenceOutcome outcome)
    {
        var first = true;
        foreach (var target in outcome.Targets.Take(MostRelated))
        {
            if (target.Destination is not { } instance)
                continue;
            var home = $"{RuleText.Name(instance.Destination)} of {(instance.Destination.Home.IsGlobal ? "the Global" : $"zone '{instance.Destination.Home.Zone}'")}";
            finding.Related(instance.Destination.Location, first ? outcome.DependsOnOrder ? $"{home}: taken if it was created first, as document order says" : $"{home}: taken" : home);
            first = false;
        }

        if (outcome.Targets.Length > MostRelated)
            finding.Note($"{outcome.Targets.Length} match in all");
        finding.Help("add labels that only the intended destination has, such as 'kuma.io/display-name', 'k8s.kuma.io/namespace' or 'kuma.io/zone'");
    }

    private static void ShowCandidates(Finding finding, Reference reference, ReferenceOutcome outcome, Node at)
    {
        if (outcome.Candidates.IsEmpty)
            return;
        var best = outcome.Candidates[0];
        if (best.Value.Length > 0)
        {
            var node = best.Key.Length > 0 ? reference.Node["labels"][best.Key] : at;
            finding.Help(best.Key.Length > 0 ? $"did you mean '{best.Key}: {best.Value}'?" : $"did you mean '{best.Value}'?");
            if (node.IsScalar && node.Source is { } source && node.Style == ScalarStyle.Plain && source.Slice(node.Span).SequenceEqual(node.Text))
                finding.Fix(new Fix($"Replace '{node.Text}' by '{best.Value}'", FixSafety.Unsafe, [new TextEdit(source, node.Span, best.Value)]));
        }

        foreach (var candidate in outcome.Candidates.Take(2))
        {
            if (Explain(candidate) is not { } why)
                continue;
            if (candidate.Destination is { } destination)
                finding.Related(destination.Location, $"{RuleText.Name(destination)} {why}");
            else if (candidate.Dataplane is { } dataplane)
                finding.Related(dataplane.Location, $"{RuleText.Name(dataplane)} {why}");
        }
    }

    private static string? Explain(ReferenceCandidate candidate)
    {
        var difference = candidate.Difference;
        if (difference.HasFlag(CandidateDifference.NumberOfNamedPort))
            return $"has that number, but the port is named '{candidate.Value}', and a section is found by its name";
        if (difference.HasFlag(CandidateDifference.TargetPort))
            return "has it as targetPort; references name the port";
        if (difference.HasFlag(CandidateDifference.ReferrerWithoutZone))
            return "exists, but a name in a document of the Global never finds what has a zone; use labels";
        if (difference.HasFlag(CandidateDifference.TargetWithoutZone))
            return "exists, but it is born on the Global and has no zone, so a name in a zone never finds it; use labels";
        if (difference.HasFlag(CandidateDifference.NoDisplayNameLabel))
            return "has the name, but no 'kuma.io/display-name' label";
        if (difference.HasFlag(CandidateDifference.ModeDisabled))
            return "would be generated, were meshServices.mode not Disabled";
        if (difference.HasFlag(CandidateDifference.NotCopied))
            return "exists, but is not copied to this zone";
        if (difference.HasFlag(CandidateDifference.Mesh))
            return "is in another mesh, and references never leave their mesh";
        if (difference.HasFlag(CandidateDifference.Namespace))
            return "is in another namespace";
        if (difference.HasFlag(CandidateDifference.Zone))
            return "is born in another zone, where a name does not reach; use labels";
        if (difference.HasFlag(CandidateDifference.LegacyService))
            return "has it as kuma.io/service value";
        if (difference.HasFlag(CandidateDifference.TagNotLabel))
            return "has the pair as an inbound tag, not as a label";
        if (difference.HasFlag(CandidateDifference.Kind))
            return "has the name, but is of another kind";
        return difference == CandidateDifference.None ? null : "is close";
    }

    private static string WorldKind(Reference reference) => reference.Edge switch
    {
        ReferenceEdge.Mesh => "Mesh",
        ReferenceEdge.Secret => "Secret",
        ReferenceEdge.Backend => reference.Node["kind"].AsString() ?? "Mesh",
        ReferenceEdge.TargetRef when reference.Node["kind"].AsString() == "MeshHTTPRoute" => "MeshHTTPRoute",
        ReferenceEdge.TargetRef or ReferenceEdge.From or ReferenceEdge.RuleMatch or ReferenceEdge.DataplaneSelector or ReferenceEdge.LegacySelector or ReferenceEdge.ReachableService => "Dataplane",
        _ => reference.Node["kind"].AsString() ?? "MeshService",
    };

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
