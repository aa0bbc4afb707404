using MeshLint.Kuma.Model;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>An error of a conversion, in the control plane's words.</summary>
internal sealed record ConversionError(DataplaneErrorReason Reason, string Text, Node Node = default)
{
    public ImmutableArray<KubernetesObject> Services { get; init; } = [];
}

/// <summary>An inbound and the Service port that it comes from; neither for the one of a serviceless Pod.</summary>
internal sealed record ConvertedInbound(Inbound Inbound, ServiceModel? Service, Node PortNode);

/// <summary>Makes inbounds of a Pod and its Services (kuma: controllers/inbound_converter.go, util.FindPort, controllers/serviceless_name_extractor.go).</summary>
internal sealed class InboundConverter(Cluster cluster, EventSink events)
{
    /// <summary>Port of the inbound of a Pod that no Service port leads to.</summary>
    public const int ServicelessPort = 49151;

    /// <summary>How inbounds of a mesh are deduplicated by the version.</summary>
    public InboundDeduplication DeduplicationFor(bool isExclusive)
    {
        var behaviour = cluster.Version.Behaviour;
        return (behaviour.DeduplicationNeedsExclusive && !isExclusive) || (behaviour.DeduplicationNeedsNoTags && !cluster.TagsDisabled)
            ? InboundDeduplication.None
            : behaviour.InboundDeduplication;
    }

    /// <summary>The way zone proxies of 2.x are deduplicated, whatever the mesh.</summary>
    public InboundDeduplication DeduplicationForZoneProxy => cluster.Version.Behaviour.InboundDeduplication;

    /// <summary>The inbounds, never none unless there is an error.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="services">Its Services, sorted by name.</param>
    /// <param name="deduplication">Which of several inbounds of one port remain.</param>
    /// <param name="inbounds">The inbounds.</param>
    public ConversionError? Convert(PodModel pod, IReadOnlyList<ServiceModel> services, InboundDeduplication deduplication, out List<ConvertedInbound> inbounds)
    {
        inbounds = [];
        var nodeLabels = LabelSet.Empty;
        if (!cluster.TagsDisabled && NodeLabels(pod, out nodeLabels) is { } nodeError)
            return nodeError;
        foreach (var service in services)
        {
            if (!service.IsExternalName)
                ConvertService(pod, service, nodeLabels, inbounds);
        }

        if (inbounds.Count == 0)
        {
            var owner = "";
            if (cluster.Version.Behaviour.InboundTags)
            {
                if (OwnerOf(pod, out owner, out _) is { } ownerError)
                    return ownerError;
            }

            events.Add(new ServicelessPod(pod.Source, [.. services.Where(static s => !s.IsExternalName && s.Ports.Length > 0).Select(static s => s.Source)]));
            inbounds.Add(Serviceless(pod, owner, nodeLabels));
            return null;
        }

        inbounds = Deduplicate(pod, inbounds, deduplication);
        return null;
    }

    /// <summary>The labels that the Pod's Node lends it.</summary>
    public ConversionError? NodeLabels(PodModel pod, out LabelSet labels)
    {
        labels = LabelSet.Empty;
        if (cluster.Place.NodeLabelsToCopy.IsEmpty || pod.NodeName.Length == 0)
            return null;
        if (cluster.Node(pod.NodeName) is not { } node)
        {
            return cluster.IsDump
                ? new ConversionError(
                    DataplaneErrorReason.NodeNotFound, $"unable to get Node {pod.NodeName}: nodes \"{pod.NodeName}\" not found", pod.Template["spec"]["nodeName"])
                : null;
        }

        var all = node.Labels;
        labels = LabelSet.Create(cluster.Place.NodeLabelsToCopy.Where(all.Contains).Select(key => KeyValuePair.Create(key, all[key] ?? "")));
        return null;
    }

