using MeshLint.Kuma.Model;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>A port that a container declares.</summary>
internal readonly record struct ContainerPort(string Name, int Number, string Protocol, Node Node);

/// <summary>What a probe asks; ports and paths change when the injector redirects it.</summary>
internal sealed class ProbeModel
{
    public required ProbeKind Kind { get; set; }

    /// <summary>Port number; 0 where the port is a name.</summary>
    public required uint Port { get; set; }

    public required string PortName { get; set; }

    public required string Path { get; set; }

    public required Node Node { get; init; }
}

internal enum ProbeKind
{
    Http,
    Tcp,
    Grpc,
}

/// <summary>A container of a Pod.</summary>
internal sealed class ContainerModel
{
    public required string Name { get; init; }

    public required ImmutableArray<ContainerPort> Ports { get; init; }

    /// <summary>Liveness, readiness and startup probe, as far as they are there and ask something that Kuma can redirect.</summary>
    public required ImmutableArray<ProbeModel> Probes { get; init; }

    /// <summary>An init container that keeps running.</summary>
    public bool RestartsAlways { get; init; }

    public long? RunAsUser { get; init; }

    public static ContainerModel Read(Node node)
    {
        var ports = ImmutableArray.CreateBuilder<ContainerPort>(node["ports"].Count);
        foreach (var port in node["ports"].Items)
        {
            var protocol = port["protocol"].AsString() is { Length: > 0 } given ? given : "TCP";
            ports.Add(new ContainerPort(port["name"].AsString() ?? "", ToPort(port["containerPort"]), protocol, port));
        }

        var probes = ImmutableArray.CreateBuilder<ProbeModel>();
        foreach (var name in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (ReadProbe(node[name]) is { } probe)
                probes.Add(probe);
        }

        return new ContainerModel
        {
            Name = node["name"].AsString() ?? "",
            Ports = ports.DrainToImmutable(),
            Probes = probes.DrainToImmutable(),
            RestartsAlways = node["restartPolicy"].AsString() == "Always",
            RunAsUser = node["securityContext"]["runAsUser"].AsInteger(),
        };
    }

    private static ProbeModel? ReadProbe(Node node)
    {
        var (kind, body) = node switch
        {
            _ when node["httpGet"].IsMapping => (ProbeKind.Http, node["httpGet"]),
            _ when node["tcpSocket"].IsMapping => (ProbeKind.Tcp, node["tcpSocket"]),
            _ when node["grpc"].IsMapping => (ProbeKind.Grpc, node["grpc"]),
            _ => (ProbeKind.Http, default),
        };
        if (!body.Exists)
            return null;
        var text = body["port"].Text ?? "";
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        return new ProbeModel
        {
            Kind = kind,
            Port = isNumber ? unchecked((uint)number) : 0,
            PortName = isNumber ? "" : text,
            Path = body["path"].AsString() ?? "",
            Node = node,
        };
    }

    internal static int ToPort(Node node) => node.AsInteger() is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : 0;
}

/// <summary>The status of a container.</summary>
internal readonly record struct ContainerStatus(string Name, bool IsReady);

/// <summary>A Pod, or the symbolic Pod that a template stands for. Labels and annotations change when it is injected.</summary>
internal sealed class PodModel
{
    public required KubernetesObject Source { get; init; }

    /// <summary>The mapping with <c>metadata</c> and <c>spec</c> of the Pod.</summary>
    public required Node Template { get; init; }

    public required string Name { get; init; }

    public string Namespace => Source.Namespace;

    public required Dictionary<string, string> Labels { get; init; }

    public required Dictionary<string, string> Annotations { get; init; }

    public required ImmutableArray<ContainerModel> Containers { get; init; }

    public required ImmutableArray<ContainerModel> InitContainers { get; init; }

    /// <summary>Name of the workload that serviceless tags and gateways go by, and its kind; null for a Pod, whose owners say it.</summary>
    public (string Name, string Kind)? KnownOwner { get; init; }

    public bool IsSymbolic { get; init; }

    public int Replicas { get; init; } = 1;

    public SidecarPlace Sidecar { get; set; }

    /// <summary>The Pod runs as far as anybody knows, at an address that nobody knows.</summary>
    public required bool IsAssumedRunning { get; init; }

