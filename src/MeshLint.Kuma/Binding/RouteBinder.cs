using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Binds <c>backendRefs[]</c> and <c>requestMirror</c> of MeshHTTPRoute and MeshTCPRoute, and says what becomes of their rule
/// (docs/kuma/references.md#backend-references; kuma: pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go,
/// pkg/plugins/policies/meshtcproute/plugin/v1alpha1/listeners_backendrefs.go).
/// </summary>
internal static class RouteBinder
{
    public static void Bind(ReferenceCollector collector, PolicySpec spec, bool isHttp)
    {
        foreach (var item in spec.To)
        {
            foreach (var rule in item.Routes)
                BindRule(collector, item.Target, rule, isHttp);
        }
    }

    private static void BindRule(ReferenceCollector collector, TargetRef parent, RouteRule rule, bool isHttp)
    {
        if (rule.BackendRefs.Length > 0)
        {
            ReferenceSite[] sites =
            [
                .. rule.BackendRefs.Select((r, i) => new ReferenceSite(r.Node, r, $"{rule.Path}.default.backendRefs[{i}]")),
            ];
            collector.AddGroup(ReferenceEdge.BackendRef, sites, o => BindRefs(o, parent, rule, isHttp));
        }

        for (var i = 0; i < rule.Filters.Length; i++)
        {
            if (isHttp && rule.Filters[i] is { Type: "RequestMirror", Mirror: { } mirror })
                AddMirror(collector, mirror, $"{rule.Path}.default.filters[{i}].requestMirror.backendRef");
        }
    }

    private static void AddMirror(ReferenceCollector collector, BackendRef mirror, string path) =>
        collector.Add(ReferenceEdge.RequestMirror, mirror, path, o => BindMirror(o, mirror));

    private static ReferenceOutcome[] BindRefs(Occurrence occurrence, TargetRef parent, RouteRule rule, bool isHttp)
    {
        var (scope, from) = occurrence;
        var parts = new BackendPart[rule.BackendRefs.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = BackendResolver.Resolve(scope, from, rule.BackendRefs[i], isHttp);
        return !isHttp ? TcpEffects(occurrence, parent, parts)
            : scope.Version.Behaviour.RouteFailsClosed ? HttpEffects3(parts, rule.Redirects)
            : HttpEffects(parts, scope.Version);
    }

    /// <summary>2.x: labels that find nothing are taken out first; if all are, the parent stays.</summary>
    private static ReferenceOutcome[] HttpEffects(BackendPart[] parts, KumaVersion version)
    {
        var works = Array.Exists(parts, static p => p.Use == BackendUse.Works);
        var lost = version.Behaviour.RuleStaysWithoutCluster ? ReferenceEffect.RuleWithoutCluster : ReferenceEffect.RuleDisappears;
        var effect = works ? ReferenceEffect.OthersTakeShare
            : Array.TrueForAll(parts, static p => p.Use == BackendUse.TakenOut) ? ReferenceEffect.FallsBackToParent
            : lost;
        return [.. parts.Select(p => p.Use == BackendUse.Works || (works && p.Outcome.Reason == ReferenceReason.ZeroWeight) ? p.Outcome : p.Outcome.With(effect))];
    }

    /// <summary>3.0: the weight of what does not work is answered with 500.</summary>
    private static ReferenceOutcome[] HttpEffects3(BackendPart[] parts, bool redirects)
    {
        var works = Array.Exists(parts, static p => p.Use == BackendUse.Works);
        if (!works)
            return [.. parts.Select(p => redirects ? p.Outcome.With(ReferenceEffect.None) : p.Outcome.With(ReferenceEffect.RuleAnswers500))];
        var total = parts.Sum(static p => (double)p.Weight);
        return [.. parts.Select(p => p.Use == BackendUse.Works || p.Weight == 0 ? p.Outcome : p.Outcome with
        {
            Effect = ReferenceEffect.ShareAnswers500,
            LostPercent = 100 * p.Weight / total,
        })];
    }

    /// <summary>Labels that find nothing are taken out; if all are, this route makes no listener.</summary>
    private static ReferenceOutcome[] TcpEffects(Occurrence occurrence, TargetRef parent, BackendPart[] parts)
    {
        var effect = Array.Exists(parts, static p => p.Use == BackendUse.Works) ? ReferenceEffect.OthersTakeShare
            : Array.TrueForAll(parts, static p => p.Use == BackendUse.TakenOut) ? (KeepsListener(occurrence, parent) ? ReferenceEffect.FallsBackToParent : ReferenceEffect.NoListener)
            : ReferenceEffect.ConnectionsClosed;
        return
        [
            .. parts.Select(p => p.Use is BackendUse.Works or BackendUse.Fatal || (effect == ReferenceEffect.OthersTakeShare && p.Outcome.Reason == ReferenceReason.ZeroWeight)
                ? p.Outcome
                : p.Outcome.With(effect)),
        ];
    }

    /// <summary>A destination that speaks HTTP keeps the listener that it has without any route.</summary>
    private static bool KeepsListener(Occurrence occurrence, TargetRef parent)
    {
        var targets = PolicyBinder.BindTo(occurrence, parent, "").Targets;
        return !targets.IsEmpty && targets.All(t => t.Destination is { } d
            && (t.Port is { } port ? BackendResolver.IsUsable(port.AppProtocol, true, occurrence.Scope.Version)
                : d.Destination.Ports.All(p => BackendResolver.IsUsable(p.AppProtocol, true, occurrence.Scope.Version))));
    }

    private static ReferenceOutcome BindMirror(Occurrence occurrence, BackendRef mirror)
    {
        var (scope, from) = occurrence;
        if (scope.Version.Behaviour.MirrorToEveryKind)
        {
            var part = BackendResolver.Resolve(scope, from, mirror, isHttp: true);
            return part.Use == BackendUse.Works ? part.Outcome : part.Outcome.With(ReferenceEffect.MirrorLeftOut);
        }

        // 2.x takes every mirror for a kuma.io/service value, whatever else is written.
        var legacy = LegacyBackend.Resolve(scope, from, mirror, isHttp: true);
        return legacy.Use == BackendUse.Works ? legacy.Outcome : legacy.Outcome.With(ReferenceEffect.ProxyConfigurationFails);
    }
}