    /// <summary>The workload that a Pod belongs to: a Deployment through its ReplicaSet, a CronJob through its Job, else the direct owner, else the Pod.</summary>
    public ConversionError? OwnerOf(PodModel pod, out string name, out string kind)
    {
        (name, kind) = pod.KnownOwner ?? (pod.Name, "Pod");
        if (pod.KnownOwner is not null)
            return null;
        foreach (var owner in pod.Template["metadata"]["ownerReferences"].Items)
        {
            var ownerName = owner["name"].AsString() ?? "";
            var ownerKind = owner["kind"].AsString() ?? "";
            var (between, wanted, resource) = ownerKind switch
            {
                "ReplicaSet" => (cluster.ReplicaSet(pod.Namespace, ownerName), "Deployment", "replicasets.apps"),
                "Job" => (cluster.Job(pod.Namespace, ownerName), "CronJob", "jobs.batch"),
                _ => (null, null, ""),
            };
            if (wanted is null)
            {
                (name, kind) = (ownerName, ownerKind);
                return null;
            }

            if (between is null)
            {
                if (cluster.IsDump)
                    return new ConversionError(DataplaneErrorReason.OwnerNotFound, $"{resource} \"{ownerName}\" not found", owner);
                (name, kind) = (ownerName, ownerKind);
                return null;
            }

            var owners = between.Root["metadata"]["ownerReferences"];
            if (owners.Count == 0)
            {
                (name, kind) = (between.Name, ownerKind);
                return null;
            }

            foreach (var outer in owners.Items)
            {
                if (outer["kind"].AsString() == wanted)
                {
                    (name, kind) = (outer["name"].AsString() ?? "", wanted);
                    return null;
                }
            }
        }

        return null;
    }

    /// <summary>The container port that a Service port leads to; false where it names one that the Pod lacks.</summary>
    public static bool FindPort(PodModel pod, in ServicePort servicePort, out int number, out ContainerPort? found, out ContainerModel? container)
    {
        var target = servicePort.TargetPort;
        foreach (var candidate in pod.Containers)
        {
            foreach (var port in candidate.Ports)
            {
                var isMatch = target.Name is { } name ? port.Name == name : port.Number == target.Number;
                if (isMatch && port.Protocol == servicePort.Protocol)
                {
                    (number, found, container) = (port.Number, port, candidate);
                    return true;
                }
            }
        }

        (number, found, container) = (target.Number ?? 0, null, null);
        return target.Number is not null;
    }

    /// <summary>Whether container, sidecar and Pod are ready as far as the status tells.</summary>
    public static bool IsReady(PodModel pod, ContainerModel? container) =>
        (container is null || !pod.IsNotReady(container.Name, alsoInit: false)) && !pod.IsNotReady(Injector.SidecarName, alsoInit: true) && !pod.IsTerminating;

    /// <summary>The protocol of a Service port: its appProtocol if Kuma knows it, else the annotation as it is, else tcp; lower case.</summary>
    public static string ProtocolOf(KumaVersion version, ServiceModel service, in ServicePort port)
    {
        var protocol = port.AppProtocol is { } given && Protocols.IsKnown(version, given) ? given : "";
        if (protocol.Length == 0 && service.Annotations.Count > 0)
            protocol = service.Annotations[AnnotationFor(port.Port)] ?? "";
        return protocol.Length == 0 ? "tcp" : protocol.ToLowerInvariant();
    }

    public static string AnnotationFor(int port) => $"{port.ToString(CultureInfo.InvariantCulture)}.service.kuma.io/protocol";

