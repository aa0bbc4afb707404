using System.Globalization;
using System.Text.Json;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;

namespace MeshLint.Conformance.Tests.References;

/// <summary>Compares what becomes of the backendRefs of routes with the clusters and answers in the listeners of the recorded proxies.</summary>
internal sealed class RouteComparer(Tally tally)
{
    private const string Answers500 = "500";

    public void Compare(BoundUniverse universe)
    {
        foreach (var (view, dataplane, subject, recorded) in universe.Proxies())
        {
            // Others have listeners for their own outbounds only.
            if (!dataplane.IsTransparent || !recorded.TryGetProperty("outbounds", out var outbounds) || !recorded.GetProperty("xds").TryGetProperty("listeners", out var listeners))
                continue;
            foreach (var outbound in outbounds.EnumerateObject())
            {
                if (outbound.Value.ValueKind != JsonValueKind.Object || !outbound.Value.TryGetProperty("routes", out var routes) || routes.ValueKind != JsonValueKind.Array)
                    continue;
                var http = routes.EnumerateArray().FirstOrDefault(r => UniverseComparer.Text(r, "kind") == "MeshHTTPRoute");
                var tcp = routes.EnumerateArray().FirstOrDefault(r => UniverseComparer.Text(r, "kind") == "MeshTCPRoute");
                var listener = listeners.TryGetProperty(outbound.Name, out var found) ? found : default;
                if (http.ValueKind == JsonValueKind.Object && listener.ValueKind == JsonValueKind.Object && IsHttp(listener))
                    CompareHttp(universe, view, $"{subject} {outbound.Name}", outbound.Name, http, listener);
                if (tcp.ValueKind == JsonValueKind.Object && http.ValueKind != JsonValueKind.Object && HasListeners(listeners))
                    CompareTcp(universe, view, $"{subject} {outbound.Name}", outbound.Name, tcp, listener, SpeaksHttp(recorded, outbound.Name));
            }
        }
    }

    private void CompareHttp(BoundUniverse universe, ZoneView view, string subject, string parent, JsonElement route, JsonElement listener)
    {
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var filter in Filters(listener))
        {
            if (!filter.TryGetProperty("http", out var hosts))
                continue;
            foreach (var entry in hosts.EnumerateArray().SelectMany(h => h.GetProperty("routes").EnumerateArray()))
                expected.Add(entry.TryGetProperty("directResponse", out _) ? Answers500 : entry.TryGetProperty("redirect", out _) ? "redirect" : ClustersOf(entry.GetProperty("route")));
        }

        var actual = new SortedSet<string>(StringComparer.Ordinal) { parent };
        var covered = false;
        foreach (var rule in route.GetProperty("rules").EnumerateArray())
        {
            var conf = rule.GetProperty("conf");
            var isCatchAll = IsCatchAll(rule.GetProperty("matches"));
            var redirects = conf.TryGetProperty("filters", out var filters) && filters.ValueKind == JsonValueKind.Array
                && filters.EnumerateArray().Any(f => UniverseComparer.Text(f, "type") == "RequestRedirect");
            if (!conf.TryGetProperty("backendRefs", out var refs) || refs.ValueKind != JsonValueKind.Array || refs.GetArrayLength() == 0)
            {
                actual.Add(redirects ? "redirect" : parent);
                covered |= isCatchAll && redirects;
                continue;
            }

            if (Find(universe, view, "MeshHTTPRoute", UniverseComparer.Text(rule, "kri"), refs, Canonical.Text(rule.GetProperty("matches"))) is not { } bound)
                return;
            var results = Predict(bound, view.Version).ToList();
            if (results.Count == 0)
                continue;
            foreach (var result in results)
                actual.Add(redirects ? "redirect" : result.Length == 0 ? parent : result);
            covered |= isCatchAll;
        }

