using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Binds what inbound rules match on: SPIFFE IDs of clients, and server names of destinations (docs/kuma/policies.md#inbound-rules; kuma:
/// pkg/core/resources/sni/sni.go).
/// </summary>
internal static class MatchBinder
{
    public static void Bind(ReferenceCollector collector, StoredResource policy)
    {
        foreach (var rule in policy.Policy.Rules)
        {
            if (policy.Kind == "MeshTrafficPermission")
            {
                foreach (var list in new[] { "allow", "allowWithShadowDeny", "deny" })
                    BindMatches(collector, policy.Mesh, rule.Default[list], $"{rule.Path}.default.{list}");
            }
            else
            {
                BindMatches(collector, policy.Mesh, rule.Matches, $"{rule.Path}.matches");
            }
        }
    }

    private static void BindMatches(ReferenceCollector collector, string mesh, Node matches, string path)
    {
        var index = 0;
        foreach (var match in matches.Items)
        {
            var (id, name) = (match["spiffeID"], match["sni"]);
            if (id["value"].Word() is { Length: > 0 } spiffeId)
                collector.Add(ReferenceEdge.RuleMatch, id, $"{path}[{index}].spiffeID", o => BindIdentity(o.Scope, mesh, spiffeId, id["type"].Word() == "Prefix"));
            if (name["value"].Word() is { Length: > 0 } server)
                collector.Add(ReferenceEdge.RuleMatch, name, $"{path}[{index}].sni", o => BindServerName(o.Scope, mesh, server));
            index++;
        }
    }

    private static ReferenceOutcome BindIdentity(BindingScope scope, string mesh, string value, bool isPrefix)
    {
        if (!scope.Version.Behaviour.PermissionRules)
            return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, $"{scope.Version.Text()} does not read matches");
        var ids = scope.SpiffeIds;
        if (!ids.HasDataplanes(mesh) && scope.MeshOutcome(mesh) is { } whole)
            return whole with { Reason = ReferenceReason.NoDataplanes, Text = $"no Dataplane of the mesh '{mesh}' is known" };
        if (!ids.HasIds(mesh))
            return Outcomes.Ignored(scope, ReferenceReason.NoIdentity, $"no proxy of the mesh '{mesh}' has an identity");
        var found = ids.Find(mesh, value, isPrefix);
        if (!found.IsEmpty)
            return Outcomes.Resolved(scope, found);
        return ids.KnowsDomain(mesh, value, isPrefix)
            ? Outcomes.Unresolved(
                scope, ReferenceReason.SelectsNothing, isPrefix ? $"no proxy of the mesh '{mesh}' has a SPIFFE ID that begins with '{value}'" : $"no proxy of the mesh '{mesh}' has the SPIFFE ID '{value}'",
                ReferenceEffect.NeverMatches, ids.Near(mesh, value))
            : Outcomes.Resolved(scope, ImmutableArray<ReferenceTarget>.Empty) with { Reason = ReferenceReason.ForeignTrustDomain, Text = $"no proxy of the mesh '{mesh}' has the trust domain of '{value}'" };
    }

    private static ReferenceOutcome BindServerName(BindingScope scope, string mesh, string server)
    {
        if (!scope.Version.Behaviour.InboundMatches)
            return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, $"{scope.Version.Text()} does not match on server names");
        // Other names are those of what is no destination of the mesh.
        if (!server.StartsWith("sni.", StringComparison.Ordinal))
            return Outcomes.Resolved(scope, ImmutableArray<ReferenceTarget>.Empty);
        return scope.FindServerName(server) is { } target
            ? Outcomes.Resolved(scope, target)
            : Outcomes.Unresolved(scope, ReferenceReason.SelectsNothing, $"no port of a destination of the mesh '{mesh}' has the server name '{server}'", ReferenceEffect.NeverMatches);
    }
}
