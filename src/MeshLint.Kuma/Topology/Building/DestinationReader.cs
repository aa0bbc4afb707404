using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Reads the MeshServices, MeshMultiZoneServices and MeshExternalServices that documents and Kubernetes Services give
/// (docs/kuma/mesh-services.md#spec-and-validation, docs/kuma/multi-zone.md#meshmultizoneservices,
/// docs/kuma/multi-zone.md#meshexternalservices).
/// </summary>
internal static class DestinationReader
{
    /// <param name="stored">A stored destination.</param>
    /// <param name="home">Its control plane.</param>
    /// <param name="order">Its rank by creation.</param>
    /// <param name="version">The Kuma line.</param>
    public static Destination Read(StoredResource stored, ControlPlane home, int order, KumaVersion version)
    {
        var kind = stored.Kind switch
        {
            "MeshService" => DestinationKind.MeshService,
            "MeshMultiZoneService" => DestinationKind.MeshMultiZoneService,
            _ => DestinationKind.MeshExternalService,
        };
        var spec = stored.Spec;
        var destination = new Destination
        {
            Kind = kind,
            Mesh = stored.Mesh,
            Home = home,
            CoreName = stored.CoreName,
            Labels = stored.Labels,
            Origin = DestinationOrigin.Declared,
            Order = order,
            Ports = kind == DestinationKind.MeshExternalService ? ReadMatch(spec["match"]) : ReadPorts(spec["ports"], kind),
            Selector = kind == DestinationKind.MeshService ? ReadSelector(spec["selector"], version) : new(),
            MeshServiceLabels = kind == DestinationKind.MeshMultiZoneService
                ? new(LabelSet.From(spec["selector"]["meshService"]["matchLabels"]), spec["selector"]["meshService"]["matchLabels"])
                : null,
            ExternalEndpoints = kind == DestinationKind.MeshExternalService ? ReadEndpoints(spec["endpoints"]) : [],
            HasExtension = spec["extension"].IsMapping,
            Declared = stored,
        };
        if (kind == DestinationKind.MeshService)
        {
            // What is written stays where no control plane computes it: on a Service whose origin label says that it comes from elsewhere.
            destination.IsAvailable = spec["state"].AsString() == "Available";
            destination.IdentitySource = new(() => ReadIdentities(spec["identities"]));
        }

        return destination;
    }

    public static Destination Read(DerivedMeshService derived, ControlPlane home, int order) => new()
    {
        Kind = DestinationKind.MeshService,
        Mesh = derived.Mesh,
        Home = home,
        CoreName = $"{derived.Name}.{derived.Namespace}",
        Labels = derived.Labels,
        Origin = DestinationOrigin.GeneratedFromService,
        Order = order,
        Ports = derived.Ports,
        Selector = derived.Selector,
        Derived = derived,
    };

    private static ImmutableArray<MeshServicePort> ReadPorts(Node node, DestinationKind kind)
    {
        if (node.Count == 0)
            return [];
        var ports = ImmutableArray.CreateBuilder<MeshServicePort>(node.Count);
        foreach (var item in node.Items)
        {
            var target = default(TargetPort);
            if (kind == DestinationKind.MeshService)
                target = Values.Int(item["targetPort"]) is { } number && !item["targetPort"].IsString ? new TargetPort(number) : item["targetPort"].AsString() is { } name ? new TargetPort(name) : default;
            ports.Add(new MeshServicePort(item["name"].AsString(), Values.Int(item["port"]) ?? 0, target, Values.Text(item["appProtocol"]), item));
        }

        return ports.DrainToImmutable();
    }

    private static ImmutableArray<MeshServicePort> ReadMatch(Node match) =>
        match.IsMapping ? [new MeshServicePort(null, Values.Int(match["port"]) ?? 0, default, Values.Text(match["protocol"]), match)] : [];

    private static MeshServiceSelector ReadSelector(Node node, KumaVersion version)
    {
        var reference = node["dataplaneRef"];
        var tags = node["dataplaneTags"];
        var labels = node["dataplaneLabels"];
        return new MeshServiceSelector
        {
            DataplaneRef = reference.IsMapping ? Values.Text(reference["name"]) : null,
            DataplaneTags = version.Behaviour.DataplaneTagsSelector && tags.IsMapping ? new(LabelSet.From(tags), tags) : null,
            DataplaneLabels = version.Behaviour.DataplaneLabelsSelector && labels.IsMapping ? new(LabelSet.From(labels["matchLabels"]), labels["matchLabels"]) : null,
        };
    }

    private static ImmutableArray<ExternalEndpoint> ReadEndpoints(Node node)
    {
        if (node.Count == 0)
            return [];
        var endpoints = ImmutableArray.CreateBuilder<ExternalEndpoint>(node.Count);
        foreach (var item in node.Items)
            endpoints.Add(new ExternalEndpoint(Values.Text(item["address"]), Values.Int(item["port"]) ?? 0, Values.Int(item["priority"]) ?? 0));
        return endpoints.DrainToImmutable();
    }

    private static ImmutableArray<ServiceIdentity> ReadIdentities(Node node)
    {
        if (node.Count == 0)
            return [];
        var identities = ImmutableArray.CreateBuilder<ServiceIdentity>(node.Count);
        foreach (var item in node.Items)
            identities.Add(new ServiceIdentity(Values.Text(item["type"]), Values.Text(item["value"])));
        return identities.DrainToImmutable();
    }
}
