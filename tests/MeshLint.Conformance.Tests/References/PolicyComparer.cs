using System.Globalization;
using System.Text.Json;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;

namespace MeshLint.Conformance.Tests.References;

/// <summary>Compares which policies reach which proxy, inbound and destination with what the control planes' <c>_rules</c> say.</summary>
internal sealed class PolicyComparer(Tally tally)
{
    private static readonly HashSet<string> SingleItem = ["MeshMetric", "MeshPassthrough", "MeshProxyPatch", "MeshTrace"];
    private static readonly HashSet<string> FromAsRules = ["MeshAccessLog", "MeshCircuitBreaker", "MeshRateLimit", "MeshTimeout", "MeshTLS"];

    public void Compare(BoundUniverse universe)
    {
        foreach (var (view, dataplane, subject, recorded) in universe.Proxies())
        {
            if (!recorded.TryGetProperty("rules", out var answer) || !answer.TryGetProperty("rules", out var rules))
                continue;
            foreach (var kind in rules.EnumerateArray())
            {
                var name = UniverseComparer.Text(kind, "type");
                var policies = universe.PoliciesFor(view, dataplane, name).ToList();
                if (kind.TryGetProperty("toResourceRules", out var to) && to.ValueKind == JsonValueKind.Array)
                    CompareTo(universe, view, policies, $"{subject} {name}", to);
                if (SingleItem.Contains(name) && kind.TryGetProperty("proxyRule", out var single) && single.ValueKind == JsonValueKind.Object)
                    tally.Compare("targetRef: proxies", $"{subject} {name}", Names(single.GetProperty("origin")), Join(policies.Select(p => p.CoreName)));
                if (kind.TryGetProperty("inboundRules", out var inbound) && inbound.ValueKind == JsonValueKind.Array && view.Version >= KumaVersion.V2_12)
                    CompareInbounds(universe, view, dataplane, name, policies, $"{subject} {name}", inbound);
            }
        }
    }

    private void CompareTo(BoundUniverse universe, ZoneView view, List<ResourceInstance> policies, string subject, JsonElement recorded)
    {
        var triples = new List<(string Origin, ReferenceTarget Target, string Section)>();
        foreach (var policy in policies)
        {
            if (view.Version.IsTwo() && policy.Spec["targetRef"]["kind"].AsString() == "MeshHTTPRoute")
                continue;
            var index = 0;
            foreach (var item in policy.Spec["to"].Items)
            {
                var origin = $"{policy.CoreName}[{index}]";
                if (policy.Stored is null)
                {
                    triples.Add((origin, new ReferenceTarget { Mesh = view.Meshes[policy.Mesh], Kri = "" }, ""));
                }
                else if (universe.Outcome(policy.Stored, $"spec.to[{index}].targetRef", view) is { Status: not ReferenceStatus.Unresolved } outcome)
                {
                    foreach (var target in outcome.Targets.Where(t => t.LegacyService is null))
                        triples.Add((origin, target, target.Port is { } port && target.Destination is { } d ? d.Destination.SectionName(port, view.Version) : ""));
                }

                index++;
            }
        }

        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in recorded.EnumerateArray())
        {
            var meta = rule.GetProperty("resourceMeta");
            var key = Key(UniverseComparer.Text(meta, "type"), UniverseComparer.Text(meta, "name"), UniverseComparer.Text(rule, "resourceSectionName"));
            expected[key] = Join(rule.GetProperty("origin").EnumerateArray().Select(o =>
                $"{NameOf(o)}[{(o.TryGetProperty("ruleIndex", out var i) ? i.GetInt32() : 0).ToString(CultureInfo.InvariantCulture)}]"));
        }

        var actual = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // Of resources with one KRI the last by name is shown, for all of them.
        var shown = triples.GroupBy(t => (IdentityOf(t.Target), t.Section)).Select(g => g.OrderBy(t => t.Target.Destination?.CoreName ?? "", StringComparer.Ordinal).Last());
        foreach (var (_, target, section) in shown)
            actual[KeyOf(target, section)] = Join(triples.Where(t => IsRelevant(t.Target, t.Section, target, section)).Select(t => t.Origin));
        foreach (var key in expected.Keys.Union(actual.Keys).ToList())
        {
            // 2.9 keeps sections that no port has; they are never looked up.
            if (view.Version == KumaVersion.V2_9 && !actual.ContainsKey(key) && !key.EndsWith('#'))
                continue;
            tally.Compare("to: destinations", $"{subject} {key}", expected.GetValueOrDefault(key), actual.GetValueOrDefault(key));
        }
    }

    private void CompareInbounds(
        BoundUniverse universe, ZoneView view, Dataplane dataplane, string kind, List<ResourceInstance> policies, string subject, JsonElement recorded)
    {
        var expected = new SortedDictionary<int, SortedSet<string>>();
        foreach (var rule in recorded.EnumerateArray())
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var one in rule.GetProperty("rules").EnumerateArray())
                names.UnionWith(one.GetProperty("origin").EnumerateArray().Select(o => NameOf(o)));
            expected[UniverseComparer.Int(rule.GetProperty("inbound"), "port")] = names;
        }

        var actual = new SortedDictionary<int, SortedSet<string>>();
        foreach (var policy in policies)
        {
            if (policy.Spec["rules"].Count == 0 && !(view.Version.IsTwo() && FromAsRules.Contains(kind) && policy.Spec["from"].Count > 0))
                continue;
            foreach (var port in universe.InboundsOf(view, dataplane, policy))
            {
                if (!actual.TryGetValue(port, out var names))
                    actual[port] = names = new(StringComparer.Ordinal);
                names.Add(policy.CoreName);
            }
        }

        tally.Compare("targetRef: inbounds", subject, Text(expected), Text(actual));

        static string Text(SortedDictionary<int, SortedSet<string>> inbounds) => string.Join("; ", inbounds.Select(i => $"{i.Key}: {string.Join(", ", i.Value)}"));
    }

    /// <summary>docs/kuma/policies.md#destination-rules.</summary>
    internal static bool IsRelevant(ReferenceTarget target, string section, ReferenceTarget of, string ofSection)
    {
        if (target.Mesh is not null)
            return true;
        if (target.Resource is { } route)
            return ReferenceEquals(route, of.Resource);
        if (target.Destination is not { } destination || of.Destination is not { } other || destination.Destination.Kri != other.Destination.Kri)
            return false;
        return destination.Kind == DestinationKind.MeshExternalService || section == ofSection || section.Length == 0;
    }

    private static string IdentityOf(ReferenceTarget target) =>
        target.Destination?.Destination.Kri ?? target.Resource?.CoreName ?? target.Mesh?.Name ?? "";

    private static string KeyOf(ReferenceTarget target, string section) => target switch
    {
        { Mesh: { } mesh } => Key("Mesh", mesh.Name, ""),
        { Destination: { } destination } => Key(destination.Destination.KindName, destination.CoreName, section),
        { Resource: { } resource } => Key(resource.Kind, resource.CoreName, ""),
        _ => "",
    };

    private static string Key(string type, string name, string section) => $"{type}/{name}#{section}";

    private static string NameOf(JsonElement origin) => UniverseComparer.Text(origin.TryGetProperty("resourceMeta", out var meta) ? meta : origin, "name");

    private static string Names(JsonElement origins) => Join(origins.EnumerateArray().Select(o => NameOf(o)));

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Distinct().Order(StringComparer.Ordinal));
}
