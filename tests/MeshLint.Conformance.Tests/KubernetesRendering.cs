using System.Text.Json.Nodes;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Conformance.Tests;

/// <summary>Renders derived resources to the shape in which Kubernetes stores them.</summary>
internal static class KubernetesRendering
{
    public static JsonObject Render(DerivedDataplane derived)
    {
        var root = Envelope("Dataplane", derived.Name, derived.Namespace, derived.Metadata);
        root["mesh"] = derived.Dataplane.Mesh;
        root["metadata"]!["ownerReferences"] = Controller(derived.Name);
        root["spec"] = Spec(derived);
        return root;
    }

    public static JsonObject Spec(DerivedDataplane derived)
    {
        var dataplane = derived.Dataplane;
        var networking = new JsonObject();
        Put(networking, "address", dataplane.Address);
        if (derived.AdminPort is { } admin)
            networking["admin"] = admin == 0 ? new JsonObject() : new JsonObject { ["port"] = admin };
        if (dataplane.Gateway != GatewayType.None)
        {
            var gateway = new JsonObject();
            if (dataplane.GatewayTags.Count > 0)
                gateway["tags"] = Map(dataplane.GatewayTags);
            if (dataplane.Gateway == GatewayType.Builtin)
                gateway["type"] = "BUILTIN";
            networking["gateway"] = gateway;
        }

        if (!dataplane.Inbounds.IsEmpty)
            networking["inbound"] = new JsonArray([.. dataplane.Inbounds.Select(Inbound)]);
        if (!dataplane.Listeners.IsEmpty)
            networking["listeners"] = new JsonArray([.. dataplane.Listeners.Select(Listener)]);
        if (derived.TransparentProxying is { } proxying)
            networking["transparentProxying"] = Proxying(proxying);
        var spec = new JsonObject { ["networking"] = networking };
        if (derived.Metrics is { } metrics)
            spec["metrics"] = new JsonObject { ["type"] = "prometheus", ["conf"] = Metrics(metrics) };
        if (derived.Probes is { } probes)
            spec["probes"] = Probes(probes);
        return spec;
    }

    public static JsonObject Render(DerivedZoneProxy proxy)
    {
        var root = Envelope(proxy.Kind, proxy.Name, proxy.Namespace, proxy.Metadata);
        root["metadata"]!["ownerReferences"] = Controller(proxy.Name);
        root["spec"] = Spec(proxy);
        return root;
    }

    public static JsonObject Spec(DerivedZoneProxy proxy)
    {
        var networking = new JsonObject { ["address"] = proxy.Address, ["port"] = proxy.Port };
        Put(networking, "advertisedAddress", proxy.AdvertisedAddress);
        if (proxy.AdvertisedPort > 0)
            networking["advertisedPort"] = proxy.AdvertisedPort;
        if (proxy.AdminPort is { } admin)
            networking["admin"] = admin == 0 ? new JsonObject() : new JsonObject { ["port"] = admin };
        var spec = new JsonObject { ["networking"] = networking };
        if (proxy.Kind == "ZoneEgress")
            Put(spec, "zone", proxy.Labels[WellKnown.Zone] ?? "");
        return spec;
    }

    /// <summary>A MeshService in the shape of <c>expected.meshServices</c>.</summary>
    public static JsonObject Render(DerivedMeshService service, Dictionary<string, string> assumedIps)
    {
        var vips = service.Vips;
        if (vips.IsEmpty && service.PodName is null && assumedIps.TryGetValue($"{service.Service.Namespace}/{service.Service.Name}", out var ip))
            vips = [ip];
        var status = new JsonObject { ["dataplaneProxies"] = new JsonObject(), ["tls"] = new JsonObject() };
        if (!vips.IsEmpty)
            status["vips"] = new JsonArray([.. vips.Select(static v => (JsonNode)new JsonObject { ["ip"] = v })]);
        var spec = Spec(service);
        spec["state"] = "Unavailable";
        return new JsonObject
        {
            ["name"] = service.Name,
            ["namespace"] = service.Namespace,
            ["labels"] = Map(service.Metadata.Labels),
            ["annotations"] = service.Metadata.Annotations.Count > 0 ? Map(service.Metadata.Annotations) : null,
            ["owner"] = service.PodName is { } pod ? $"Pod/{pod}" : $"Service/{service.Service.Name}",
            ["spec"] = spec,
            ["status"] = status,
        };
    }

    public static JsonObject Spec(DerivedMeshService service)
    {
        var selector = new JsonObject();
        if (service.Selector.DataplaneRef is { } reference)
            selector["dataplaneRef"] = new JsonObject { ["name"] = reference };
        if (service.Selector.DataplaneTags is { } tags)
            selector["dataplaneTags"] = Map(tags.Labels);
        if (service.Selector.DataplaneLabels is { } labels)
            selector["dataplaneLabels"] = new JsonObject { ["matchLabels"] = Map(labels.Labels) };
        var spec = new JsonObject { ["selector"] = selector };
        if (!service.Ports.IsEmpty)
        {
            spec["ports"] = new JsonArray([.. service.Ports.Select(static p => (JsonNode)new JsonObject
            {
                ["name"] = p.Name,
                ["port"] = p.Port,
                ["targetPort"] = p.TargetPort.Name is { } name ? name : p.TargetPort.Number,
                ["appProtocol"] = p.AppProtocol,
            })]);
        }

        return spec;
    }

