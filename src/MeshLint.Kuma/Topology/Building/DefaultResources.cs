using System.Collections.Concurrent;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// What control planes make by themselves: HostnameGenerators at start, policies with each Mesh
/// (docs/kuma/hostnames.md#default-generators, docs/kuma/policies.md#default-policies; kuma: pkg/defaults).
/// </summary>
internal static class DefaultResources
{
    private const string SidecarTimeouts = "{connectionTimeout: 10s, idleTimeout: 2h0m0s, http: {requestTimeout: 0s, streamIdleTimeout: 1h0m0s, maxStreamDuration: 0s}}";
    private const string ClientTimeouts = "{connectionTimeout: 5s, idleTimeout: 1h0m0s, http: {requestTimeout: 15s, streamIdleTimeout: 30m0s}}";
    private const string Retries = "{numRetries: 5, perTryTimeout: 16s, backOff: {baseInterval: 25ms, maxInterval: 250ms}}";

    private static readonly ConcurrentDictionary<string, Node> Specs = new(StringComparer.Ordinal);

    /// <summary>The HostnameGenerators of a control plane.</summary>
    public static IEnumerable<ResourceInstance> HostnameGenerators(ControlPlane place)
    {
        if (place.SkipDefaultHostnameGenerators || KindCatalog.Find("HostnameGenerator") is not { } kind)
            yield break;
        var rows = place.IsGlobal
            ? new[]
            {
                ("synced-mesh-multi-zone-service", "meshMultiZoneService: {matchLabels: {kuma.io/origin: global}}", "{{ .DisplayName }}.mzsvc.mesh.local"),
                ("synced-kube-mesh-service",
                    "meshService: {matchLabels: {kuma.io/origin: global, k8s.kuma.io/is-headless-service: 'false', kuma.io/env: kubernetes}}",
                    "{{ .DisplayName }}.{{ .Namespace }}.svc.{{ .Zone }}.mesh.local"),
                ("synced-headless-kube-mesh-service",
                    "meshService: {matchLabels: {kuma.io/origin: global, k8s.kuma.io/is-headless-service: 'true', kuma.io/env: kubernetes}}",
                    "{{ label \"statefulset.kubernetes.io/pod-name\" }}.{{ label \"k8s.kuma.io/service-name\" }}.{{ .Namespace }}.svc.{{ .Zone }}.mesh.local"),
                ("synced-universal-mesh-service", "meshService: {matchLabels: {kuma.io/origin: global, kuma.io/env: universal}}", "{{ .DisplayName }}.svc.{{ .Zone }}.mesh.local"),
                ("synced-mesh-external-service", "meshExternalService: {matchLabels: {kuma.io/origin: global}}", "{{ .DisplayName }}.extsvc.mesh.local"),
            }
            :
            [
                ("local-mesh-external-service", "meshExternalService: {matchLabels: {kuma.io/origin: zone}}", "{{ .DisplayName }}.extsvc.mesh.local"),
                ("local-universal-mesh-service", "meshService: {matchLabels: {kuma.io/origin: zone}}", "{{ .DisplayName }}.svc.mesh.local"),
            ];
        var labels = place.IsGlobal ? LabelSet.Empty : LabelSet.Create([new(WellKnown.Origin, "zone")]);
        foreach (var (name, selector, template) in rows)
        {
            if (place.IsKubernetes && name == "local-universal-mesh-service")
                continue;
            yield return Create(kind, "", place, name, labels, $"selector: {{{selector}}}\ntemplate: '{template}'\n");
        }
    }

    /// <summary>The policies that come with a mesh, unless the Mesh says that they shall not.</summary>
    public static IEnumerable<ResourceInstance> Policies(MeshInfo mesh, KumaVersion version)
    {
        var skipped = mesh.Document?.Spec["skipCreatingInitialPolicies"] ?? default;
        foreach (var (prefix, kindName, spec) in PolicySpecs(version))
        {
            if (KindCatalog.Find(kindName) is not { } kind || IsSkipped(skipped, kindName))
                continue;
            var name = $"{prefix}-{mesh.Name}";
            yield return Create(kind, mesh.Name, mesh.Home, name, PolicyLabels(mesh, name, version), spec);
        }
    }

