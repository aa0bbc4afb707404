using MeshLint.Kuma.Model;
using System.Globalization;
using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Makes a Dataplane of a Pod (kuma: controllers/pod_controller.go, pod_converter.go, listener_converter.go, gateway_converter.go).</summary>
internal sealed class PodConverter(Cluster cluster, EventSink events)
{
    private readonly InboundConverter inboundConverter = new(cluster, events);

    /// <summary>Labels under construction; one map for all Pods.</summary>
    private readonly Dictionary<string, string> scratch = new(StringComparer.Ordinal);

    private KumaVersion Version => cluster.Version;

    /// <summary>What is being put together.</summary>
    private sealed class Draft
    {
        public TransparentProxying? TransparentProxying { get; set; }

        public List<ConvertedInbound> Inbounds { get; set; } = [];

        public GatewayType Gateway { get; set; }

        public LabelSet GatewayTags { get; set; } = LabelSet.Empty;

        public List<(ProxyListener Listener, ServiceModel Service)> Listeners { get; } = [];

        public PrometheusMetrics? Metrics { get; set; }

        public VirtualProbes? Probes { get; set; }

        public uint? AdminPort { get; set; }
    }

    /// <summary>The Dataplane of a Pod in a mesh; null with an error where there is none. Validation of the result is not part of it.</summary>
    /// <param name="pod">The Pod, after injection.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="services">Its Services, sorted by name.</param>
    /// <param name="mesh">Its mesh.</param>
    /// <param name="error">Why there is none.</param>
    public DerivedDataplane? Convert(PodModel pod, NamespaceModel ns, IReadOnlyList<ServiceModel> services, MeshInfo mesh, out ConversionError? error)
    {
        var draft = new Draft();
        error = Fill(draft, pod, services, mesh);
        if (error is not null)
            return null;
        // The label of a listener comes with the second reconciliation where no webhook sets it at once.
        var subject = Subject(pod, mesh.Name) with
        {
            Workload = WorkloadName(pod),
            HasZoneIngress = draft.Listeners.Exists(static l => l.Listener.Type == "ZoneIngress"),
            HasZoneEgress = draft.Listeners.Exists(static l => l.Listener.Type == "ZoneEgress"),
        };
        var labels = scratch;
        labels.Clear();
        // 2.9 does not set the labels that it computes; the webhook does.
        if (Version.Behaviour.PodLabelsCopied)
        {
            foreach (var (key, value) in pod.Labels)
                labels[key] = value;
            if (cluster.TagsDisabled)
            {
                error = inboundConverter.NodeLabels(pod, out var nodeLabels);
                if (error is not null)
                    return null;
                foreach (var (key, value) in nodeLabels)
                    labels[key] = value;
            }

            LabelComputer.Compute(subject, cluster.Place, labels, Version, out _);
        }

        return Finish(draft, pod, ns, mesh.Name, labels, subject);
    }

    /// <summary>The Dataplane of a Pod that a MeshGatewayInstance made (2.x); null where its tags cannot be read.</summary>
    public DerivedDataplane? ConvertBuiltinGateway(PodModel pod, NamespaceModel ns, string mesh)
    {
        if (!pod.Annotations.TryGetValue(KumaAnnotations.Tags, out var json) || ReadTags(json) is not { } tags)
        {
            events.Add(new DataplaneError(
                pod.Source, pod.AnnotationNode(KumaAnnotations.Tags), DataplaneErrorReason.InvalidGatewayTags,
                $"{(json is null ? "Missing" : "Invalid")} {KumaAnnotations.Tags} annotation on Pod serving a builtin Gateway", []));
            return null;
        }

        if (cluster.Place.Zone.Length > 0)
            tags[WellKnown.Zone] = cluster.Place.Zone;
        var labels = new Dictionary<string, string>(pod.Labels, StringComparer.Ordinal);
        var subject = Subject(pod, mesh) with { IsBuiltinGateway = true };
        LabelComputer.Compute(subject, cluster.Place, labels, Version, out _);
        return Finish(new Draft { Gateway = GatewayType.Builtin, GatewayTags = LabelSet.Create(tags) }, pod, ns, mesh, labels, subject);
    }

    private static LabelSubject Subject(PodModel pod, string mesh) =>
        DerivedLabels.Subject("Dataplane", mesh, pod.Name, pod.Namespace) with { ServiceAccount = pod.ServiceAccount };