    private void ConvertService(PodModel pod, ServiceModel service, LabelSet nodeLabels, List<ConvertedInbound> inbounds)
    {
        var isIgnored = !ServiceModel.Matches(service.Selector, pod.Labels);
        if (isIgnored)
            events.Add(new InboundIgnored(pod.Source, service.Source.Spec["selector"], service.Source));
        foreach (var port in service.Ports)
        {
            if (!port.IsTcp)
                continue;
            if (!FindPort(pod, port, out var number, out var found, out var container))
            {
                ReportMissing(pod, service, port);
                continue;
            }

            if (port.TargetPort.Name is { } name)
                events.Add(new NamedPortFound(pod.Source, port.TargetNode, service.Source, name, number, found?.Node ?? default));
            else if (found is null)
                events.Add(new UndeclaredTargetPort(pod.Source, port.TargetNode, service.Source, number));

            var isReady = IsReady(pod, container);
            var protocol = ProtocolOf(cluster.Version, service, port);
            var inbound = new Inbound
            {
                Name = (cluster.Version.Behaviour.InboundNamedByServicePort ? port.Name : found?.Name) ?? "",
                Port = number,
                ServicePort = number,
                Address = pod.Address,
                RawProtocol = protocol,
                State = isIgnored ? InboundState.Ignored : isReady ? InboundState.Ready : InboundState.NotReady,
                HealthReady = isReady && !isIgnored,
                Tags = cluster.TagsDisabled ? LabelSet.Empty : TagsFor(pod, service, port, protocol, nodeLabels),
            };
            inbounds.Add(new ConvertedInbound(inbound, service, port.Node));
        }
    }

    private void ReportMissing(PodModel pod, ServiceModel service, in ServicePort port)
    {
        var candidates = ImmutableArray.CreateBuilder<string>();
        var other = default(Node);
        foreach (var candidate in pod.Containers.SelectMany(static c => c.Ports))
        {
            if (candidate.Protocol == "TCP" && candidate.Name.Length > 0 && !candidates.Contains(candidate.Name))
                candidates.Add(candidate.Name);
            if (candidate.Name == port.TargetPort.Name && !other.Exists)
                other = candidate.Node;
        }

        events.Add(new NamedPortNotFound(pod.Source, port.TargetNode, service.Source, port.TargetPort.Name ?? "", candidates.ToImmutable(), other));
    }

