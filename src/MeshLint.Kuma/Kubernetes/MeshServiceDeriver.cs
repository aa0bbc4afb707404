using MeshLint.Kuma.Model;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Makes MeshServices of Services (kuma: controllers/meshservice_controller.go; docs/kuma/kubernetes.md#meshservices).</summary>
internal sealed class MeshServiceDeriver(Cluster cluster, PodMatcher matcher, EventSink events)
{
    private const string Denied = "admission webhook \"validator.kuma-admission.kuma.io\" denied the request: ";
    private const string HeadlessPrefix = "unable to create/update MeshService for headless Service: ";
    private const int MaxNameLength = 63;
    private const int MaxHashLength = 10;

    private readonly HashSet<(string Namespace, string Name)> made = [];

    /// <summary>Labels under construction; one map for all Services.</summary>
    private readonly Dictionary<string, string> scratch = new(StringComparer.Ordinal);

    private KumaVersion Version => cluster.Version;

    /// <summary>The MeshServices that a Service gets; what is refused or left out is an event.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="withDataplane">Objects that have a Dataplane, for the events.</param>
    public ImmutableArray<DerivedMeshService> Derive(ServiceModel service, HashSet<KubernetesObject> withDataplane)
    {
        var ns = cluster.Namespace(service.Namespace, service.Source);
        var metadata = service.Source.Root["metadata"];
        if (ns.InjectionLabel is { } label && KumaAnnotations.ParseEnabled(WellKnown.SidecarInjection, label).Error is { } badLabel)
        {
            events.Add(new MeshServiceError(
                service.Source, ns.LabelNode(WellKnown.SidecarInjection), MeshServiceErrorReason.InvalidNamespaceLabel,
                $"unable to check sidecar injection label on namespace {ns.Name}: {badLabel}", null));
            return [];
        }

        var isInjected = ns.InjectionLabel is "true" or "yes" or "enabled";
        if (!service.Labels.Contains(WellKnown.Mesh) && !isInjected)
            return Skip(MeshServiceSkipReason.NotInMesh, ns.LabelNode(WellKnown.SidecarInjection), deletes: true);
        var meshName = cluster.MeshOf(service.Labels[WellKnown.Mesh], service.Annotations[KumaAnnotations.Mesh], ns);
        if (cluster.FindMesh(meshName) is not { } mesh)
            return Skip(MeshServiceSkipReason.MeshNotFound, cluster.MeshNode(service.Source.Root, ns), deletes: true);
        if (mesh.Mode == MeshServicesMode.Disabled)
        {
            // Those of the Pods of a headless Service are found by label, whoever made them.
            if (Version.Behaviour.HeadlessServicesDeletedByLabel && service.IsHeadless)
            {
                foreach (var labelled in cluster.MeshServicesLabelledFor(service))
                {
                    if (labelled.Resource.Name != service.Name)
                        events.Add(new ResourceDeleted(service.Source, labelled));
                }
            }

            return Skip(MeshServiceSkipReason.ModeDisabled, default, deletes: true);
        }

        if (Version.Behaviour.IgnoredServiceHasNoMeshService && service.Annotations[KumaAnnotations.Ignore] is "true" or "yes")
            return Skip(MeshServiceSkipReason.Ignored, metadata["annotations"][KumaAnnotations.Ignore], deletes: true);
        if (service.Annotations.Contains(KumaAnnotations.Gateway))
            return Skip(MeshServiceSkipReason.GatewayAnnotation, metadata["annotations"][KumaAnnotations.Gateway], deletes: false);
        if (Version.Behaviour.ZoneProxyListeners && service.IsZoneProxy)
            return Skip(MeshServiceSkipReason.ZoneProxy, metadata["labels"][WellKnown.ZoneProxyType], deletes: true);
        if (Version.Behaviour.GatewayPodsHaveNoMeshService && FirstPod(service) is { } first && first.Annotations.ContainsKey(KumaAnnotations.Gateway))
            return Skip(MeshServiceSkipReason.BacksGateway, first.AnnotationNode(KumaAnnotations.Gateway), deletes: true);
        if (!service.HasClusterIp)
            return Skip(MeshServiceSkipReason.ExternalName, service.Source.Spec["type"], deletes: false);

        ReportPorts(service);
        return service.IsHeadless ? DeriveHeadless(service, ns, meshName) : DeriveClusterIp(service, ns, meshName);

        ImmutableArray<DerivedMeshService> Skip(MeshServiceSkipReason reason, Node node, bool deletes)
        {
            if (deletes && cluster.MeshServices.TryGetValue((service.Namespace, service.Name), out var written))
                events.Add(new ResourceDeleted(service.Source, written));
            var pods = matcher.EndpointsOf(service).Select(static e => e.Pod?.Source).OfType<KubernetesObject>().Where(withDataplane.Contains).Distinct();
            events.Add(new MeshServiceSkipped(service.Source, node, reason, [.. pods]));
            return [];
        }
    }

    private PodModel? FirstPod(ServiceModel service) => matcher.EndpointsOf(service).FirstOrDefault(static e => e.Pod is not null)?.Pod;

    private ImmutableArray<DerivedMeshService> DeriveClusterIp(ServiceModel service, NamespaceModel ns, string mesh)
    {
        if (cluster.MeshServices.TryGetValue((service.Namespace, service.Name), out var written) || made.Contains((service.Namespace, service.Name)))
        {
            events.Add(new MeshServiceError(
                service.Source, default, MeshServiceErrorReason.NotOwned, "MeshService already exists and isn't owned by Service", written));
            return [];
        }

        var labels = BaseLabels(service, mesh, isHeadless: false);
        var matched = new LabelSetRef(service.Selector.With(WellKnown.Namespace, service.Namespace), service.Source.Spec["selector"]);
        var selector = cluster.TagsDisabled ? new MeshServiceSelector { DataplaneLabels = matched } : new MeshServiceSelector { DataplaneTags = matched };
        var result = Finish(service, ns, mesh, service.Name, service.Namespace, labels, selector, null, false, service.ClusterIp.Length > 0 ? [service.ClusterIp] : []);
        return Admit(service, ns, result, "") ? [result] : [];
    }

    private ImmutableArray<DerivedMeshService> DeriveHeadless(ServiceModel service, NamespaceModel ns, string mesh)
    {
        // Of several endpoints of one Pod the last counts.
        var byPod = new SortedDictionary<(string Namespace, string Name), ServiceEndpoint>(
            Comparer<(string Namespace, string Name)>.Create(static (a, b) =>
                string.CompareOrdinal(a.Namespace, b.Namespace) is not 0 and var order ? order : string.CompareOrdinal(a.Name, b.Name)));
        foreach (var endpoint in matcher.EndpointsOf(service))
        {
            if (endpoint.PodName is { } name)
                byPod[(endpoint.PodNamespace, name)] = endpoint;
        }

        if (byPod.Count == 0)
            events.Add(new MeshServiceSkipped(service.Source, default, MeshServiceSkipReason.NoPods, []));
        var results = ImmutableArray.CreateBuilder<DerivedMeshService>(byPod.Count);
        foreach (var ((podNamespace, podName), endpoint) in byPod)
        {
            var name = HeadlessName(service, podName);
            if (cluster.MeshServices.TryGetValue((podNamespace, name), out var written) || made.Contains((podNamespace, name)))
            {
                events.Add(new MeshServiceError(
                    service.Source, default, MeshServiceErrorReason.NotOwned, $"{HeadlessPrefix}MeshService already exists and isn't owned by Pod", written));
                break;
            }

            var labels = BaseLabels(service, mesh, isHeadless: true);
            var isStateful = false;
            foreach (var key in (ReadOnlySpan<string>)["statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index"])
            {
                if (endpoint.Pod?.Labels.GetValueOrDefault(key) is { } value)
                {
                    labels[key] = value;
                    isStateful = true;
                }
            }

            if (!isStateful && endpoint.Pod is { } pod)
                events.Add(new UnpredictableHeadless(service.Source, pod.Source));
            var result = Finish(
                service, ns, mesh, name, podNamespace, labels, new MeshServiceSelector { DataplaneRef = $"{podName}.{podNamespace}" },
                (podName, endpoint.Pod?.Source), endpoint.Pod?.IsSymbolic == true, endpoint.Addresses);
            if (!Admit(service, ns, result, HeadlessPrefix))
                break;
            results.Add(result);
        }

        return results.ToImmutable();
    }

    /// <summary>Pod name and hash of the Service (of the Pod too where its name is cut).</summary>
    internal static string HeadlessName(ServiceModel service, string podName)
    {
        var hashed = service.Name + service.Namespace;
        var prefix = podName;
        if (podName.Length + MaxHashLength + 1 > MaxNameLength)
        {
            hashed += podName;
            prefix = podName[..Math.Min(podName.Length, MaxNameLength - MaxHashLength - 1)];
        }

        return $"{prefix}-{Kri.SafeEncode(Kri.Fnv32(hashed).ToString(CultureInfo.InvariantCulture))}";
    }

    private Dictionary<string, string> BaseLabels(ServiceModel service, string mesh, bool isHeadless)
    {
        var labels = scratch;
        labels.Clear();
        foreach (var (key, value) in service.Labels)
            labels[key] = value;
        labels[WellKnown.Mesh] = mesh;
        labels[WellKnown.ServiceName] = service.Name;
        labels[WellKnown.ManagedBy] = "k8s-controller";
        labels[WellKnown.Env] = "kubernetes";
        labels[WellKnown.IsHeadlessService] = isHeadless ? "true" : "false";
        return labels;
    }

    private DerivedMeshService Finish(
        ServiceModel service, NamespaceModel ns, string mesh, string name, string objectNamespace, Dictionary<string, string> labels,
        MeshServiceSelector selector, (string Name, KubernetesObject? Source)? pod, bool isSymbolic, ImmutableArray<string> vips)
    {
        var metadata = DerivedLabels.Admit(
            cluster, ns, labels, DerivedLabels.Subject("MeshService", mesh, name, objectNamespace), out var seen);
        return new DerivedMeshService
        {
            Mesh = mesh,
            Name = name,
            Namespace = objectNamespace,
            Labels = seen,
            Metadata = metadata,
            Selector = selector,
            Ports =
            [
                .. service.Ports.Where(static p => p.IsTcp).Select(static p => new MeshServicePort(
                    p.Name.Length > 0 ? p.Name : p.Port.ToString(CultureInfo.InvariantCulture), p.Port, p.TargetPort,
                    p.AppProtocol is { Length: > 0 } protocol ? protocol : "tcp", p.Node)),
            ],
            Service = service.Source,
            Pod = pod?.Source,
            PodName = pod?.Name,
            IsSymbolic = isSymbolic,
            Vips = vips,
        };
    }

    /// <summary>Whether the API server and Kuma's webhook take the MeshService; remembers it where they do.</summary>
    private bool Admit(ServiceModel service, NamespaceModel ns, DerivedMeshService result, string prefix)
    {
        if (DerivedLabels.HasWebhooks(Version, ns))
        {
            if (DataplaneChecks.Origin(result.Metadata) is { } origin)
                return Refuse(MeshServiceErrorReason.InvalidOrigin, service.Source.Root["metadata"]["labels"][WellKnown.Origin], origin);
            if (Version.Behaviour.NamesAreLabels1035)
            {
                var violations = new List<string>();
                var at = default(Node);
                if (!DnsNames.IsRfc1035Label(result.Name))
                    violations.Add($"name: {DnsNames.Label1035Text}");
                var reason = violations.Count > 0 ? MeshServiceErrorReason.InvalidName : MeshServiceErrorReason.InvalidAppProtocol;
                for (var i = 0; i < result.Ports.Length; i++)
                {
                    if (Protocols.IsSupported(Version, result.Ports[i].AppProtocol))
                        continue;
                    if (!at.Exists)
                        at = result.Ports[i].Node["appProtocol"];
                    violations.Add($"spec.ports[{i}].appProtocol: appProtocol must be one of: {Protocols.Hint(Version)}");
                }

                if (violations.Count > 0)
                    return Refuse(reason, reason == MeshServiceErrorReason.InvalidName ? default : at, string.Join("; ", violations));
            }
        }

        made.Add((result.Namespace, result.Name));
        return true;

        bool Refuse(MeshServiceErrorReason reason, Node node, string text)
        {
            events.Add(new MeshServiceError(service.Source, node, reason, prefix + Denied + text, null));
            return false;
        }
    }

    private void ReportPorts(ServiceModel service)
    {
        var hasTcp = service.Ports.Any(static p => p.IsTcp);
        foreach (var port in service.Ports)
        {
            if (!port.IsTcp)
            {
                events.Add(new UnsupportedPortProtocol(service.Source, port.Node, port.Protocol, !hasTcp));
                continue;
            }

            if (port.AppProtocol is { Length: > 0 } protocol)
            {
                if (!Protocols.IsSupported(Version, protocol))
                    events.Add(new AppProtocolSuspect(service.Source, port.Node["appProtocol"], AppProtocolTrap.Unsupported, protocol, port.Port));
                else if (protocol.Any(char.IsAsciiLetterUpper))
                    events.Add(new AppProtocolSuspect(service.Source, port.Node["appProtocol"], AppProtocolTrap.UpperCase, protocol, port.Port));
            }
            else if (service.Annotations[InboundConverter.AnnotationFor(port.Port)] is { Length: > 0 } byAnnotation
                && !string.Equals(byAnnotation, "tcp", StringComparison.OrdinalIgnoreCase))
            {
                var node = service.Source.Root["metadata"]["annotations"][InboundConverter.AnnotationFor(port.Port)];
                events.Add(new AppProtocolSuspect(service.Source, node, AppProtocolTrap.AnnotationOnly, byAnnotation, port.Port));
            }
        }
    }
}
