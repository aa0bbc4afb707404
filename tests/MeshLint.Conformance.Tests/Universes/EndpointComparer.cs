using System.Globalization;
using System.Text.Json;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;

namespace MeshLint.Conformance.Tests.Universes;

/// <summary>Compares the endpoints of destination ports and legacy services with what the clusters of the recorded proxies hold.</summary>
internal sealed class EndpointComparer(Tally tally)
{
    public void Compare(Universe universe)
    {
        var clusters = new Dictionary<ZoneView, Dictionary<string, string>>();
        foreach (var proxy in universe.Expected.GetProperty("proxies").EnumerateObject())
        {
            var slash = proxy.Name.IndexOf('/', StringComparison.Ordinal);
            var view = universe.ViewOf(slash < 0 ? universe.Json.GetProperty("zones")[0].GetString() ?? "" : proxy.Name[..slash]);
            if (!proxy.Value.GetProperty("xds").TryGetProperty("clusters", out var expected) || expected.ValueKind != JsonValueKind.Object)
                continue;
            if (!clusters.TryGetValue(view, out var known))
                clusters[view] = known = ClustersOf(universe, view, localOnly: false);
            // A zone proxy of 3.0 sends on to its own zone only (docs/kuma/multi-zone.md#zone-addresses).
            var dataplane = view.FindDataplane(universe.Mesh, proxy.Name[(slash + 1)..]);
            var isIngress = !view.Version.IsTwo() && dataplane is not null && dataplane.Listeners.Any(l => l.Type == "ZoneIngress");
            foreach (var cluster in expected.EnumerateObject())
            {
                CompareCluster($"{universe.Id} {proxy.Name} {cluster.Name}", cluster,
                    isIngress && cluster.Name.StartsWith("kri_mzsvc_", StringComparison.Ordinal) ? ClustersOf(universe, view, localOnly: true) : known, universe, view);
            }
        }
    }

    private void CompareCluster(string subject, JsonProperty cluster, Dictionary<string, string> known, Universe universe, ZoneView view)
    {
        if (cluster.Name.StartsWith("self_", StringComparison.Ordinal) || cluster.Name.StartsWith("localhost:", StringComparison.Ordinal))
            return;
        var endpoints = cluster.Value.TryGetProperty("endpoints", out var list) && list.ValueKind == JsonValueKind.Array
            ? Text(list.EnumerateArray().Select(e => $"{UniverseComparer.Text(e, "address")}:{UniverseComparer.Int(e, "port")}"))
            : "";
        if (known.TryGetValue(cluster.Name, out var actual))
        {
            // TrafficPermissions decide per proxy which external addresses of a mesh with mTLS remain.
            if (universe.Graph.LegacyServicesOf(view).TryGetValue((universe.Mesh, cluster.Name), out var legacy) && !legacy.ExternalServices.IsEmpty && view.Meshes[universe.Mesh].HasMtls)
                return;
            var aspect = universe.Graph.LegacyServicesOf(view).ContainsKey((universe.Mesh, cluster.Name)) ? "Legacy endpoints"
                : cluster.Name.Contains("_mzsvc_", StringComparison.Ordinal) || cluster.Name.StartsWith("kri_mzsvc_", StringComparison.Ordinal) ? "MeshMultiZoneService endpoints"
                : cluster.Name.Contains("extsvc_", StringComparison.Ordinal) ? "MeshExternalService endpoints" : "MeshService endpoints";
            tally.Compare(aspect, subject, endpoints, actual.Split('|').Contains(endpoints) ? endpoints : actual);
        }
        else if (!IsSplit(cluster.Name) && !cluster.Name.StartsWith("meshtrace:", StringComparison.Ordinal)
            && !cluster.Name.StartsWith("tracing:", StringComparison.Ordinal))
        {
            // A tag or a section that nothing has gives an empty cluster.
            tally.Compare("Unknown clusters are empty", subject, endpoints, "");
        }
    }

    /// <summary>A part of a service that a route splits off: the name and a hash.</summary>
    private static bool IsSplit(string name) => name.Length > 17 && name[^17] == '-' && name[^16..].All(char.IsAsciiHexDigitLower);

    /// <summary>Names of clusters (docs/kuma/documents.md#resource-identifiers) with their endpoints.</summary>
    private static Dictionary<string, string> ClustersOf(Universe universe, ZoneView view, bool localOnly)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var instance in view.Destinations.Where(d => d.Mesh == universe.Mesh))
        {
            var destination = instance.Destination;
            var zone = instance.Labels[WellKnown.Zone] ?? "";
            var ns = instance.Labels[WellKnown.Namespace] ?? "";
            var sections = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < destination.Ports.Length; i++)
            {
                var port = destination.Ports[i];
                var number = port.Port.ToString(CultureInfo.InvariantCulture);
                var endpoints = Text(universe.Graph.EndpointsOf(instance)[i].Where(e => !localOnly || e.Route == EndpointRoute.Local).Select(e => $"{e.Address}:{e.Port}"));
                var shortName = destination.KindInfo.ShortName;
                if (view.Version.IsTwo())
                    result[$"{instance.Mesh}_{instance.DisplayName}_{ns}_{zone}_{shortName}_{number}"] = endpoints;
                // Of ports with one section name the first gives the cluster; of services with one identity (A07) either may.
                sections.TryAdd(Kri.Format(destination.KindInfo, instance.Mesh, zone, ns, instance.DisplayName, destination.SectionName(port, view.Version)), endpoints);
                // An outbound names the section as it is written there.
                result.TryAdd(Kri.Format(destination.KindInfo, instance.Mesh, zone, ns, instance.DisplayName, number), endpoints);
            }

            foreach (var (cluster, endpoints) in sections)
                result[cluster] = result.TryGetValue(cluster, out var other) && other != endpoints ? $"{other}|{endpoints}" : endpoints;
        }

        foreach (var ((mesh, name), service) in universe.Graph.LegacyServicesOf(view))
        {
            if (mesh == universe.Mesh)
                result[name] = Text(service.Endpoints.Select(e => $"{e.Address}:{e.Port}"));
        }

        return result;
    }

    private static string Text(IEnumerable<string> endpoints) => string.Join(", ", endpoints.Order(StringComparer.Ordinal));
}
