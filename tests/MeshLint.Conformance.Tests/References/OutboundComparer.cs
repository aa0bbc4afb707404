using System.Text.Json;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Versions;

namespace MeshLint.Conformance.Tests.References;

/// <summary>Compares what Dataplanes refer to with their recorded outbounds: the reach of transparent proxies, the listeners of the others.</summary>
internal sealed class OutboundComparer(Tally tally)
{
    public void Compare(BoundUniverse universe)
    {
        foreach (var (view, dataplane, subject, recorded) in universe.Proxies())
        {
            if (recorded.TryGetProperty("layout", out var layout) && layout.TryGetProperty("outbounds", out var outbounds) && outbounds.ValueKind == JsonValueKind.Array
                && view.Version >= KumaVersion.V2_12)
            {
                CompareReach(universe, view, dataplane, subject, outbounds);
            }

            if (dataplane is { IsTransparent: true, ReachableBackends: not null } && view.Version <= KumaVersion.V2_11
                && recorded.GetProperty("xds").TryGetProperty("clusters", out var clusters) && clusters.ValueKind == JsonValueKind.Object)
            {
                CompareClusters(universe, view, dataplane, subject, clusters);
            }

            if (!dataplane.IsTransparent && recorded.GetProperty("xds").TryGetProperty("listeners", out var listeners) && listeners.ValueKind == JsonValueKind.Object)
                CompareListeners(universe, view, dataplane, subject, listeners);
        }
    }

    private void CompareReach(BoundUniverse universe, ZoneView view, Dataplane dataplane, string subject, JsonElement recorded)
    {
        var references = universe.Universe.References.Where(r => ReferenceEquals(r.FromDataplane, dataplane)).ToList();
        var filters = references.Where(r => r.Edge == ReferenceEdge.Outbound && r.Path.EndsWith("backendRef", StringComparison.Ordinal)).ToList();
        if (filters.Count > 0 && !dataplane.IsTransparent)
            return;
        var refs = filters.Any(r => r.Outcomes[0].Status != ReferenceStatus.Unresolved) ? filters
            : dataplane.ReachableBackends is null ? null : references.Where(r => r.Edge == ReferenceEdge.ReachableBackend).ToList();
        if (refs is not null && refs.Any(r => r.Outcomes[0].Status == ReferenceStatus.Ambiguous))
            return;
        var reached = refs is null
            ? Indexed(view, dataplane.Mesh).SelectMany(d => d.Destination.Ports.Select(p => (d, p)))
            : refs.SelectMany(r => r.Outcomes[0].Targets.Where(_ => r.Status != ReferenceStatus.Unresolved)).SelectMany(t => t.Destination is { } d
                ? t.Port is { } port ? [(d, port)] : d.Destination.Ports.Select(p => (d, p)) : []);
        var actual = reached.Select(r => r.Item1.Destination.KriOf(r.Item1.Destination.SectionName(r.Item2, view.Version)));
        tally.Compare(refs is null ? "Reach of everything" : "reachableBackends", subject, Join(recorded.EnumerateArray().Select(o => UniverseComparer.Text(o, "kri"))), Join(actual));
    }

    /// <summary>2.9 – 2.11 answer no layout; there the clusters tell the reach, where no route adds others.</summary>
    private void CompareClusters(BoundUniverse universe, ZoneView view, Dataplane dataplane, string subject, JsonElement recorded)
    {
        if (universe.PoliciesFor(view, dataplane, "MeshHTTPRoute").Concat(universe.PoliciesFor(view, dataplane, "MeshTCPRoute")).Any())
            return;
        // A TrafficRoute keeps the old routing, which knows kuma.io/service values only.
        if (!view.ResourcesOf("TrafficRoute", dataplane.Mesh).IsEmpty)
            return;
        var reached = universe.Universe.References.Where(r => ReferenceEquals(r.FromDataplane, dataplane) && r is { Edge: ReferenceEdge.ReachableBackend, Status: not ReferenceStatus.Unresolved })
            .SelectMany(r => r.Outcomes[0].Targets).SelectMany(t => t.Destination is { } d ? t.Port is { } port ? [(d, port)] : d.Destination.Ports.Select(p => (d, p)) : []);
        var actual = reached.Where(r => BackendResolver.IsUsable(BackendResolver.ProtocolOf(r.d, r.Item2, view.Version), r.Item2.AppProtocol is "http" or "http2" or "grpc", view.Version)
                || (r.d.Kind == DestinationKind.MeshExternalService && r.Item2.AppProtocol == "tcp"))
            .Select(r => $"{r.d.Mesh}_{r.d.DisplayName}_{r.d.Destination.Namespace}_{r.d.Destination.Zone}_{r.d.Destination.KindInfo.ShortName}_{r.Item2.Port}");
        var expected = recorded.EnumerateObject().Select(c => c.Name).Where(c => c.StartsWith($"{dataplane.Mesh}_", StringComparison.Ordinal));
        tally.Compare("reachableBackends", subject, Join(expected), Join(actual));
    }

    private void CompareListeners(BoundUniverse universe, ZoneView view, Dataplane dataplane, string subject, JsonElement recorded)
    {
        var expected = new SortedSet<int>(recorded.EnumerateObject().Where(l => UniverseComparer.Text(l.Value, "direction") == "OUTBOUND").Select(l => UniverseComparer.Int(l.Value, "port")));
        var references = universe.Universe.References.Where(r => ReferenceEquals(r.FromDataplane, dataplane) && r.Edge == ReferenceEdge.Outbound).ToDictionary(r => r.Path, StringComparer.Ordinal);
        var actual = new SortedSet<int>();
        for (var i = 0; i < dataplane.Outbounds.Length; i++)
        {
            var path = dataplane.Outbounds[i].Backend is null ? $"networking.outbound[{i}]" : $"networking.outbound[{i}].backendRef";
            if (references.TryGetValue(path, out var reference) && reference.Outcomes[0].Effect != ReferenceEffect.NoListener)
                actual.Add(dataplane.Outbounds[i].Port);
        }

        tally.Compare("Outbound listeners", subject, string.Join(", ", expected), string.Join(", ", actual));
    }

    /// <summary>Of destinations with one KRI only the last by name is known.</summary>
    private static IEnumerable<DestinationInstance> Indexed(ZoneView view, string mesh) => view.Destinations.Where(d => d.Mesh == mesh)
        .GroupBy(d => d.Destination.Kri, StringComparer.Ordinal).Select(g => g.OrderBy(d => d.CoreName, StringComparer.Ordinal).Last());

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Distinct().Order(StringComparer.Ordinal));
}