    private static bool IsSkipped(Node skipped, string kind)
    {
        foreach (var item in skipped.Items)
        {
            if (item.AsString() is { } text && (text == "*" || text == kind))
                return true;
        }

        return false;
    }

    private static IEnumerable<(string Prefix, string Kind, string Spec)> PolicySpecs(KumaVersion version)
    {
        if (!version.Behaviour.TimeoutForGatewaysByDefault)
        {
            yield return ("mesh-timeout-all", "MeshTimeout", $"targetRef: {{kind: Mesh}}\nrules: [{{default: {SidecarTimeouts}}}]\n");
            yield return ("mesh-timeout-to-all", "MeshTimeout", $"targetRef: {{kind: Mesh}}\nto: [{{targetRef: {{kind: Mesh}}, default: {ClientTimeouts}}}]\n");
        }
        else
        {
            yield return ("mesh-timeout-all", "MeshTimeout",
                $"targetRef: {{kind: Mesh, proxyTypes: [Sidecar]}}\nfrom: [{{targetRef: {{kind: Mesh}}, default: {SidecarTimeouts}}}]\nto: [{{targetRef: {{kind: Mesh}}, default: {ClientTimeouts}}}]\n");
            yield return ("mesh-gateways-timeout-all", "MeshTimeout",
                "targetRef: {kind: Mesh, proxyTypes: [Gateway]}\n"
                + "from: [{targetRef: {kind: Mesh}, default: {idleTimeout: 5m0s, http: {streamIdleTimeout: 5s, requestHeadersTimeout: 500ms}}}]\n"
                + "to: [{targetRef: {kind: Mesh}, default: {idleTimeout: 1h0m0s, http: {streamIdleTimeout: 5s}}}]\n");
        }

        yield return ("mesh-circuit-breaker-all", "MeshCircuitBreaker",
            "targetRef: {kind: Mesh}\nto: [{targetRef: {kind: Mesh}, default: {connectionLimits: {maxConnections: 1024, maxPendingRequests: 1024, maxRequests: 1024, maxRetries: 3}}}]\n");
        yield return ("mesh-retry-all", "MeshRetry",
            $"targetRef: {{kind: Mesh}}\nto: [{{targetRef: {{kind: Mesh}}, default: {{tcp: {{maxConnectAttempt: 5}}, http: {Retries}, grpc: {Retries}}}}}]\n");
    }

    private static LabelSet PolicyLabels(MeshInfo mesh, string name, KumaVersion version)
    {
        var place = mesh.Home;
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        // Up to 2.13 a Universal control plane writes its own policies past the step that computes labels; on Kubernetes the webhook sees them in every line.
        if (version.Behaviour.DefaultPoliciesLabelled || place.IsKubernetes)
        {
            labels[WellKnown.Mesh] = mesh.Name;
            if (version.Behaviour.ComputedLabelsWin)
            {
                labels[WellKnown.DisplayName] = name;
                labels[WellKnown.Origin] = place.IsGlobal ? "global" : "zone";
            }

            if (!place.IsGlobal)
            {
                labels[WellKnown.Origin] = "zone";
                labels[WellKnown.Zone] = place.Zone;
                labels[WellKnown.Env] = place.IsKubernetes ? "kubernetes" : "universal";
            }

            if (place.IsKubernetes)
                labels[WellKnown.PolicyRole] = "system";
        }

        return LabelSet.Create(labels);
    }

    private static ResourceInstance Create(KindInfo kind, string mesh, ControlPlane place, string name, LabelSet labels, string spec)
    {
        if (place.IsKubernetes)
            labels = labels.With(WellKnown.DisplayName, name).With(WellKnown.Namespace, place.SystemNamespace);
        return new ResourceInstance
        {
            KindInfo = kind,
            Mesh = mesh,
            ControlPlane = place,
            Home = place,
            CoreName = place.IsKubernetes ? $"{name}.{place.SystemNamespace}" : name,
            Labels = labels,
            Spec = Specs.GetOrAdd(spec, static text => DocumentReader.Read(new SourceText("control-plane-defaults.yaml", text))[0].Root),
            Order = -1,
        };
    }
}
