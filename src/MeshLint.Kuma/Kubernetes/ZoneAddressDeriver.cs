using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Makes MeshZoneAddresses of zone-ingress Services (2.14 and later; kuma: controllers/meshzoneaddress_controller.go).</summary>
internal sealed class ZoneAddressDeriver(Cluster cluster, PodMatcher matcher, EventSink events)
{
    private const string Prefix = "unable to create or update MeshZoneAddress: ";

    /// <summary>The MeshZoneAddress of a Service, or null.</summary>
    public DerivedMeshZoneAddress? Derive(ServiceModel service)
    {
        var ns = cluster.Namespace(service.Namespace, service.Source);
        var written = cluster.MeshZoneAddresses.GetValueOrDefault((service.Namespace, service.Name));
        if (service.Labels[WellKnown.ZoneProxyType] != "ingress")
        {
            if (written is not null)
                events.Add(new ResourceDeleted(service.Source, written));
            return null;
        }

        if (!matcher.EndpointsOf(service).Any(static e => e.IsReady))
            return Skip(MeshZoneAddressSkipReason.NoReadyEndpoint, "", deletes: true);
        if (Coordinates(service, out var address, out var port, out var isKnown) is { } error)
            return Skip(MeshZoneAddressSkipReason.Error, error, deletes: false);
        if (address.Length == 0 && isKnown)
            return Skip(MeshZoneAddressSkipReason.NoPublicAddress, "", deletes: true);
        if (written is not null)
            return Skip(MeshZoneAddressSkipReason.Error, $"{Prefix}MeshZoneAddress already exists and is not owned by Service", deletes: false);

        var mesh = cluster.MeshOf(service.Labels[WellKnown.Mesh], service.Annotations[KumaAnnotations.Mesh], ns);
        if (DerivedLabels.HasWebhooks(cluster.Version, ns) && cluster.FindMesh(mesh) is null)
        {
            return Skip(
                MeshZoneAddressSkipReason.Error,
                $"{Prefix}admission webhook \"owner-reference.kuma-admission.kuma.io\" denied the request: meshs.kuma.io \"{mesh}\" not found", deletes: false);
        }

        if (isKnown && port < 1)
        {
            return Skip(
                MeshZoneAddressSkipReason.Error,
                $"{Prefix}MeshZoneAddress.kuma.io \"{service.Name}\" is invalid: spec.port: Invalid value: {port}: spec.port in body should be greater than or equal to 1",
                deletes: false);
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [WellKnown.Mesh] = mesh,
            [WellKnown.Zone] = cluster.Place.Zone,
            [WellKnown.ManagedBy] = "k8s-controller",
            [WellKnown.Env] = "kubernetes",
        };
        var metadata = DerivedLabels.Admit(
            cluster, ns, labels, DerivedLabels.Subject("MeshZoneAddress", mesh, service.Name, service.Namespace), out _);
        return new DerivedMeshZoneAddress(service.Source, mesh, metadata, address, port);

        DerivedMeshZoneAddress? Skip(MeshZoneAddressSkipReason reason, string text, bool deletes)
        {
            if (deletes && written is not null)
                events.Add(new ResourceDeleted(service.Source, written));
            events.Add(new MeshZoneAddressSkipped(service.Source, reason, text));
            return null;
        }
    }

    /// <summary>External IP, else load balancer, else a Node; not known where only the running cluster could say it.</summary>
    private string? Coordinates(ServiceModel service, out string address, out int port, out bool isKnown)
    {
        (address, port, isKnown) = ("", 0, true);
        if (service.Ports.IsEmpty)
            return null;
        var first = service.Ports[0];
        if (service.Source.Spec["externalIPs"][0].AsString() is { } external)
        {
            (address, port) = (external, first.Port);
            return null;
        }

        switch (service.Type)
        {
            case "LoadBalancer":
                address = PublicAddress.OfLoadBalancer(service, prefersHostname: true);
                port = first.Port;
                isKnown = address.Length > 0 || cluster.IsDump;
                return null;
            case "NodePort":
                if (cluster.Nodes.IsEmpty && cluster.IsDump)
                    return "no nodes found";
                isKnown = !cluster.Nodes.IsEmpty;
                address = isKnown ? PublicAddress.OfNode(cluster.Nodes[0]) : "";
                port = first.NodePort;
                return null;
            default:
                return null;
        }
    }
}