    public static JsonObject Render(DerivedWorkload workload)
    {
        var root = Envelope("Workload", workload.Name, workload.Namespace, workload.Metadata);
        AddMeshOwner(root, workload.Mesh, workload.Metadata, new JsonArray());
        root["spec"] = new JsonObject();
        root["status"] = new JsonObject { ["dataplaneProxies"] = new JsonObject { ["connected"] = 0, ["healthy"] = 0, ["total"] = 0 } };
        return root;
    }

    public static JsonObject Render(DerivedMeshZoneAddress address)
    {
        var root = Envelope("MeshZoneAddress", address.Service.Name, address.Service.Namespace, address.Metadata);
        var owners = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Service", ["name"] = address.Service.Name });
        AddMeshOwner(root, address.Mesh, address.Metadata, owners);
        root["spec"] = new JsonObject { ["address"] = address.Address, ["port"] = address.Port };
        return root;
    }

    /// <summary>The owner-reference webhook adds the Mesh; it sees the namespaces that the defaulter sees.</summary>
    private static void AddMeshOwner(JsonObject root, string mesh, StoredMetadata metadata, JsonArray owners)
    {
        if (metadata.Annotations.Contains(WellKnown.DisplayName))
            owners.Add(new JsonObject { ["apiVersion"] = "kuma.io/v1alpha1", ["kind"] = "Mesh", ["name"] = mesh });
        if (owners.Count > 0)
            root["metadata"]!["ownerReferences"] = owners;
    }

    private static JsonObject Envelope(string kind, string name, string ns, StoredMetadata stored)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = ns };
        if (stored.Labels.Count > 0)
            metadata["labels"] = Map(stored.Labels);
        if (stored.Annotations.Count > 0)
            metadata["annotations"] = Map(stored.Annotations);
        return new JsonObject { ["apiVersion"] = "kuma.io/v1alpha1", ["kind"] = kind, ["metadata"] = metadata };
    }

    private static JsonArray Controller(string pod) => new(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["blockOwnerDeletion"] = true,
        ["controller"] = true,
        ["kind"] = "Pod",
        ["name"] = pod,
    });

    private static JsonNode Inbound(Inbound inbound)
    {
        var node = new JsonObject { ["port"] = inbound.Port, ["health"] = inbound.HealthReady == true ? new JsonObject { ["ready"] = true } : new JsonObject() };
        Put(node, "name", inbound.Name);
        Put(node, "protocol", inbound.RawProtocol);
        if (inbound.State != InboundState.Ready)
            node["state"] = inbound.State.ToString();
        if (inbound.Tags.Count > 0)
            node["tags"] = Map(inbound.Tags);
        return node;
    }

    private static JsonNode Listener(ProxyListener listener)
    {
        var node = new JsonObject { ["type"] = listener.Type, ["address"] = listener.Address, ["port"] = listener.Port, ["name"] = listener.Name };
        if (listener.State != InboundState.Ready)
            node["state"] = listener.State.ToString();
        return node;
    }

    private static JsonObject Proxying(TransparentProxying proxying)
    {
        var node = new JsonObject();
        if (proxying.RedirectPortInbound > 0)
            node["redirectPortInbound"] = proxying.RedirectPortInbound;
        if (proxying.RedirectPortOutbound > 0)
            node["redirectPortOutbound"] = proxying.RedirectPortOutbound;
        Put(node, "ipFamilyMode", proxying.IpFamilyMode);
        if (!proxying.DirectAccessServices.IsEmpty)
            node["directAccessServices"] = List(proxying.DirectAccessServices);
        if (!proxying.ReachableServices.IsEmpty)
            node["reachableServices"] = List(proxying.ReachableServices);
        if (proxying.ReachableBackends is { } refs)
            node["reachableBackends"] = refs.IsEmpty ? new JsonObject() : new JsonObject { ["refs"] = new JsonArray([.. refs.Select(Reference)]) };
        return node;
    }

    private static JsonNode Reference(DataplaneRef reference)
    {
        var node = new JsonObject();
        Put(node, "kind", reference.Kind);
        Put(node, "name", reference.Name);
        Put(node, "namespace", reference.Namespace);
        if (reference.Port is { } port)
            node["port"] = port;
        if (reference.Labels.Count > 0)
            node["labels"] = Map(reference.Labels);
        return node;
    }

    private static JsonObject Metrics(PrometheusMetrics metrics)
    {
        var conf = new JsonObject();
        Put(conf, "path", metrics.Path);
        if (metrics.Port > 0)
            conf["port"] = metrics.Port;
        if (!metrics.Aggregate.IsEmpty)
        {
            conf["aggregate"] = new JsonArray([.. metrics.Aggregate.Select(static a =>
            {
                var node = new JsonObject { ["name"] = a.Name, ["enabled"] = a.Enabled };
                Put(node, "path", a.Path);
                Put(node, "address", a.Address);
                if (a.Port > 0)
                    node["port"] = a.Port;
                return (JsonNode)node;
            })]);
        }

        return conf;
    }

    private static JsonObject Probes(VirtualProbes probes)
    {
        var node = new JsonObject();
        if (probes.Port > 0)
            node["port"] = probes.Port;
        if (!probes.Endpoints.IsEmpty)
        {
            node["endpoints"] = new JsonArray([.. probes.Endpoints.Select(static e => (JsonNode)new JsonObject
            {
                ["inboundPort"] = e.InboundPort,
                ["inboundPath"] = e.InboundPath,
                ["path"] = e.Path,
            })]);
        }

        return node;
    }

    private static JsonObject Map(LabelSet labels) => new(labels.Select(static p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));

    private static JsonArray List(IEnumerable<string> items) => new([.. items.Select(static i => (JsonNode)i)]);

    private static void Put(JsonObject node, string key, string value)
    {
        if (value.Length > 0)
            node[key] = value;
    }
}