    public string CoreName => $"{Name}.{Namespace}";

    public string ServiceAccount
    {
        get
        {
            var spec = Template["spec"];
            return spec["serviceAccountName"].AsString() is { Length: > 0 } name ? name
                : spec["serviceAccount"].AsString() is { Length: > 0 } old ? old : "default";
        }
    }

    public string NodeName => Template["spec"]["nodeName"].AsString() ?? "";

    public string Phase => IsAssumedRunning ? "Running" : Status["phase"].AsString() ?? "";

    public string StatusReason => Status["reason"].AsString() ?? "";

    /// <summary>The Pod's IP; "" where it has none yet, or nobody knows it offline.</summary>
    public string Address => Status["podIP"].AsString() ?? "";

    public bool HasAddress => IsAssumedRunning || Address.Length > 0;

    public bool IsTerminating => !Template["metadata"]["deletionTimestamp"].IsNullOrMissing;

    public string Uid => Template["metadata"]["uid"].AsString() ?? "";

    public Node LabelNode(string key) => Template["metadata"]["labels"][key];

    public Node AnnotationNode(string key) => Template["metadata"]["annotations"][key];

    private Node Status => IsSymbolic || KnownOwner is not null ? default : Template["status"];

    /// <summary>Whether the status says that a container is not ready (kuma: util.FindContainerStatus).</summary>
    public bool IsNotReady(string container, bool alsoInit)
    {
        foreach (var status in Status["containerStatuses"].Items)
        {
            if (status["name"].AsString() == container)
                return status["ready"].AsBoolean() != true;
        }

        if (alsoInit)
        {
            foreach (var status in Status["initContainerStatuses"].Items)
            {
                if (status["name"].AsString() == container)
                    return status["ready"].AsBoolean() != true;
            }
        }

        return false;
    }

    /// <summary>Whether the endpoints controller of the cluster takes the Pod for ready.</summary>
    public bool IsReadyEndpoint()
    {
        if (IsTerminating || Phase is not ("Running" or ""))
            return false;
        foreach (var status in Status["containerStatuses"].Items)
        {
            if (status["ready"].AsBoolean() != true)
                return false;
        }

        return true;
    }

    public static PodModel FromPod(KubernetesObject pod, bool isDump)
    {
        var name = pod.Name.Length > 0 ? pod.Name : (pod.Root["metadata"]["generateName"].AsString() ?? "").TrimEnd('-');
        return Create(pod, pod.Root, name, null, isAssumedRunning: !isDump && !pod.Root["status"].IsMapping);
    }

    public static PodModel FromTemplate(KubernetesObject workload, Node template, string name, (string Name, string Kind) owner, bool isSymbolic, int replicas) =>
        Create(workload, template, name, owner, isAssumedRunning: true, isSymbolic, replicas);

    private static PodModel Create(
        KubernetesObject source, Node template, string name, (string Name, string Kind)? owner, bool isAssumedRunning, bool isSymbolic = false, int replicas = 1)
    {
        var spec = template["spec"];
        var containers = ReadContainers(spec["containers"]);
        var initContainers = ReadContainers(spec["initContainers"]);
        return new PodModel
        {
            Source = source,
            Template = template,
            Name = name,
            Labels = ToDictionary(template["metadata"]["labels"], 4),
            Annotations = ToDictionary(template["metadata"]["annotations"], 16),
            Containers = containers,
            InitContainers = initContainers,
            KnownOwner = owner,
            IsSymbolic = isSymbolic,
            Replicas = replicas,
            IsAssumedRunning = isAssumedRunning,
            Sidecar = containers.Any(static c => c.Name == Injector.SidecarName) ? SidecarPlace.Container
                : initContainers.Any(static c => c.Name == Injector.SidecarName) ? SidecarPlace.InitContainer : SidecarPlace.None,
        };
    }

    private static ImmutableArray<ContainerModel> ReadContainers(Node list)
    {
        var containers = ImmutableArray.CreateBuilder<ContainerModel>(list.Count);
        foreach (var item in list.Items)
            containers.Add(ContainerModel.Read(item));
        return containers.DrainToImmutable();
    }