        // The catch-all to the destination itself stands at the end unless a rule is one.
        if (covered && !expected.Contains(parent))
            actual.Remove(parent);
        tally.Compare("MeshHTTPRoute backends", subject, string.Join(" | ", expected), string.Join(" | ", actual));
    }

    /// <summary>What the Envoy routes of a rule send to: cluster lists, "500", or "" for the parent; none where the rule disappears.</summary>
    private static IEnumerable<string> Predict(List<(ReferenceOutcome Outcome, Node Node)> refs, KumaVersion version)
    {
        switch (refs[0].Outcome.Effect)
        {
            case ReferenceEffect.FallsBackToParent:
                yield return "";
                yield break;
            case ReferenceEffect.RuleDisappears:
                yield break;
            case ReferenceEffect.RuleWithoutCluster:
                yield return "no cluster";
                yield break;
            case ReferenceEffect.RuleAnswers500:
                yield return Answers500;
                yield break;
        }

        if (refs.Any(r => r.Outcome.Effect == ReferenceEffect.ShareAnswers500))
            yield return Answers500;
        yield return Works(refs, version);
    }

    private static string Works(List<(ReferenceOutcome Outcome, Node Node)> refs, KumaVersion version)
    {
        var clusters = refs.Where(r => IsUsed(r.Outcome)).Select(r => (Name: ClusterName(r.Outcome.Targets.IsEmpty ? null : r.Outcome.Targets[0], r.Node, version), Weight: r.Node["weight"].AsInteger() ?? 1)).ToList();
        return clusters.Count == 0 ? "no cluster" : clusters.Count == 1 ? clusters[0].Name
            : string.Join(" + ", clusters.Select(c => $"{c.Name}*{c.Weight}"));
    }

    private static bool IsUsed(ReferenceOutcome outcome) =>
        outcome.Reason is not (ReferenceReason.ZeroWeight or ReferenceReason.ProtocolUnusable)
        && (outcome.Status is ReferenceStatus.Resolved or ReferenceStatus.Ambiguous || outcome.Effect == ReferenceEffect.NoEndpoints);

    /// <summary>The destination's KRI with the section as it is written; 3.0 adds the port's name where a MeshService has none written.</summary>
    internal static string ClusterName(ReferenceTarget? target, Node node, KumaVersion version)
    {
        if (target?.Destination is not { } destination)
            return target?.LegacyService ?? node["name"].AsString() ?? "";
        var section = node["sectionName"].AsString() is { Length: > 0 } name ? name : node["port"].AsInteger()?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (section.Length == 0 && destination.Kind == DestinationKind.MeshService && target.Port is { } port)
            section = destination.Destination.SectionName(port, version);
        return destination.Destination.KriOf(section);
    }

    private void CompareTcp(BoundUniverse universe, ZoneView view, string subject, string parent, JsonElement route, JsonElement listener, bool speaksHttp)
    {
        var conf = route.GetProperty("rules")[0].GetProperty("conf");
        if (!conf.TryGetProperty("backendRefs", out var refs) || refs.ValueKind != JsonValueKind.Array)
            return;
        var origins = route.GetProperty("origins");
        var origin = UniverseComparer.Text(origins[origins.GetArrayLength() - 1], "kri");
        if (Find(universe, view, "MeshTCPRoute", origin, refs, null) is not { } bound)
            return;
        var expected = listener.ValueKind != JsonValueKind.Object ? "no listener"
            : IsHttp(listener) ? parent
            : string.Join(" | ", Filters(listener).Where(f => f.TryGetProperty("tcp", out _)).Select(f => ClustersOf(f)).DefaultIfEmpty("closed"));
        var effects = bound.Select(b => b.Outcome.Effect).ToList();
        // Of a destination with several ports those that speak HTTP keep their listener.
        var actual = effects.Contains(ReferenceEffect.NoListener) ? (speaksHttp ? "parent" : "no listener")
            : effects.Contains(ReferenceEffect.FallsBackToParent) ? "parent"
            : effects.Contains(ReferenceEffect.ConnectionsClosed) ? "closed"
            : Works(bound, view.Version);
        tally.Compare("MeshTCPRoute backends", subject, expected, actual == "parent" ? parent : actual);
    }

    /// <summary>The outcomes of the backendRefs of the rule that gave the conf, or null where several policies were merged into it.</summary>
    private static List<(ReferenceOutcome Outcome, Node Node)>? Find(BoundUniverse universe, ZoneView view, string kind, string kri, JsonElement refs, string? matches)
    {
        var wanted = Canonical.Text(refs);
        foreach (var policy in view.ResourcesOf(kind, universe.Universe.Mesh).Where(r => r.Kri == kri))
        {
            var item = 0;
            foreach (var to in policy.Spec["to"].Items)
            {
                var index = 0;
                foreach (var rule in to["rules"].Items)
                {
                    var own = rule["default"]["backendRefs"];
                    if (Canonical.Text(own) == wanted && (matches is null || Canonical.Text(rule["matches"]) == matches))
                    {
                        var bound = new List<(ReferenceOutcome, Node)>();
                        foreach (var node in own.Items)
                        {
                            if (universe.Outcome(policy.Stored, $"spec.to[{item}].rules[{index}].default.backendRefs[{bound.Count}]", view) is { } outcome)
                                bound.Add((outcome, node));
                        }

                        return bound;
                    }

                    index++;
                }

                item++;
            }
        }

        return null;
    }

    private static bool SpeaksHttp(JsonElement recorded, string outbound) => recorded.GetProperty("layout").GetProperty("outbounds").EnumerateArray()
        .Any(o => UniverseComparer.Text(o, "kri") == outbound && UniverseComparer.Text(o, "protocol") is "http" or "http2" or "grpc");

    private static bool HasListeners(JsonElement listeners) =>
        listeners.ValueKind == JsonValueKind.Object && listeners.EnumerateObject().Any(l => UniverseComparer.Text(l.Value, "direction") == "OUTBOUND");

    private static bool IsCatchAll(JsonElement matches) => matches.EnumerateArray().Any(m => m.EnumerateObject().All(p => p.Name == "path")
        && m.TryGetProperty("path", out var path) && UniverseComparer.Text(path, "type") == "PathPrefix" && UniverseComparer.Text(path, "value") == "/");

    private static bool IsHttp(JsonElement listener) => Filters(listener).Any(f => f.TryGetProperty("http", out _));

    private static IEnumerable<JsonElement> Filters(JsonElement listener) => listener.GetProperty("chains").EnumerateArray().SelectMany(c => c.GetProperty("filters").EnumerateArray());

    private static string ClustersOf(JsonElement route)
    {
        if (UniverseComparer.Text(route, "cluster") is { Length: > 0 } single)
            return single;
        if (UniverseComparer.Text(route, "tcp") is { Length: > 0 } tcp)
            return tcp;
        var weighted = route.TryGetProperty("weightedClusters", out var w) ? w : route.TryGetProperty("tcp", out var t) ? t : default;
        if (weighted.ValueKind != JsonValueKind.Object || !weighted.TryGetProperty("clusters", out var list))
            return "no cluster";
        return string.Join(" + ", list.EnumerateArray().Select(c => $"{UniverseComparer.Text(c, "name")}*{UniverseComparer.Int(c, "weight")}"));
    }
}
