using MeshLint.Kuma.Model;
using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Makes ZoneIngresses and ZoneEgresses of Pods (2.x; kuma: controllers/ingress_converter.go, egress_converter.go).</summary>
internal sealed class ZoneProxyConverter(Cluster cluster, EventSink events)
{
    private readonly InboundConverter inboundConverter = new(cluster, events);

    /// <summary>Null with an error where there is none.</summary>
    public DerivedZoneProxy? Convert(PodModel pod, NamespaceModel ns, IReadOnlyList<ServiceModel> services, bool isIngress, out ConversionError? error)
    {
        var word = isIngress ? "Ingress" : "Egress";
        if (!ns.IsSystem)
        {
            error = new ConversionError(
                DataplaneErrorReason.ZoneProxyNamespace,
                $"{word} can only be deployed in system namespace {KumaAnnotations.Quote(cluster.Place.SystemNamespace)}",
                pod.AnnotationNode(isIngress ? KumaAnnotations.Ingress : KumaAnnotations.Egress));
            return null;
        }

        error = null;
        var inbound = Inbound(pod, services, isIngress, ref error);
        var coordinates = ("", 0u);
        if (error is null && isIngress)
            error = Coordinates(pod, services[0], out coordinates);
        var adminPort = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.AdminPort);
        if (error is null && adminPort.Error is { } adminError)
            error = new ConversionError(DataplaneErrorReason.InvalidAnnotation, adminError, pod.AnnotationNode(KumaAnnotations.AdminPort));
        if (error is not null || inbound is null)
        {
            error = error is null ? null : error with { Text = $"unable to translate a Pod into a {word}: {error.Text}" };
            return null;
        }

        var kind = isIngress ? "ZoneIngress" : "ZoneEgress";
        var subject = DerivedLabels.Subject(kind, "", pod.Name, pod.Namespace) with { ServiceAccount = pod.ServiceAccount };
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (cluster.Version.Behaviour.PodLabelsCopied)
        {
            foreach (var (key, value) in pod.Labels)
                labels[key] = value;
            LabelComputer.Compute(subject, cluster.Place, labels, cluster.Version, out _);
        }

        return new DerivedZoneProxy
        {
            Object = pod.Source,
            Kind = kind,
            Name = pod.Name,
            Namespace = pod.Namespace,
            Metadata = DerivedLabels.Admit(cluster, ns, labels, subject, out _),
            Address = pod.Address,
            Port = inbound.Port,
            AdvertisedAddress = coordinates.Item1,
            AdvertisedPort = coordinates.Item2,
            AdminPort = adminPort.Exists ? adminPort.Value : null,
        };
    }

    private Inbound? Inbound(PodModel pod, IReadOnlyList<ServiceModel> services, bool isIngress, ref ConversionError? error)
    {
        var sources = services.Select(static s => s.Source).ToImmutableArray();
        if (services.Count != 1)
        {
            error = new ConversionError(
                DataplaneErrorReason.ZoneProxyServices, $"{(isIngress ? "ingress" : "egress")} should be matched by exactly one service. Matched {services.Count} services")
                { Services = sources };
            return null;
        }

        if (inboundConverter.Convert(pod, services, inboundConverter.DeduplicationForZoneProxy, out var inbounds) is { } failed)
        {
            error = failed with { Text = $"could not generate inbound interfaces: {failed.Text}" };
            return null;
        }

        if (inbounds.Count != 1)
        {
            error = new ConversionError(
                DataplaneErrorReason.ZoneProxyServices,
                $"generated {inbounds.Count} inbound interfaces, expected 1. Interfaces: {string.Join(", ", inbounds.Select(static i => i.Inbound.SectionName))}",
                services[0].Source.Spec["ports"]) { Services = sources };
            return null;
        }

        return inbounds[0].Inbound;
    }

    private ConversionError? Coordinates(PodModel pod, ServiceModel service, out (string Address, uint Port) coordinates)
    {
        coordinates = ("", 0);
        var hasAddress = pod.Annotations.TryGetValue(KumaAnnotations.IngressPublicAddress, out var address);
        var port = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.IngressPublicPort);
        if (port.Error is not null)
        {
            return new ConversionError(
                DataplaneErrorReason.InvalidAnnotation, $"failed to parse annotation {KumaAnnotations.IngressPublicPort}: {port.Error}",
                pod.AnnotationNode(KumaAnnotations.IngressPublicPort));
        }

        if (hasAddress != port.Exists)
        {
            return new ConversionError(
                DataplaneErrorReason.InvalidAnnotation,
                $"both {KumaAnnotations.IngressPublicAddress} and {KumaAnnotations.IngressPublicPort} has to be defined",
                pod.AnnotationNode(hasAddress ? KumaAnnotations.IngressPublicAddress : KumaAnnotations.IngressPublicPort));
        }

        if (hasAddress)
        {
            coordinates = (address ?? "", port.Value);
            return null;
        }

        switch (service.Type)
        {
            case "LoadBalancer":
                var balancer = PublicAddress.OfLoadBalancer(service, prefersHostname: false);
                if (balancer.Length > 0)
                    coordinates = (balancer, unchecked((uint)service.Ports[0].Port));
                return null;
            case "NodePort":
                if (cluster.Nodes.IsEmpty)
                    return cluster.IsDump ? new ConversionError(DataplaneErrorReason.NodeNotFound, "there are no nodes") : null;
                var node = PublicAddress.OfNode(cluster.Nodes[0]);
                if (node.Length == 0)
                    return new ConversionError(DataplaneErrorReason.NodeNotFound, "could not find valid Node address for Ingress publicAddress");
                coordinates = (node, unchecked((uint)service.Ports[0].NodePort));
                return null;
            default:
                return null;
        }
    }
}

/// <summary>Where other zones reach a Service.</summary>
internal static class PublicAddress
{
    /// <summary>The address of the first ingress of a load balancer, "" where it has none (yet).</summary>
    public static string OfLoadBalancer(ServiceModel service, bool prefersHostname)
    {
        var ingress = service.Source.Root["status"]["loadBalancer"]["ingress"][0];
        var hostname = ingress["hostname"].AsString() ?? "";
        var ip = ingress["ip"].AsString() ?? "";
        return prefersHostname ? (hostname.Length > 0 ? hostname : ip) : ip.Length > 0 ? ip : hostname;
    }

    /// <summary>The external, else the internal IP of a Node, "" where it has neither.</summary>
    public static string OfNode(KubernetesObject node)
    {
        foreach (var type in (ReadOnlySpan<string>)["ExternalIP", "InternalIP"])
        {
            foreach (var address in node.Root["status"]["addresses"].Items)
            {
                if (address["type"].AsString() == type)
                    return address["address"].AsString() ?? "";
            }
        }

        return "";
    }
}
