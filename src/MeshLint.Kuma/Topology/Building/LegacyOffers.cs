using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>One tag set that a zone offers to others through its ingress.</summary>
/// <param name="Mesh">The mesh.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Instances">How many healthy inbounds have exactly these tags.</param>
internal sealed record LegacyOffer(string Mesh, LabelSet Tags, int Instances);

/// <summary>What each zone writes into <c>availableServices</c> of its ZoneIngresses, 2.x (kuma: pkg/zone/available_services.go, pkg/xds/ingress/dataplane.go).</summary>
internal sealed class LegacyOffers(MeshTopology topology)
{
    private readonly Dictionary<ControlPlaneId, List<LegacyOffer>> byZone = [];

    /// <summary>The offers of a zone; meshes in mode Exclusive have none.</summary>
    public List<LegacyOffer> Of(ControlPlane zone)
    {
        if (!byZone.TryGetValue(zone.Id, out var offers))
            byZone[zone.Id] = offers = Build(topology.ViewOf(zone));
        return offers;
    }

    private static List<LegacyOffer> Build(ZoneView view)
    {
        var counts = new Dictionary<(string Mesh, LabelSet Tags), int>();
        var order = new List<(string Mesh, LabelSet Tags)>();
        foreach (var dataplane in view.Dataplanes)
        {
            if (view.MeshOf(dataplane.Mesh).IsExclusive)
                continue;
            foreach (var inbound in dataplane.Inbounds)
            {
                if (inbound.IsHealthy)
                    Count((dataplane.Mesh, inbound.Tags));
            }
        }

        foreach (var resource in view.Resources)
        {
            if (resource.Kind != "ExternalService" || resource.Spec["tags"][WellKnown.Zone].AsString() != view.ControlPlane.Zone)
                continue;
            var mesh = view.MeshOf(resource.Mesh);
            if (mesh.RoutesThroughZoneEgress && !mesh.IsExclusive)
                Count((resource.Mesh, LabelSet.From(resource.Spec["tags"])));
        }

        return order.ConvertAll(key => new LegacyOffer(key.Mesh, key.Tags, counts[key]));

        void Count((string Mesh, LabelSet Tags) key)
        {
            if (!counts.TryGetValue(key, out var count))
                order.Add(key);
            counts[key] = count + 1;
        }
    }
}