    /// <param name="mapping">The mapping.</param>
    /// <param name="more">How many entries the injector may add.</param>
    private static Dictionary<string, string> ToDictionary(Node mapping, int more)
    {
        var result = new Dictionary<string, string>(mapping.Count + more, StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            // The API server wants strings; what a number or boolean there is meant to say is plain nevertheless.
            if (entry.IsScalar)
                result[entry.Key ?? ""] = entry.Text ?? "";
        }

        return result;
    }
}

/// <summary>A port of a Service, API server defaults applied.</summary>
internal readonly record struct ServicePort(string Name, int Port, TargetPort TargetPort, string Protocol, string? AppProtocol, int NodePort, Node Node)
{
    public bool IsTcp => Protocol == "TCP";

    /// <summary>The place of the target port: the field, else the port.</summary>
    public Node TargetNode => Node["targetPort"] is { Exists: true } node ? node : Node;
}

/// <summary>A Service, API server defaults applied.</summary>
internal sealed class ServiceModel
{
    public required KubernetesObject Source { get; init; }

    public string Name => Source.Name;

    public string Namespace => Source.Namespace;

    public required LabelSet Labels { get; init; }

    public required LabelSet Annotations { get; init; }

    public required LabelSet Selector { get; init; }

    /// <summary>The selector without the labels that the control plane is told to ignore.</summary>
    public required LabelSet EffectiveSelector { get; init; }

    public required ImmutableArray<ServicePort> Ports { get; init; }

    public required string Type { get; init; }

    /// <summary>The cluster IP; "" where the Service has none, or where the cluster has yet to give it one.</summary>
    public required string ClusterIp { get; init; }

    /// <summary>There is a cluster IP (or the word None).</summary>
    public required bool HasClusterIp { get; init; }

    public bool IsHeadless => ClusterIp == "None";

    public bool IsExternalName => Type == "ExternalName";

    public bool IsZoneProxy => Labels.Contains(WellKnown.ZoneProxyType);

    /// <summary>Left out of inbounds (kuma: util.Ignored).</summary>
    public bool IsIgnored => Annotations[KumaAnnotations.Ignore] is "true" or "yes" or "enabled";

    public static ServiceModel Read(KubernetesObject service, ImmutableArray<string> ignoredSelectorLabels)
    {
        var spec = service.Spec;
        var ports = ImmutableArray.CreateBuilder<ServicePort>(spec["ports"].Count);
        foreach (var node in spec["ports"].Items)
        {
            var number = ContainerModel.ToPort(node["port"]);
            var target = node["targetPort"];
            var targetPort = target.AsString() is { Length: > 0 } name ? new TargetPort(name)
                : target.AsInteger() is { } value and not 0 && value is > int.MinValue and < int.MaxValue ? new TargetPort((int)value)
                : new TargetPort(number);
            ports.Add(new ServicePort(
                node["name"].AsString() ?? "",
                number,
                targetPort,
                node["protocol"].AsString() is { Length: > 0 } protocol ? protocol : "TCP",
                node["appProtocol"].AsString(),
                ContainerModel.ToPort(node["nodePort"]),
                node));
        }

        var type = spec["type"].AsString() is { Length: > 0 } given ? given : "ClusterIP";
        var clusterIp = spec["clusterIP"].AsString() ?? "";
        var selector = LabelSet.From(spec["selector"]);
        var effective = selector;
        foreach (var key in ignoredSelectorLabels)
            effective = effective.Without(key);
        return new ServiceModel
        {
            Source = service,
            Labels = service.Labels,
            Annotations = service.Annotations,
            Selector = selector,
            EffectiveSelector = effective,
            Ports = ports.DrainToImmutable(),
            Type = type,
            ClusterIp = clusterIp,
            HasClusterIp = clusterIp.Length > 0 || type != "ExternalName",
        };
    }

    /// <summary>Whether a selector matches labels; an empty one matches everything, as the control plane's does.</summary>
    public static bool Matches(LabelSet selector, Dictionary<string, string> labels)
    {
        foreach (var (key, value) in selector)
        {
            if (!labels.TryGetValue(key, out var actual) || actual != value)
                return false;
        }

        return true;
    }
}
