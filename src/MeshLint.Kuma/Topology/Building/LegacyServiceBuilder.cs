using MeshLint.Kuma.Model;
using System.Collections.Frozen;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// The <c>kuma.io/service</c> values of one zone, 2.x (docs/kuma/mesh-services.md#modes; kuma: pkg/dns/vips_allocator.go,
/// pkg/xds/topology/outbound.go).
/// </summary>
internal static class LegacyServiceBuilder
{
    /// <summary>Inbounds on this port stand for Pods without Service and give no VIP.</summary>
    private const int ServicelessPort = 49151;

    /// <param name="view">The zone.</param>
    /// <param name="endpoints">Knows the zone's egresses.</param>
    /// <param name="offers">What each zone offers to others.</param>
    public static FrozenDictionary<(string Mesh, string Name), LegacyService> Build(ZoneView view, EndpointBuilder endpoints, LegacyOffers offers)
    {
        var drafts = new Dictionary<(string Mesh, string Name), Draft>();
        var ingresses = AddRemote(view, endpoints, offers, drafts);
        AddLocal(view, drafts, Math.Max(ingresses, 1));
        AddExternal(view, endpoints, drafts);
        return drafts.ToFrozenDictionary(static d => d.Key, static d => new LegacyService
        {
            Mesh = d.Key.Mesh,
            Name = d.Key.Name,
            Endpoints = d.Value.Endpoints.ToImmutable(),
            Inbounds = d.Value.Inbounds.ToImmutable(),
            Gateways = d.Value.Gateways.ToImmutable(),
            ExternalServices = d.Value.ExternalServices.ToImmutable(),
            HasVip = d.Value.HasVip,
        });
    }

    /// <param name="view">The zone.</param>
    /// <param name="drafts">Where to add.</param>
    /// <param name="weight">Every remote ingress carries all instances of its zone, so local ones weigh as much as there are ingresses.</param>
    private static void AddLocal(ZoneView view, Dictionary<(string Mesh, string Name), Draft> drafts, int weight)
    {
        foreach (var dataplane in view.Dataplanes)
        {
            if (dataplane.Gateway != GatewayType.None && dataplane.GatewayTags[WellKnown.ServiceTag] is { Length: > 0 } gateway)
                DraftOf(drafts, dataplane.Mesh, gateway).Gateways.Add(dataplane);
            var ownWeight = view.MeshOf(dataplane.Mesh).HasMtls ? weight : 1;
            foreach (var inbound in dataplane.Inbounds)
            {
                if (inbound.Tags[WellKnown.ServiceTag] is not { Length: > 0 } name)
                    continue;
                var draft = DraftOf(drafts, dataplane.Mesh, name);
                draft.Inbounds.Add(new LegacyInbound(dataplane, inbound));
                draft.HasVip |= inbound.State != InboundState.Ignored && inbound.Port != ServicelessPort;
                if (inbound.IsHealthy)
                    draft.Endpoints.Add(EndpointBuilder.LocalEndpoint(dataplane, inbound) with { Weight = ownWeight });
            }
        }
    }

    /// <summary>Adds what other zones offer through their ingresses.</summary>
    /// <returns>The number of distinct ingress addresses.</returns>
    private static int AddRemote(ZoneView view, EndpointBuilder endpoints, LegacyOffers offers, Dictionary<(string Mesh, string Name), Draft> drafts)
    {
        var seen = new HashSet<(string Address, int Port)>();
        foreach (var ingress in view.ResourcesOf("ZoneIngress", ""))
        {
            if (ingress.Home.Zone == view.ControlPlane.Zone)
                continue;
            var address = Values.Text(ingress.Spec["networking"]["advertisedAddress"]);
            var port = Values.Int(ingress.Spec["networking"]["advertisedPort"]) ?? 0;
            var isReachable = ingress.DerivedFrom is not null || (address.Length > 0 && port > 0);
            var isFirst = isReachable && seen.Add((address.Length > 0 ? address : ingress.CoreName, port));
            foreach (var offer in offers.Of(ingress.Home))
            {
                var mesh = view.MeshOf(offer.Mesh);
                if (offer.Tags[WellKnown.ServiceTag] is not { } name)
                    continue;
                var draft = DraftOf(drafts, offer.Mesh, name);
                draft.HasVip = true;
                if (!isFirst || !mesh.HasMtls)
                    continue;
                var priority = mesh.IsLocalityAware && offer.Tags[WellKnown.Zone] is { } zone && zone != view.ControlPlane.Zone ? 1 : 0;
                if (!mesh.RoutesThroughZoneEgress)
                    draft.Endpoints.Add(new Endpoint(EndpointRoute.ZoneIngress, ingress.Home.Zone, null, address, port, priority, offer.Instances));
                else
                    AddEgresses(draft, endpoints.LegacyEgresses, priority);
            }
        }

        return seen.Count;
    }

    private static void AddEgresses(Draft draft, ImmutableArray<Endpoint> egresses, int priority)
    {
        foreach (var egress in egresses)
            draft.Endpoints.Add(egress with { Priority = priority });
    }

    private static void AddExternal(ZoneView view, EndpointBuilder endpoints, Dictionary<(string Mesh, string Name), Draft> drafts)
    {
        foreach (var resource in view.Resources)
        {
            if (resource.Kind != "ExternalService" || resource.Spec["tags"][WellKnown.ServiceTag].AsString() is not { Length: > 0 } name)
                continue;
            var draft = DraftOf(drafts, resource.Mesh, name);
            draft.ExternalServices.Add(resource);
            draft.HasVip = true;
            var mesh = view.MeshOf(resource.Mesh);
            var zone = resource.Spec["tags"][WellKnown.Zone].AsString();
            var priority = mesh.IsLocalityAware && zone is not null && zone != view.ControlPlane.Zone ? 1 : 0;
            if (mesh.RoutesThroughZoneEgress)
                AddEgresses(draft, endpoints.EgressesOf(resource.Mesh), priority);
            else if (ReadAddress(resource) is { } address)
                draft.Endpoints.Add(address with { Priority = priority });
        }
    }

    private static Draft DraftOf(Dictionary<(string Mesh, string Name), Draft> drafts, string mesh, string name)
    {
        if (!drafts.TryGetValue((mesh, name), out var draft))
            drafts[(mesh, name)] = draft = new Draft();
        return draft;
    }

    private static Endpoint? ReadAddress(ResourceInstance external)
    {
        var address = Values.Text(external.Spec["networking"]["address"]);
        var colon = address.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return null;
        return new Endpoint(EndpointRoute.External, external.Spec["tags"][WellKnown.Zone].AsString() ?? "", null, address[..colon].Trim('[', ']'), port, 0);
    }

    private sealed class Draft
    {
        public ImmutableArray<Endpoint>.Builder Endpoints { get; } = ImmutableArray.CreateBuilder<Endpoint>();

        public ImmutableArray<LegacyInbound>.Builder Inbounds { get; } = ImmutableArray.CreateBuilder<LegacyInbound>(1);

        public ImmutableArray<Dataplane>.Builder Gateways { get; } = ImmutableArray.CreateBuilder<Dataplane>(0);

        public ImmutableArray<ResourceInstance>.Builder ExternalServices { get; } = ImmutableArray.CreateBuilder<ResourceInstance>(0);

        public bool HasVip { get; set; }
    }
}
