using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Reads the Dataplanes that documents state (docs/kuma/dataplanes.md#fields; kuma: api/mesh/v1alpha1/dataplane_helpers.go,
/// pkg/core/managers/apis/dataplane/dataplane_manager.go).
/// </summary>
internal static class DataplaneReader
{
    private const string AnyLocalAddress = "127.0.0.1";

    /// <param name="stored">A stored Dataplane.</param>
    /// <param name="place">Its control plane.</param>
    /// <param name="order">Its rank by creation.</param>
    /// <param name="version">The Kuma line.</param>
    /// <param name="mode">Mode of its mesh.</param>
    public static Dataplane Read(StoredResource stored, ControlPlane place, int order, KumaVersion version, MeshServicesMode mode)
    {
        var networking = stored.Spec["networking"];
        var address = Values.Text(networking["address"]);
        var gateway = networking["gateway"];
        var proxying = networking["transparentProxying"];
        return new Dataplane
        {
            Mesh = stored.Mesh,
            CoreName = stored.CoreName,
            Labels = stored.Labels,
            Place = place,
            Order = order,
            Address = address,
            AdvertisedAddress = version.Behaviour.AdvertisedAddress ? Values.Text(networking["advertisedAddress"]) : "",
            Inbounds = ReadInbounds(networking["inbound"], address, place, version, mode),
            Gateway = !gateway.IsMapping ? GatewayType.None : IsEnum(gateway["type"], "BUILTIN", 1) ? GatewayType.Builtin : GatewayType.Delegated,
            GatewayTags = gateway.IsMapping ? WithZoneTag(LabelSet.From(gateway["tags"]), place) : LabelSet.Empty,
            Listeners = version.Behaviour.ZoneProxyListeners ? ReadListeners(networking["listeners"]) : [],
            Outbounds = ReadOutbounds(networking["outbound"], version),
            IsTransparent = Values.Int(proxying["redirectPortInbound"]) is > 0 && Values.Int(proxying["redirectPortOutbound"]) is > 0,
            ReachableServices = version.Behaviour.ReachableServices ? ReadStrings(proxying["reachableServices"]) : [],
            ReachableBackends = proxying["reachableBackends"] is { IsMapping: true } backends ? ReadRefs(backends["refs"]) : null,
            Declared = stored,
        };
    }

    /// <summary>A Universal control plane writes its zone into every inbound and gateway tag set, over what stands there.</summary>
    private static LabelSet WithZoneTag(LabelSet tags, ControlPlane place) => place.IsKubernetes ? tags : tags.With(WellKnown.Zone, place.Zone);

    private static ImmutableArray<Inbound> ReadInbounds(Node node, string dataplaneAddress, ControlPlane place, KumaVersion version, MeshServicesMode mode)
    {
        if (node.Count == 0)
            return [];
        var inbounds = ImmutableArray.CreateBuilder<Inbound>(node.Count);
        foreach (var item in node.Items)
        {
            var port = Values.Int(item["port"]) ?? 0;
            var tags = version.Behaviour.InboundTags ? LabelSet.From(item["tags"]) : LabelSet.Empty;
            // 2.14 leaves a tagless inbound of an Exclusive mesh without tags.
            if (version.Behaviour.InboundTags && (tags.Count > 0 || !version.Behaviour.InboundTagsOptional || mode != MeshServicesMode.Exclusive))
                tags = WithZoneTag(tags, place);
            var state = IsEnum(item["state"], "NotReady", 1) ? InboundState.NotReady : IsEnum(item["state"], "Ignored", 2) ? InboundState.Ignored : InboundState.Ready;
            var health = item["health"];
            bool? ready = health.IsMapping ? health["ready"].AsBoolean() ?? false : null;
            if (item["serviceProbe"].IsMapping && !place.IsKubernetes)
            {
                // Until the first probe answers, a probed inbound of a Universal zone is not ready.
                state = InboundState.NotReady;
                ready = false;
            }

            inbounds.Add(new Inbound
            {
                Name = Values.Text(item["name"]),
                Port = port,
                ServicePort = Values.Int(item["servicePort"]) is { } servicePort and not 0 ? servicePort : port,
                Address = Values.Text(item["address"]) is { Length: > 0 } own ? own : dataplaneAddress,
                RawProtocol = ReadProtocol(item, tags, version),
                State = state,
                HealthReady = ready,
                Tags = tags,
                Node = item,
            });
        }

        return inbounds.DrainToImmutable();
    }

    private static string ReadProtocol(Node inbound, LabelSet tags, KumaVersion version)
    {
        if (version.Behaviour.InboundProtocolField && Values.Text(inbound["protocol"]) is { Length: > 0 } protocol)
            return protocol;
        return version.Behaviour.ProtocolTag ? tags[WellKnown.ProtocolTag] ?? "" : "";
    }

    private static ImmutableArray<ProxyListener> ReadListeners(Node node)
    {
        if (node.Count == 0)
            return [];
        var listeners = ImmutableArray.CreateBuilder<ProxyListener>(node.Count);
        foreach (var item in node.Items)
        {
            var type = IsEnum(item["type"], "ZoneIngress", 1) ? "ZoneIngress" : IsEnum(item["type"], "ZoneEgress", 2) ? "ZoneEgress" : Values.Text(item["type"]);
            var state = IsEnum(item["state"], "NotReady", 1) ? InboundState.NotReady : IsEnum(item["state"], "Ignored", 2) ? InboundState.Ignored : InboundState.Ready;
            listeners.Add(new ProxyListener(
                type,
                Values.Text(item["address"]),
                Values.Int(item["port"]) ?? 0,
                Values.Text(item["name"]),
                state,
                item));
        }

        return listeners.DrainToImmutable();
    }

    private static ImmutableArray<DataplaneOutbound> ReadOutbounds(Node node, KumaVersion version)
    {
        if (node.Count == 0)
            return [];
        var outbounds = ImmutableArray.CreateBuilder<DataplaneOutbound>(node.Count);
        foreach (var item in node.Items)
        {
            var backend = item["backendRef"];
            var tags = version.Behaviour.LegacyOutbounds ? LabelSet.From(item["tags"]) : LabelSet.Empty;
            if (version.Behaviour.LegacyOutbounds && Values.Text(item["service"]) is { Length: > 0 } service)
                tags = tags.With(WellKnown.ServiceTag, service);
            outbounds.Add(new DataplaneOutbound(
                Values.Text(item["address"]) is { Length: > 0 } own ? own : AnyLocalAddress,
                Values.Int(item["port"]) ?? 0,
                backend.IsMapping ? ReadRef(backend) : null,
                tags,
                item));
        }

        return outbounds.DrainToImmutable();
    }

    private static ImmutableArray<DataplaneRef> ReadRefs(Node node)
    {
        if (node.Count == 0)
            return [];
        var refs = ImmutableArray.CreateBuilder<DataplaneRef>(node.Count);
        foreach (var item in node.Items)
            refs.Add(ReadRef(item));
        return refs.DrainToImmutable();
    }

    private static DataplaneRef ReadRef(Node node) => new(
        Values.Text(node["kind"]), Values.Text(node["name"]), Values.Text(node["namespace"]), LabelSet.From(node["labels"]),
        Values.Int(node["port"]) is { } port and not 0 ? port : null, node);

    private static ImmutableArray<string> ReadStrings(Node node)
    {
        if (node.Count == 0)
            return [];
        var strings = ImmutableArray.CreateBuilder<string>(node.Count);
        foreach (var item in node.Items)
        {
            if (item.AsString() is { } text)
                strings.Add(text);
        }

        return strings.DrainToImmutable();
    }

    /// <summary>Protobuf JSON takes an enum by name or by number.</summary>
    private static bool IsEnum(Node node, string name, int number) => node.AsString() == name || node.AsInteger() == number;
}