    private LabelSet TagsFor(PodModel pod, ServiceModel service, in ServicePort port, string protocol, LabelSet nodeLabels)
    {
        var tags = new KeyValuePair<string, string>[pod.Labels.Count + nodeLabels.Count + 7];
        var count = 0;
        foreach (var (key, value) in pod.Labels)
        {
            if (value.Length > 0 && !key.Contains("kuma.io/", StringComparison.Ordinal))
                tags[count++] = new(key, value);
        }

        var number = port.Port.ToString(CultureInfo.InvariantCulture);
        tags[count++] = new(WellKnown.Namespace, pod.Namespace);
        tags[count++] = new(WellKnown.ServiceName, service.Name);
        tags[count++] = new(WellKnown.ServicePort, number);
        tags[count++] = new(WellKnown.ServiceTag, $"{service.Name}_{service.Namespace}_svc_{number}");
        if (cluster.Place.Zone.Length > 0)
            tags[count++] = new(WellKnown.Zone, cluster.Place.Zone);
        foreach (var (key, value) in nodeLabels)
            tags[count++] = new(key, value);
        if (protocol == "tcp" || !KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.Gateway).Value)
            tags[count++] = new(WellKnown.ProtocolTag, protocol);
        if (service.IsHeadless)
            tags[count++] = new(WellKnown.InstanceTag, pod.Name);
        return LabelSet.FromPairs(tags, count);
    }

    private ConvertedInbound Serviceless(PodModel pod, string owner, LabelSet nodeLabels)
    {
        // Unlike a Service's inbound this one does not mind that the Pod is terminating.
        var isReady = !pod.IsNotReady(Injector.SidecarName, alsoInit: true)
            && !pod.Containers.Any(c => c.Name != Injector.SidecarName && pod.IsNotReady(c.Name, alsoInit: false));
        var inbound = new Inbound
        {
            Port = ServicelessPort,
            ServicePort = ServicelessPort,
            Address = pod.Address,
            RawProtocol = "tcp",
            State = isReady ? InboundState.Ready : InboundState.NotReady,
            HealthReady = isReady,
            Tags = cluster.TagsDisabled ? LabelSet.Empty : ServicelessTags(pod, owner, nodeLabels),
        };
        return new ConvertedInbound(inbound, null, default);
    }

    private LabelSet ServicelessTags(PodModel pod, string owner, LabelSet nodeLabels)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pod.Labels)
        {
            if (value.Length > 0)
                tags[key] = value;
        }

        tags[WellKnown.Namespace] = pod.Namespace;
        tags[WellKnown.ServiceTag] = $"{owner}_{pod.Namespace}_svc";
        if (cluster.Place.Zone.Length > 0)
            tags[WellKnown.Zone] = cluster.Place.Zone;
        tags[WellKnown.ProtocolTag] = "tcp";
        tags[WellKnown.InstanceTag] = pod.Name;
        foreach (var (key, value) in nodeLabels)
            tags[key] = value;
        return LabelSet.Create(tags);
    }

    private List<ConvertedInbound> Deduplicate(PodModel pod, List<ConvertedInbound> inbounds, InboundDeduplication deduplication)
    {
        if (inbounds.Count < 2)
            return inbounds;
        var positions = new Dictionary<(int Port, InboundState? State), int>();
        var result = new List<ConvertedInbound>(inbounds.Count);
        foreach (var item in inbounds)
        {
            var key = (item.Inbound.Port, deduplication == InboundDeduplication.FirstOfState ? item.Inbound.State : (InboundState?)null);
            if (positions.TryAdd(key, result.Count))
            {
                result.Add(item);
                continue;
            }

            var position = positions[key];
            var first = result[position];
            var isBetter = item.Inbound.State < first.Inbound.State;
            var outcome = deduplication switch
            {
                InboundDeduplication.None => SharedPortOutcome.Repeated,
                InboundDeduplication.Best when isBetter => SharedPortOutcome.SecondKept,
                InboundDeduplication.First when item.Inbound.State == InboundState.Ready && isBetter => SharedPortOutcome.ReadyDropped,
                _ => SharedPortOutcome.FirstKept,
            };
            if (item.Service is { } service && first.Service is { } firstService)
            {
                events.Add(new SharedPort(
                    pod.Source, item.PortNode, firstService.Source, first.PortNode, service.Source, item.Inbound.Port, outcome,
                    item.Inbound.RawProtocol != first.Inbound.RawProtocol));
            }

            if (outcome == SharedPortOutcome.Repeated)
                result.Add(item);
            else if (outcome == SharedPortOutcome.SecondKept)
                result[position] = item;
        }

        return result;
    }
}

/// <summary>Application protocols that Kuma knows (kuma: pkg/core/metadata/protocol.go).</summary>
internal static class Protocols
{
    /// <summary>Accepted, in any case (kuma: ParseProtocol).</summary>
    public static bool IsKnown(KumaVersion version, string protocol) => protocol.ToLowerInvariant() switch
    {
        "http" or "http2" or "tcp" or "tls" or "grpc" => true,
        "kafka" => version.Behaviour.KafkaProtocol,
        "mysql" => version.Behaviour.MysqlProtocol,
        _ => false,
    };

    /// <summary>Supported, in any case.</summary>
    public static bool IsSupported(KumaVersion version, string protocol) =>
        protocol.ToLowerInvariant() is "http" or "http2" or "tcp" or "grpc" || (version.Behaviour.KafkaProtocol && string.Equals(protocol, "kafka", StringComparison.OrdinalIgnoreCase));

    /// <summary>The supported ones as messages list them.</summary>
    public static string Hint(KumaVersion version) => version.Behaviour.KafkaProtocol ? "grpc, http, http2, kafka, tcp" : "grpc, http, http2, tcp";
}