    /// <summary>The first non-empty configured label, else the service account.</summary>
    private string WorkloadName(PodModel pod)
    {
        foreach (var key in cluster.Place.WorkloadLabels)
        {
            if (pod.Labels.GetValueOrDefault(key) is { Length: > 0 } value)
                return value;
        }

        return pod.ServiceAccount;
    }

    private DerivedDataplane Finish(Draft draft, PodModel pod, NamespaceModel ns, string mesh, Dictionary<string, string> labels, LabelSubject subject)
    {
        var metadata = DerivedLabels.Admit(cluster, ns, labels, subject, out var seen);
        var inbounds = ImmutableArray.CreateBuilder<Inbound>(draft.Inbounds.Count);
        foreach (var item in draft.Inbounds)
            inbounds.Add(item.Inbound);
        return new DerivedDataplane
        {
            Name = pod.Name,
            Namespace = pod.Namespace,
            Metadata = metadata,
            AdminPort = draft.AdminPort,
            TransparentProxying = draft.TransparentProxying,
            Metrics = draft.Metrics,
            Probes = draft.Probes,
            Dataplane = new Dataplane
            {
                Mesh = mesh,
                CoreName = pod.CoreName,
                Labels = seen,
                Place = cluster.Place,
                Order = pod.Source.Order,
                Address = pod.Address,
                Inbounds = inbounds.DrainToImmutable(),
                Gateway = draft.Gateway,
                GatewayTags = draft.GatewayTags,
                Listeners = [.. draft.Listeners.Select(static l => l.Listener)],
                IsTransparent = draft.TransparentProxying is { RedirectPortInbound: > 0 } || pod.Annotations.ContainsKey(KumaAnnotations.TransparentProxyConfig),
                ReachableServices = draft.TransparentProxying?.ReachableServices ?? [],
                ReachableBackends = draft.TransparentProxying?.ReachableBackends,
                DerivedFrom = pod.Source,
                Replicas = pod.Replicas,
            },
        };
    }

