using System.Text.Json;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Meshes;
using MeshLint.Kuma.Versions;

namespace MeshLint.Conformance.Tests.References;

/// <summary>Compares which proxies a control plane fails to configure with the references that are said to do that (live-findings.md, Universal 1).</summary>
internal sealed class FailureComparer(Tally tally)
{
    public void Compare(BoundUniverse universe)
    {
        // Two ExternalServices of one name, one by IP and one by name, fail for another reason.
        if (universe.Universe.Graph.Views.Any(v => v.LegacyServices.Values.Any(s => s.ExternalServices.Length > 1)))
            return;
        foreach (var (view, dataplane, subject, recorded) in universe.Proxies())
        {
            if (!view.Version.IsTwo())
                continue;
            var fails = recorded.GetProperty("xds").TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number && status.GetInt32() is 0 or 500;
            var predicted = Predict(universe, view, dataplane).Order(StringComparer.Ordinal).ToList();
            tally.Count("Proxies that fail", fails == predicted.Count > 0, () => $"{subject}: {(fails ? "fails" : "works")}, predicted from {string.Join(", ", predicted)}");
        }
    }

    private static IEnumerable<string> Predict(BoundUniverse universe, ZoneView view, Dataplane dataplane)
    {
        foreach (var kind in new[] { "MeshHTTPRoute", "MeshTCPRoute" })
        {
            foreach (var policy in universe.PoliciesFor(view, dataplane, kind))
            {
                var to = 0;
                foreach (var item in policy.Spec["to"].Items)
                {
                    if (universe.Outcome(policy.Stored, $"spec.to[{to}].targetRef", view) is { Status: ReferenceStatus.Resolved, Targets.IsEmpty: false } parent && parent.Targets.Any(t => IsServed(universe, view, dataplane, t, kind)))
                    {
                        var rule = 0;
                        foreach (var node in item["rules"].Items)
                        {
                            if (Fails(universe, view, policy, $"spec.to[{to}].rules[{rule}].default", node["default"]["backendRefs"].Count, node["default"]["filters"].Count))
                                yield return $"{policy.CoreName} to[{to}].rules[{rule}]";
                            rule++;
                        }
                    }

                    to++;
                }
            }
        }
    }

    private static bool Fails(BoundUniverse universe, ZoneView view, ResourceInstance policy, string path, int refs, int filters)
    {
        var outcomes = Enumerable.Range(0, refs).Select(i => universe.Outcome(policy.Stored, $"{path}.backendRefs[{i}]", view)).ToList();
        if (outcomes.Any(o => o?.Effect == ReferenceEffect.ProxyConfigurationFails))
            return true;
        // The mirror of a rule that disappears is never built.
        return !outcomes.Any(o => o?.Effect == ReferenceEffect.RuleDisappears)
            && Enumerable.Range(0, filters).Any(i => universe.Outcome(policy.Stored, $"{path}.filters[{i}].requestMirror.backendRef", view)?.Effect == ReferenceEffect.ProxyConfigurationFails);
    }

    /// <summary>Whether the proxy has a listener for the route's destination.</summary>
    private static bool IsServed(BoundUniverse universe, ZoneView view, Dataplane dataplane, ReferenceTarget target, string kind)
    {
        var mesh = view.Meshes[universe.Universe.Mesh];
        if (!dataplane.IsTransparent)
        {
            return universe.Universe.References.Where(r => ReferenceEquals(r.FromDataplane, dataplane) && r.Edge == ReferenceEdge.Outbound)
                .Any(r => r.Outcomes[0].Effect != ReferenceEffect.NoListener && r.Outcomes[0].Targets.Any(t => IsSame(t, target, kind, view.Version)));
        }

        if (target.LegacyService is { } legacy)
            return !mesh.IsExclusive && (dataplane.ReachableServices.IsEmpty || dataplane.ReachableServices.Contains(legacy)) && view.LegacyServices.TryGetValue((mesh.Name, legacy), out var service) && service.HasVip;
        if (dataplane.ReachableBackends is null)
            return dataplane.ReachableServices.IsEmpty && mesh.Mode != MeshServicesMode.ReachableBackends && Ports(target).Any(p => kind == "MeshTCPRoute" || IsHttp(p));
        return universe.Universe.References.Where(r => ReferenceEquals(r.FromDataplane, dataplane) && r.Edge == ReferenceEdge.ReachableBackend)
            .Any(r => r.Outcomes[0].Targets.Any(t => IsSame(t, target, kind, view.Version)));
    }

    private static bool IsSame(ReferenceTarget own, ReferenceTarget target, string kind, KumaVersion version)
    {
        if (own.LegacyService is not null || target.LegacyService is not null)
            return own.LegacyService == target.LegacyService;
        if (own.Destination?.Destination.Kri != target.Destination?.Destination.Kri || own.Destination is not { } destination)
            return false;
        return (own.Port is { } port ? [port] : Ports(own))
            .Any(p => (target.Port is null || destination.Destination.SectionName(p, version) == destination.Destination.SectionName(target.Port, version)) && (kind == "MeshTCPRoute" || IsHttp(p)));
    }

    private static IEnumerable<MeshServicePort> Ports(ReferenceTarget target) => target.Port is { } port ? [port] : target.Destination?.Destination.Ports ?? [];

    private static bool IsHttp(MeshServicePort port) => port.AppProtocol is "http" or "http2" or "grpc";
}
