using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>
/// Decides which webhooks see a Pod, whether they inject or refuse it, and what of the Pod changes thereby
/// (kuma: deployments/charts/kuma/templates/cp-webhooks-and-secrets.yaml, pkg/plugins/runtime/k8s/webhooks/injector, webhooks/pod_validator.go).
/// Assumes a control plane's defaults.
/// </summary>
internal sealed class Injector(Cluster cluster, EventSink events)
{
    public const string SidecarName = "kuma-sidecar";

    private const string NamespaceWebhook = "namespace-kuma-injector.kuma.io";
    private const string PodsWebhook = "pods-kuma-injector.kuma.io";
    private const string ZoneProxyWebhook = "mesh-zoneproxy-kuma-injector.kuma.io";
    private const string PodValidator = "pod.validator.kuma-admission.kuma.io";

    private const int SidecarUser = 5678;
    private const uint DefaultProbeProxyPort = 9001;
    private const uint DefaultVirtualProbesPort = 9000;
    private const uint DefaultAdminPort = 9901;
    private const uint ReadinessPort = 9902;

    /// <summary>Labels that except Pods of any value (default of <c>exceptions.labels</c>).</summary>
    private static readonly string[] ExceptionLabels = ["openshift.io/build.name", "openshift.io/deployer-pod-for.name"];

    private KumaVersion Version => cluster.Version;

    /// <summary>Puts a Pod through admission. Labels, annotations and probes of the model change where it is injected.</summary>
    public PodOutcome Admit(PodModel pod)
    {
        var ns = cluster.Namespace(pod.Namespace, pod.Source);
        var webhooks = Webhooks(pod, ns);
        var injected = false;
        Refusal? refusal = null;
        string? refusedBy = null;
        for (var i = 0; i < webhooks.Length && refusal is null; i++)
        {
            refusal = RunInjector(pod, ns, ref injected);
            if (refusal is not null)
            {
                refusedBy = webhooks[i];
                webhooks = webhooks[..(i + 1)];
            }
        }

        if (refusal is null && Version.Behaviour.WorkloadLabelRefused && IsSeenByPodValidator(ns) && pod.Labels.ContainsKey(WellKnown.Workload))
        {
            refusedBy = PodValidator;
            refusal = new Refusal(
                PodRejectionReason.WorkloadLabel, "cannot manually set kuma.io/workload label on Pod; it is automatically managed by Kuma", pod.LabelNode(WellKnown.Workload));
        }

        if (refusal is not null)
            events.Add(new PodRejected(pod.Source, refusal.Node, refusal.Reason, refusedBy ?? "", refusal.Text));
        else if (!injected)
            ReportNotInjected(pod, ns, webhooks.Length > 0);
        return new PodOutcome(pod)
        {
            Webhooks = webhooks,
            Injected = injected && refusal is null,
            RejectedBy = refusedBy,
            Rejection = refusal?.Text,
        };
    }

    private sealed record Refusal(PodRejectionReason Reason, string Text, Node Node);

    /// <summary>The webhooks whose selectors match. 2.11 excluded the system namespace and asked for the namespace's label key; 2.14 added the zone-proxy one.</summary>
    private ImmutableArray<string> Webhooks(PodModel pod, NamespaceModel ns)
    {
        if (cluster.Place.IsGlobal || ns.Name == "kube-system")
            return [];
        var podAsks = pod.Labels.GetValueOrDefault(WellKnown.SidecarInjection) == "enabled";
        if (Version.Behaviour.SystemNamespaceExcluded && ns.IsSystem)
        {
            return Version.Behaviour.ZoneProxyListeners && podAsks && pod.Labels.ContainsKey(WellKnown.Mesh) && pod.Labels.ContainsKey(WellKnown.ZoneProxyType)
                ? [ZoneProxyWebhook]
                : [];
        }

        var byNamespace = ns.InjectionLabel is "enabled" or "true";
        var byPod = podAsks && (!Version.Behaviour.NamespaceNeedsInjectionLabel || ns.HasInjectionKey);
        return (byNamespace, byPod) switch
        {
            (true, true) => [NamespaceWebhook, PodsWebhook],
            (true, false) => [NamespaceWebhook],
            (false, true) => [PodsWebhook],
            _ => [],
        };
    }

