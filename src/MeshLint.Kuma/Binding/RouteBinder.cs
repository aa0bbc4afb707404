using MeshLint.Kuma.Topology;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Binds <c>backendRefs[]</c> and <c>requestMirror</c> of MeshHTTPRoute and MeshTCPRoute, and says what becomes of their rule
/// (docs/kuma/references.md#backend-references; kuma: pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go,
/// pkg/plugins/policies/meshtcproute/plugin/v1alpha1/listeners_backendrefs.go).
/// </summary>
internal static class RouteBinder
{
    public static void Bind(ReferenceCollector collector, Node spec, bool isHttp)
    {
        var item = 0;
        foreach (var to in spec["to"].Items)
        {
            var rule = 0;
            foreach (var node in to["rules"].Items)
            {
                BindRule(collector, to["targetRef"], node["default"], $"to[{item}].rules[{rule}].default", isHttp);
                rule++;
            }

            item++;
        }
    }

    private static void BindRule(ReferenceCollector collector, Node parent, Node conf, string path, bool isHttp)
    {
        var refs = new List<(Node Node, string SpecPath)>();
        foreach (var node in conf["backendRefs"].Items)
            refs.Add((node, $"{path}.backendRefs[{refs.Count}]"));
        var filters = conf["filters"];
        var redirects = filters.Items.Any(static f => f["type"].Word() == "RequestRedirect");
        if (refs.Count > 0)
            collector.AddGroup(ReferenceEdge.BackendRef, refs, o => BindRefs(o, parent, refs, isHttp, redirects));
        var index = 0;
        foreach (var filter in filters.Items)
        {
            if (isHttp && filter["type"].Word() == "RequestMirror" && filter["requestMirror"]["backendRef"] is { Exists: true } mirror)
                collector.Add(ReferenceEdge.RequestMirror, mirror, $"{path}.filters[{index}].requestMirror.backendRef", o => BindMirror(o, mirror));
            index++;
        }
    }

    private static ReferenceOutcome[] BindRefs(Occurrence occurrence, Node parent, List<(Node Node, string SpecPath)> refs, bool isHttp, bool redirects)
    {
        var (scope, from) = occurrence;
        var parts = new BackendPart[refs.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = BackendResolver.Resolve(scope, from, refs[i].Node, isHttp);
        return !isHttp ? TcpEffects(occurrence, parent, parts)
            : scope.Version.Behaviour.RouteFailsClosed ? HttpEffects3(parts, redirects)
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
            EffectText = $"{(100 * p.Weight / total).ToString("0.#", CultureInfo.InvariantCulture)} % of the requests of the rule are answered with status 500",
        })];
    }

    /// <summary>Labels that find nothing are taken out; if all are, this route makes no listener.</summary>
    private static ReferenceOutcome[] TcpEffects(Occurrence occurrence, Node parent, BackendPart[] parts)
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
    private static bool KeepsListener(Occurrence occurrence, Node parent)
    {
        var targets = PolicyBinder.BindTo(occurrence, parent, "").Targets;
        return !targets.IsEmpty && targets.All(t => t.Destination is { } d
            && (t.Port is { } port ? BackendResolver.IsUsable(port.AppProtocol, true, occurrence.Scope.Version)
                : d.Destination.Ports.All(p => BackendResolver.IsUsable(p.AppProtocol, true, occurrence.Scope.Version))));
    }

    private static ReferenceOutcome BindMirror(Occurrence occurrence, Node mirror)
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
