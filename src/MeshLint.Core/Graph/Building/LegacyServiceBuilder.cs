using System.Collections.Frozen;
using System.Globalization;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Graph.Building;

/// <summary>The <c>kuma.io/service</c> values of one zone, 2.x (mesh-graph.md §5.8; kuma: pkg/dns/vips_allocator.go, pkg/xds/topology/outbound.go).</summary>
internal static class LegacyServiceBuilder
{
    /// <summary>Inbounds on this port stand for Pods without Service and give no VIP.</summary>
    private const int ServicelessPort = 49151;

    /// <param name="view">The zone.</param>
    /// <param name="endpoints">Knows the zone's egresses.</param>
    public static FrozenDictionary<(string Mesh, string Name), LegacyService> Build(ZoneView view, EndpointBuilder endpoints)
    {
        var drafts = new Dictionary<(string Mesh, string Name), Draft>();
        foreach (var dataplane in view.Dataplanes)
        {
            if (dataplane.Gateway != GatewayType.None && dataplane.GatewayTags[WellKnown.ServiceTag] is { Length: > 0 } gateway)
                DraftOf(dataplane.Mesh, gateway).Gateways.Add(dataplane);
            foreach (var inbound in dataplane.Inbounds)
            {
                if (inbound.Tags[WellKnown.ServiceTag] is not { Length: > 0 } name)
                    continue;
                var draft = DraftOf(dataplane.Mesh, name);
                draft.Inbounds.Add(new LegacyInbound(dataplane, inbound));
                draft.HasVip |= inbound.State != InboundState.Ignored && inbound.Port != ServicelessPort;
                if (inbound.IsHealthy)
                    draft.Endpoints.Add(EndpointBuilder.LocalEndpoint(dataplane, inbound));
            }
        }

        foreach (var resource in view.Resources)
        {
            if (resource.Kind != "ExternalService" || resource.Spec["tags"][WellKnown.ServiceTag].AsString() is not { Length: > 0 } name)
                continue;
            var draft = DraftOf(resource.Mesh, name);
            draft.ExternalServices.Add(resource);
            draft.HasVip = true;
            if (view.MeshOf(resource.Mesh).RoutesThroughZoneEgress)
                draft.Endpoints.AddRange(endpoints.EgressesOf(resource.Mesh));
            else if (ReadAddress(resource) is { } address)
                draft.Endpoints.Add(address);
        }

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

        Draft DraftOf(string mesh, string name)
        {
            if (!drafts.TryGetValue((mesh, name), out var draft))
                drafts[(mesh, name)] = draft = new Draft();
            return draft;
        }
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