    private ConversionError? Fill(Draft draft, PodModel pod, IReadOnlyList<ServiceModel> services, MeshInfo mesh)
    {
        if (ReadTransparentProxying(pod, out var transparentProxying) is { } proxyError)
            return proxyError;
        draft.TransparentProxying = transparentProxying;
        if (pod.Annotations.TryGetValue(KumaAnnotations.Gateway, out var gateway))
        {
            var gatewayError = gateway switch
            {
                "enabled" => FillGatewayByService(draft, pod, services),
                "provided" => FillGatewayByDeployment(draft, pod, services),
                _ => new ConversionError(
                    DataplaneErrorReason.InvalidGatewayType, $"invalid delegated gateway type '{gateway}'", pod.AnnotationNode(KumaAnnotations.Gateway)),
            };
            if (gatewayError is not null)
                return gatewayError;
        }
        else if (FillInboundsAndListeners(draft, pod, services, mesh) is { } inboundError)
        {
            return inboundError;
        }

        if (Version.Behaviour.DataplaneProbesAndMetrics)
        {
            if (ReadMetrics(pod, out var metrics) is { } metricsError)
                return metricsError;
            draft.Metrics = metrics;
            if (ReadProbes(pod, out var probes) is { } probesError)
                return probesError;
            draft.Probes = probes;
        }

        var adminPort = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.AdminPort);
        if (adminPort.Error is not null)
            return Bad(pod, KumaAnnotations.AdminPort, adminPort.Error);
        draft.AdminPort = adminPort.Exists ? adminPort.Value : null;
        return null;
    }

    private ConversionError? FillInboundsAndListeners(Draft draft, PodModel pod, IReadOnlyList<ServiceModel> services, MeshInfo mesh)
    {
        var knowsListeners = Version.Behaviour.ZoneProxyListeners;
        var regular = services;
        List<ServiceModel> zoneProxies = [];
        if (knowsListeners && services.Any(static s => s.IsZoneProxy))
        {
            regular = [.. services.Where(static s => !s.IsZoneProxy)];
            zoneProxies = [.. services.Where(static s => s.IsZoneProxy)];
        }

        if (regular.Count > 0 || zoneProxies.Count == 0)
        {
            if (inboundConverter.Convert(pod, regular, inboundConverter.DeduplicationFor(mesh.IsExclusive), out var inbounds) is { } inboundError)
                return inboundError;
            draft.Inbounds = inbounds;
        }

        if (mesh.IsExclusive)
        {
            if (FillListeners(draft, pod, zoneProxies) is { } listenerError)
                return listenerError;
        }
        else if (zoneProxies.Count > 0)
        {
            events.Add(new ListenersSkipped(pod.Source, zoneProxies[0].Source, mesh.Name));
        }

        // A pure zone proxy sends nothing of its own.
        if (draft.Inbounds.Count == 0 && draft.Listeners.Count > 0)
        {
            draft.TransparentProxying ??= new TransparentProxying();
            if (draft.TransparentProxying.ReachableBackends is null)
                draft.TransparentProxying = draft.TransparentProxying with { ReachableBackends = [] };
        }

        return null;
    }

    private ConversionError? FillListeners(Draft draft, PodModel pod, List<ServiceModel> services)
    {
        var byPort = new Dictionary<int, (ServiceModel Service, string Type)>();
        foreach (var service in services)
        {
            var value = service.Labels[WellKnown.ZoneProxyType] ?? "";
            var type = value switch
            {
                "ingress" => "ZoneIngress",
                "egress" => "ZoneEgress",
                _ => null,
            };
            var label = service.Source.Root["metadata"]["labels"][WellKnown.ZoneProxyType];
            if (type is null)
            {
                return new ConversionError(
                    DataplaneErrorReason.InvalidZoneProxyType,
                    $"service {service.Namespace}/{service.Name} has invalid {WellKnown.ZoneProxyType} label value {KumaAnnotations.Quote(value)}; allowed: \"ingress\", \"egress\"",
                    label) { Services = [service.Source] };
            }

            foreach (var port in service.Ports)
            {
                if (!port.IsTcp)
                    continue;
                if (!InboundConverter.FindPort(pod, port, out var number, out _, out var container))
                {
                    events.Add(new NamedPortNotFound(
                        pod.Source, port.TargetNode, service.Source, port.TargetPort.Name ?? "",
                        [.. pod.Containers.SelectMany(static c => c.Ports).Where(static p => p.Protocol == "TCP" && p.Name.Length > 0).Select(static p => p.Name).Distinct()],
                        default));
                    continue;
                }

                if (byPort.TryGetValue(number, out var first))
                {
                    if (first.Type != type)
                    {
                        return new ConversionError(
                            DataplaneErrorReason.ConflictingListeners,
                            $"conflicting listener types on port {number}: services {KumaAnnotations.Quote(first.Service.Name)} and {KumaAnnotations.Quote(service.Name)} have different {WellKnown.ZoneProxyType} labels, please remove one of the Services",
                            label) { Services = [first.Service.Source, service.Source] };
                    }

                    events.Add(new DuplicateListener(pod.Source, first.Service.Source, service.Source, number));
                    continue;
                }

                byPort.Add(number, (service, type));
                var state = InboundConverter.IsReady(pod, container) ? InboundState.Ready : InboundState.NotReady;
                var name = port.Name.Length > 0 ? port.Name : port.Port.ToString(CultureInfo.InvariantCulture);
                draft.Listeners.Add((new ProxyListener(type, pod.Address, number, name, state, default), service));
            }
        }

        return null;
    }

    private ConversionError? FillGatewayByService(Draft draft, PodModel pod, IReadOnlyList<ServiceModel> services)
    {
        draft.Gateway = GatewayType.Delegated;
        if (!Version.Behaviour.InboundTags)
            return null;
        if (inboundConverter.Convert(pod, services, InboundDeduplication.None, out var inbounds) is { } error)
            return error;
        draft.GatewayTags = inbounds[0].Inbound.Tags;
        return null;
    }

    private ConversionError? FillGatewayByDeployment(Draft draft, PodModel pod, IReadOnlyList<ServiceModel> services)
    {
        if (inboundConverter.OwnerOf(pod, out var owner, out var kind) is { } error)
            return error;
        if (kind != "Deployment")
            return FillGatewayByService(draft, pod, services);
        draft.Gateway = GatewayType.Delegated;
        draft.GatewayTags = LabelSet.Create([new("kuma.io/service-name", $"{owner}_{pod.Namespace}_svc")]);
        return null;
    }

    private ConversionError? ReadTransparentProxying(PodModel pod, out TransparentProxying? result)
    {
        result = null;
        var annotations = pod.Annotations;
        var isRead = true;
        var redirects = new TransparentProxying();
        var isEnabled = false;
        if (!Version.Behaviour.RedirectionByConfig)
        {
            var enabled = KumaAnnotations.Enabled(annotations, KumaAnnotations.TransparentProxying);
            if (enabled.Error is not null)
                return Bad(pod, KumaAnnotations.TransparentProxying, enabled.Error);
            isEnabled = enabled.Value;
            isRead = isEnabled || (Version.Behaviour.ConfigAnnotation && annotations.GetValueOrDefault(KumaAnnotations.TransparentProxyConfig) is { Length: > 0 });
            // Until 2.10 the ports are read before the lists.
            if (isEnabled && !Version.Behaviour.ConfigAnnotation && ReadRedirects(pod, ref redirects) is { } early)
                return early;
        }

        if (isRead)
        {
            if (annotations.TryGetValue(KumaAnnotations.DirectAccess, out var direct))
                redirects = redirects with { DirectAccessServices = KumaAnnotations.List(direct) };
            if (Version.Behaviour.ReachableServices && annotations.TryGetValue(KumaAnnotations.ReachableServices, out var reachable))
                redirects = redirects with { ReachableServices = KumaAnnotations.List(reachable) };
        }

        if (annotations.TryGetValue(KumaAnnotations.ReachableBackends, out var text))
        {
            var node = pod.AnnotationNode(KumaAnnotations.ReachableBackends);
            if (!isRead)
            {
                events.Add(new ReachableBackendsSuspect(pod.Source, node, ReachableBackendsTrap.NotRead, ""));
            }
            else
            {
                if (ReachableBackendsReader.Read(text, node) is not { } content)
                {
                    return new ConversionError(
                        DataplaneErrorReason.InvalidReachableBackends, $"cannot parse, {KumaAnnotations.ReachableBackends} has invalid format", node);
                }

                if (content.Refs.IsEmpty)
                    events.Add(new ReachableBackendsSuspect(pod.Source, node, ReachableBackendsTrap.NoRefs, ""));
                foreach (var key in content.UnknownKeys)
                    events.Add(new ReachableBackendsSuspect(pod.Source, node, ReachableBackendsTrap.UnknownKey, key));
                redirects = redirects with { ReachableBackends = content.Refs };
            }
        }

        if (isEnabled && Version.Behaviour.ConfigAnnotation && ReadRedirects(pod, ref redirects) is { } late)
            return late;
        var isEmpty = redirects.DirectAccessServices.IsEmpty && redirects.ReachableServices.IsEmpty && redirects.ReachableBackends is null
            && redirects is { RedirectPortInbound: 0, RedirectPortOutbound: 0, IpFamilyMode: "" };
        result = isEmpty ? null : redirects;
        return null;
    }

    private ConversionError? ReadRedirects(PodModel pod, ref TransparentProxying redirects)
    {
        var inbound = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.InboundPort);
        if (inbound.Error is not null || !inbound.Exists)
            return Bad(pod, KumaAnnotations.InboundPort, inbound.Error ?? "transparent proxying inbound port has to be set in transparent mode");
        var isOld = !Version.Behaviour.ConfigAnnotation;
        var mode = pod.Annotations.GetValueOrDefault(KumaAnnotations.IpFamilyMode, "dualstack");
        var modeValue = mode switch
        {
            "dualstack" => "DualStack",
            "ipv4" => "IPv4",
            "" when !isOld => "",
            _ => null,
        };
        var modeError = modeValue is null ? Bad(pod, KumaAnnotations.IpFamilyMode, $"invalid ip family mode '{(isOld ? "DualStack" : mode)}'") : null;
        if (isOld && modeError is not null)
            return modeError;
        var outbound = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.OutboundPort);
        if (outbound.Error is not null || !outbound.Exists)
            return Bad(pod, KumaAnnotations.OutboundPort, outbound.Error ?? "transparent proxying outbound port has to be set in transparent mode");
        if (modeError is not null)
            return modeError;
        redirects = redirects with { RedirectPortInbound = inbound.Value, RedirectPortOutbound = outbound.Value, IpFamilyMode = modeValue ?? "" };
        return null;
    }

    private static ConversionError? ReadMetrics(PodModel pod, out PrometheusMetrics? metrics)
    {
        metrics = null;
        var path = pod.Annotations.GetValueOrDefault(KumaAnnotations.PrometheusPath, "");
        var port = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.PrometheusPort);
        if (port.Error is not null)
            return Bad(pod, KumaAnnotations.PrometheusPort, port.Error);
        SortedSet<string>? names = null;
        foreach (var key in pod.Annotations.Keys)
        {
            if (AggregateName(key) is { } name)
                (names ??= new SortedSet<string>(StringComparer.Ordinal)).Add(name);
        }

        var aggregate = ImmutableArray.CreateBuilder<AggregateMetrics>(names?.Count ?? 0);
        foreach (var name in names ?? [])
        {
            var prefix = KumaAnnotations.PrometheusAggregatePrefix + name;
            var enabled = KumaAnnotations.Enabled(pod.Annotations, $"{prefix}-enabled");
            if (enabled.Error is not null)
                return Bad(pod, $"{prefix}-enabled", enabled.Error);
            var isEnabled = !enabled.Exists || enabled.Value;
            var appPort = KumaAnnotations.UInt32(pod.Annotations, $"{prefix}-port");
            if (appPort.Error is not null)
                return Bad(pod, $"{prefix}-port", appPort.Error);
            if (!appPort.Exists && isEnabled)
                return new ConversionError(DataplaneErrorReason.InvalidAnnotation, "port needs to be specified for metrics scraping", pod.Template["metadata"]["annotations"]);
            aggregate.Add(new AggregateMetrics(
                name, pod.Annotations.GetValueOrDefault($"{prefix}-path", "/metrics"), pod.Annotations.GetValueOrDefault($"{prefix}-address", ""), appPort.Value, isEnabled));
        }

        if (path.Length > 0 || port.Exists || aggregate.Count > 0)
            metrics = new PrometheusMetrics(path, port.Value, aggregate.ToImmutable());
        return null;
    }

    /// <summary>The name in <c>…/aggregate-&lt;name&gt;-(port|path|enabled)</c>, or null.</summary>
    private static string? AggregateName(string key)
    {
        if (!key.StartsWith(KumaAnnotations.PrometheusAggregatePrefix, StringComparison.Ordinal))
            return null;
        var rest = key.AsSpan(KumaAnnotations.PrometheusAggregatePrefix.Length);
        foreach (var suffix in (ReadOnlySpan<string>)["-port", "-path", "-enabled"])
        {
            if (rest.EndsWith(suffix, StringComparison.Ordinal) && rest.Length > suffix.Length)
            {
                var name = rest[..^suffix.Length].ToString();
                return name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') ? name : null;
            }
        }

        return null;
    }

    private static ConversionError? ReadProbes(PodModel pod, out VirtualProbes? result)
    {
        result = null;
        var enabled = KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.VirtualProbes);
        if (enabled.Error is not null)
            return Bad(pod, KumaAnnotations.VirtualProbes, enabled.Error);
        if (!enabled.Value)
            return null;
        var port = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.VirtualProbesPort);
        if (port.Error is not null || !port.Exists)
            return Bad(pod, KumaAnnotations.VirtualProbesPort, port.Error ?? $"{KumaAnnotations.VirtualProbesPort} annotation doesn't exist");
        var proxyPort = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.ProbeProxyPort);
        if (proxyPort.Error is not null)
            return Bad(pod, KumaAnnotations.ProbeProxyPort, proxyPort.Error);
        var endpoints = ImmutableArray.CreateBuilder<ProbeEndpoint>();
        foreach (var probe in Injector.Redirectable(pod).SelectMany(static c => c.Probes))
        {
            if (probe.Kind != ProbeKind.Http)
                continue;
            var actual = proxyPort.Value > 0 && probe.Port == proxyPort.Value ? port.Value : probe.Port;
            var segments = probe.Path.Split('/');
            var problem = actual != port.Value ? $"probe's port {actual} should be equal to virtual port {port.Value}"
                : segments.Length < 2 || segments[0].Length > 0 ? "not enough segments in probe's path"
                : null;
            if (problem is null && segments[1] is "tcp" or "grpc")
                continue;
            var inboundPort = 0;
            if (problem is null && !int.TryParse(segments[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out inboundPort))
                problem = $"invalid port value {segments[1]}";
            if (problem is not null)
                return new ConversionError(DataplaneErrorReason.InvalidAnnotation, $"unable to convert virtual probe to real: {problem}", probe.Node);
            endpoints.Add(new ProbeEndpoint(unchecked((uint)inboundPort), $"/{string.Join('/', segments[2..])}", probe.Path));
        }

        result = new VirtualProbes(port.Value, endpoints.ToImmutable());
        return null;
    }

    private static Dictionary<string, string>? ReadTags(string json)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != System.Text.Json.JsonValueKind.Object)
                return null;
            var tags = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                switch (property.Value.ValueKind)
                {
                    case System.Text.Json.JsonValueKind.String:
                        tags[property.Name] = property.Value.GetString() ?? "";
                        break;
                    case System.Text.Json.JsonValueKind.Null:
                        tags[property.Name] = "";
                        break;
                    default:
                        return null;
                }
            }

            return tags;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static ConversionError Bad(PodModel pod, string key, string text) =>
        new(DataplaneErrorReason.InvalidAnnotation, text, pod.AnnotationNode(key) is { Exists: true } node ? node : default);
}