    private bool IsSeenByPodValidator(NamespaceModel ns) => !cluster.Place.IsGlobal && ns.HasInjectionKey && !ns.IsSystem && ns.Name != "kube-system";

    private Refusal? RunInjector(PodModel pod, NamespaceModel ns, ref bool injected)
    {
        if (pod.Sidecar != SidecarPlace.None || ExceptionLabels.Any(pod.Labels.ContainsKey))
            return null;
        var own = KumaAnnotations.Enabled(pod.Labels, WellKnown.SidecarInjection);
        if (own.Error is { } badLabel)
            return new Refusal(PodRejectionReason.InvalidInjectionLabel, badLabel, pod.LabelNode(WellKnown.SidecarInjection));
        if (!own.Exists)
        {
            if (ns.InjectionLabel is not { } text)
                return null;
            own = KumaAnnotations.ParseEnabled(WellKnown.SidecarInjection, text);
            if (own.Error is { } badNamespace)
                return new Refusal(PodRejectionReason.InvalidInjectionLabel, badNamespace, ns.LabelNode(WellKnown.SidecarInjection));
        }

        if (!own.Value)
            return null;

        var mesh = cluster.MeshOf(pod.Labels, pod.Annotations, ns);
        if (cluster.FindMesh(mesh) is null && !MayPrecedeItsMesh(pod, ns))
            return new Refusal(PodRejectionReason.MeshNotFound, $"meshs.kuma.io \"{mesh}\" not found", cluster.MeshNode(pod.Template, ns));
        var sameUser = pod.Containers.Where(static c => c.RunAsUser == SidecarUser).Select(static c => KumaAnnotations.Quote(c.Name)).ToArray();
        if (sameUser.Length > 0)
        {
            return new Refusal(
                PodRejectionReason.SidecarUser, $"containers using same UID as sidecar is unsupported: [{string.Join(' ', sameUser)}]", pod.Template["spec"]["containers"]);
        }

        var refusal = Version.Behaviour.RedirectionByConfig ? InjectByConfig(pod) : InjectByAnnotations(pod);
        if (refusal is not null)
            return refusal;
        pod.Labels[WellKnown.Mesh] = mesh;
        if (KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.InitFirst).Error is { } initFirst)
            return Bad(pod, KumaAnnotations.InitFirst, initFirst);
        pod.Sidecar = cluster.HasNativeSidecars ? SidecarPlace.InitContainer : SidecarPlace.Container;
        if (RedirectProbes(pod) is { } probe)
            return probe;
        injected = true;
        return null;
    }

    /// <summary>A zone-proxy Pod that names its mesh is let in before the Mesh is there (2.14; precheck.go).</summary>
    private bool MayPrecedeItsMesh(PodModel pod, NamespaceModel ns)
    {
        if (!Version.Behaviour.ZoneProxyListeners)
            return false;
        var isExplicit = pod.Labels.GetValueOrDefault(WellKnown.Mesh) is { Length: > 0 } || ns.Labels[WellKnown.Mesh] is { Length: > 0 };
        if (Version.Behaviour.MeshAnnotation)
            isExplicit |= pod.Annotations.GetValueOrDefault(KumaAnnotations.Mesh) is { Length: > 0 } || ns.Annotations[KumaAnnotations.Mesh] is { Length: > 0 };
        return isExplicit
            && (pod.Labels.GetValueOrDefault(WellKnown.ZoneProxyType) is { Length: > 0 }
                || cluster.ZoneProxyServices(pod.Namespace).Any(s =>
                    s.Selector.Count > 0 && !s.IsIgnored && s.Labels[WellKnown.ZoneProxyType] is { Length: > 0 } && ServiceModel.Matches(s.Selector, pod.Labels)));
    }

    /// <summary>Checks shared by both ways, in the order of the sidecar container's factory (kuma: containers/factory.go).</summary>
    private Refusal? CheckContainer(PodModel pod)
    {
        foreach (var key in (ReadOnlySpan<string>)[KumaAnnotations.SidecarConcurrency, KumaAnnotations.AdminPort])
        {
            if (KumaAnnotations.UInt32(pod.Annotations, key).Error is { } error)
                return Bad(pod, key, error);
        }

        return KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.WaitForDataplane).Error is { } wait ? Bad(pod, KumaAnnotations.WaitForDataplane, wait) : null;
    }

    private Refusal? CheckEnvironment(PodModel pod)
    {
        if (Version.Behaviour.SpireAnnotation && KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.SpireSupport).Error is { } spire)
            return Bad(pod, KumaAnnotations.SpireSupport, $"getting {KumaAnnotations.SpireSupport} annotation failed: {spire}");
        return null;
    }

    private static Refusal? CheckEnvVars(PodModel pod)
    {
        if (!pod.Annotations.TryGetValue(KumaAnnotations.SidecarEnvVars, out var map))
            return null;
        return map.Split(';').Any(static pair => pair.Split('=').Length != 2)
            ? Bad(pod, KumaAnnotations.SidecarEnvVars,
                $"invalid format. Map in {KumaAnnotations.Quote(KumaAnnotations.SidecarEnvVars)} has to be provided in the following format: key1=value1;key2=value2")
            : null;
    }

    /// <summary>2.x: everything goes into annotations (kuma: injector.go, NewAnnotations).</summary>
    private Refusal? InjectByAnnotations(PodModel pod)
    {
        const string prefix = "could not generate annotations for pod: ";
        var annotations = pod.Annotations;
        if (CheckEnvironment(pod) is { } environment)
            return environment;
        if (VirtualProbesValue(pod, out var virtualProbes) is { } probes)
            return probes;
        if (ProbeProxyValue(pod, virtualProbes, out var probeProxyPort) is { } proxy)
            return proxy;
        if ((CheckEnvVars(pod) ?? CheckContainer(pod)) is { } container)
            return container;

        if (KumaAnnotations.Enabled(annotations, KumaAnnotations.Ebpf).Error is { } ebpf)
            return Bad(pod, KumaAnnotations.Ebpf, $"{prefix}getting {KumaAnnotations.Ebpf} annotation failed: {ebpf}");
        var dns = KumaAnnotations.Enabled(annotations, KumaAnnotations.BuiltinDns);
        if (dns.Error is not null)
            return Bad(pod, KumaAnnotations.BuiltinDns, prefix + dns.Error);
        var dnsPort = KumaAnnotations.UInt32(annotations, KumaAnnotations.BuiltinDnsPort);
        var dnsLogging = KumaAnnotations.Enabled(annotations, KumaAnnotations.BuiltinDnsLogging);
        var withDns = !dns.Exists || dns.Value;
        if (withDns && dnsPort.Error is not null)
            return Bad(pod, KumaAnnotations.BuiltinDnsPort, prefix + dnsPort.Error);
        if (withDns && dnsLogging.Error is not null)
            return Bad(pod, KumaAnnotations.BuiltinDnsLogging, prefix + dnsLogging.Error);
        var virtualPort = KumaAnnotations.UInt32(annotations, KumaAnnotations.VirtualProbesPort);
        if (virtualPort.Error is not null)
            return Bad(pod, KumaAnnotations.VirtualProbesPort, $"{prefix}unable to set {KumaAnnotations.VirtualProbesPort}: {virtualPort.Error}");
        var adminPort = KumaAnnotations.UInt32(annotations, KumaAnnotations.AdminPort);

        annotations[KumaAnnotations.SidecarInjected] = "true";
        annotations[KumaAnnotations.TransparentProxying] = "enabled";
        annotations[KumaAnnotations.SidecarUid] = Text(SidecarUser);
        annotations[KumaAnnotations.OutboundPort] = "15001";
        annotations[KumaAnnotations.InboundPort] = "15006";
        if (withDns)
        {
            annotations[KumaAnnotations.BuiltinDns] = "enabled";
            annotations[KumaAnnotations.BuiltinDnsPort] = dnsPort.Exists ? Text(dnsPort.Value) : "15053";
            annotations[KumaAnnotations.BuiltinDnsLogging] = dnsLogging.Value ? "true" : "false";
        }

        annotations[KumaAnnotations.VirtualProbes] = virtualProbes ? "enabled" : "disabled";
        annotations[KumaAnnotations.VirtualProbesPort] = Text(virtualPort.Exists ? virtualPort.Value : DefaultVirtualProbesPort);
        annotations[KumaAnnotations.ProbeProxyPort] = Text(probeProxyPort);
        if (Version.Behaviour.ReadinessPortExcluded)
        {
            var excluded = annotations.GetValueOrDefault(KumaAnnotations.ExcludeInboundPorts) is { Length: > 0 } given ? $"{given}," : "";
            annotations[KumaAnnotations.ExcludeInboundPorts] = excluded + Text(ReadinessPort);
        }

        if (annotations.GetValueOrDefault(KumaAnnotations.IpFamilyMode) is null or "")
            annotations[KumaAnnotations.IpFamilyMode] = "dualstack";
        annotations[KumaAnnotations.AdminPort] = Text(adminPort.Exists ? adminPort.Value : DefaultAdminPort);

        return null;
    }

    /// <summary>3.0: the transparent proxy's configuration becomes one annotation (kuma: pkg/transparentproxy/kubernetes/kubernetes_config.go).</summary>
    private Refusal? InjectByConfig(PodModel pod)
    {
        var annotations = pod.Annotations;
        if (CheckEnvironment(pod) is { } environment)
            return environment;
        if (ProbeProxyValue(pod, virtualProbes: true, out _) is { } proxy)
            return proxy;
        if ((CheckEnvVars(pod) ?? CheckContainer(pod)) is { } container)
            return container;

        if (annotations.TryGetValue(KumaAnnotations.IpFamilyMode, out var mode) && mode.ToLowerInvariant() is not ("" or "dualstack" or "ipv4"))
        {
            return Bad(pod, KumaAnnotations.IpFamilyMode,
                $"invalid IP Family Mode in annotation '{KumaAnnotations.IpFamilyMode}': {mode}: must be one of 'dualstack' or 'ipv4'");
        }

        foreach (var key in (ReadOnlySpan<string>)[KumaAnnotations.DropInvalidPackets, KumaAnnotations.IptablesLogs])
        {
            if (KumaAnnotations.Boolean(annotations, key).Error is { } error)
                return Bad(pod, key, error);
        }

        if (CheckPorts(pod, KumaAnnotations.ExcludeOutboundPorts) is { } outbound)
            return outbound;
        var gateway = KumaAnnotations.Enabled(annotations, KumaAnnotations.Gateway);
        if (gateway.Error is not null)
            return Bad(pod, KumaAnnotations.Gateway, gateway.Error);
        // Unlike the container's environment, this reads what the gateway annotation says, not that it is there.
        var given = KumaAnnotations.UInt32(annotations, KumaAnnotations.ProbeProxyPort);
        var probeProxyPort = gateway.Value ? 0 : given.Exists ? given.Value : DefaultProbeProxyPort;
        if (!gateway.Value)
        {
            if (CheckPorts(pod, KumaAnnotations.ExcludeInboundPorts) is { } inbound)
                return inbound;
            if (probeProxyPort > ushort.MaxValue)
                return Bad(pod, KumaAnnotations.ProbeProxyPort, BadPort(Text(probeProxyPort)));
        }

        // With the probe proxy switched off the probes' own ports are excluded from interception.
        if (probeProxyPort == 0)
        {
            foreach (var probe in Redirectable(pod).SelectMany(static c => c.Probes.Select(p => (Probe: p, Port: Resolve(c, p)))).OrderBy(static p => p.Port))
            {
                if (probe.Port > ushort.MaxValue || (probe.Port == 0 && probe.Probe.Kind == ProbeKind.Grpc))
                    return Bad(pod, KumaAnnotations.ProbeProxyPort, BadPort(Text(probe.Port)));
            }
        }

        annotations[KumaAnnotations.SidecarInjected] = "true";
        annotations[KumaAnnotations.TransparentProxyConfig] = "";
        annotations[KumaAnnotations.ProbeProxyPort] = Text(probeProxyPort);
        annotations[KumaAnnotations.AdminPort] = Text(DefaultAdminPort);
        return null;
    }

    private static Refusal? CheckPorts(PodModel pod, string key)
    {
        foreach (var part in pod.Annotations.GetValueOrDefault(key, "").Split(','))
        {
            var text = part.Trim();
            if (text.Length > 0 && (!text.All(char.IsAsciiDigit) || !ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0))
                return Bad(pod, key, BadPort(text));
        }

        return null;
    }

    private static string BadPort(string text) => $"value '{text}' is not a valid port (uint16 in the range [1, 65535])";

    /// <summary>Whether virtual probes are on (kuma: probes.SetVirtualProbesEnabledAnnotation). On by default until 2.12.</summary>
    private Refusal? VirtualProbesValue(PodModel pod, out bool enabled)
    {
        const string prefix = $"unable to set {KumaAnnotations.VirtualProbes}: ";
        enabled = Version.Behaviour.VirtualProbesByDefault;
        var own = KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.VirtualProbes);
        if (own.Error is not null)
            return Bad(pod, KumaAnnotations.VirtualProbes, prefix + own.Error);
        var gateway = KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.Gateway);
        if (gateway.Error is not null)
            return Bad(pod, KumaAnnotations.Gateway, prefix + gateway.Error);
        if (gateway.Value)
        {
            enabled = false;
            return own.Value ? Bad(pod, KumaAnnotations.VirtualProbes, $"{prefix}virtual probes can't be enabled in gateway mode") : null;
        }

        if (!Version.Behaviour.VirtualProbesByDefault)
        {
            var port = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.ProbeProxyPort);
            if (port.Error is not null)
                return Bad(pod, KumaAnnotations.ProbeProxyPort, prefix + port.Error);
            if (port is { Exists: true, Value: 0 })
            {
                enabled = true;
                return null;
            }
        }

        if (own.Exists)
            enabled = own.Value;
        return null;
    }

    /// <summary>The port of the probe proxy, 0 = off (kuma: probes.SetApplicationProbeProxyPortAnnotation).</summary>
    private Refusal? ProbeProxyValue(PodModel pod, bool virtualProbes, out uint port)
    {
        const string prefix = $"unable to set {KumaAnnotations.ProbeProxyPort}: ";
        port = 0;
        var own = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.ProbeProxyPort);
        if (own.Error is not null)
            return Bad(pod, KumaAnnotations.ProbeProxyPort, prefix + own.Error);
        if (pod.Annotations.ContainsKey(KumaAnnotations.Gateway))
        {
            return own.Value > 0
                ? Bad(pod, KumaAnnotations.ProbeProxyPort, $"{prefix}application probe proxies probes can't be enabled in gateway mode")
                : null;
        }

        if (Version.Behaviour.VirtualProbesByDefault && !virtualProbes && !own.Exists)
            return null;
        port = own.Exists ? own.Value : DefaultProbeProxyPort;
        return null;
    }

    /// <summary>Points the Pod's probes to the proxy (kuma: probes.SetupAppProbeProxies, injector/probes.go).</summary>
    private Refusal? RedirectProbes(PodModel pod)
    {
        var proxyPort = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.ProbeProxyPort).Value;
        var isVirtual = proxyPort == 0;
        if (isVirtual)
        {
            if (!Version.Behaviour.VirtualProbes || !KumaAnnotations.Enabled(pod.Annotations, KumaAnnotations.VirtualProbes).Value)
                return null;
            proxyPort = KumaAnnotations.UInt32(pod.Annotations, KumaAnnotations.VirtualProbesPort).Value;
        }

        foreach (var container in Redirectable(pod))
        {
            foreach (var probe in container.Probes)
            {
                if (isVirtual && probe.Kind != ProbeKind.Http)
                    continue;
                probe.Port = Resolve(container, probe);
                if (probe.Port == proxyPort)
                {
                    return new Refusal(
                        PodRejectionReason.ProbePort,
                        $"cannot override Pod's probes. Port for probe cannot be set to {proxyPort}. It is reserved for the dataplane that will serve pods without mTLS.",
                        probe.Node);
                }

                probe.Path = probe.Kind switch
                {
                    ProbeKind.Tcp => $"/tcp/{probe.Port}",
                    ProbeKind.Grpc => $"/grpc/{probe.Port}",
                    _ => $"/{probe.Port}{(probe.Path.StartsWith('/') ? "" : "/")}{probe.Path}",
                };
                probe.Kind = ProbeKind.Http;
                probe.Port = proxyPort;
                probe.PortName = "";
            }
        }

        return null;
    }

    /// <summary>The containers whose probes Kuma redirects: init containers that keep running and start after the sidecar, and all others.</summary>
    public static IEnumerable<ContainerModel> Redirectable(PodModel pod)
    {
        // An injected native sidecar comes before the Pod's own init containers.
        var afterSidecar = pod.Sidecar == SidecarPlace.InitContainer && !pod.InitContainers.Any(static c => c.Name == SidecarName);
        foreach (var container in pod.InitContainers)
        {
            if (container.Name == SidecarName)
                afterSidecar = true;
            else if (afterSidecar && container.RestartsAlways)
                yield return container;
        }

        foreach (var container in pod.Containers)
        {
            if (container.Name != SidecarName)
                yield return container;
        }
    }

    private static uint Resolve(ContainerModel container, ProbeModel probe)
    {
        if (probe.Port != 0 || probe.Kind == ProbeKind.Grpc)
            return probe.Port;
        foreach (var port in container.Ports)
        {
            if (port.Name.Length > 0 && port.Name == probe.PortName)
                return unchecked((uint)port.Number);
        }

        return 0;
    }

    private static Refusal Bad(PodModel pod, string key, string text) => new(PodRejectionReason.InvalidAnnotation, text, pod.AnnotationNode(key));

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private void ReportNotInjected(PodModel pod, NamespaceModel ns, bool wasSeen)
    {
        var label = pod.Labels.GetValueOrDefault(WellKnown.SidecarInjection);
        var reason = cluster.Place.IsGlobal ? NotInjectedReason.Global
            : pod.Sidecar != SidecarPlace.None ? NotInjectedReason.HasSidecar
            : ns.Name == "kube-system" || (ns.IsSystem && Version.Behaviour.SystemNamespaceExcluded) ? NotInjectedReason.SystemNamespace
            : ExceptionLabels.Any(pod.Labels.ContainsKey) ? NotInjectedReason.Exception
            : label is "disabled" or "false" or "no" ? NotInjectedReason.DisabledOnPod
            : wasSeen ? NotInjectedReason.NamespaceNotEnabled
            : label == "enabled" ? NotInjectedReason.NamespaceLacksLabel
            : label is "true" or "yes" ? NotInjectedReason.PodLabelNotMatched
            : NotInjectedReason.NamespaceNotEnabled;
        var node = label is not null ? pod.LabelNode(WellKnown.SidecarInjection) : ns.LabelNode(WellKnown.SidecarInjection);
        events.Add(new NotInjected(pod.Source, node, reason));
    }
}
