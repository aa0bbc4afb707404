using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using static MeshLint.Analysis.Migration.LeftInPlace;
using static MeshLint.Analysis.Migration.RewriteClass;
using static MeshLint.Kuma.Versions.KumaVersion;
using MeshLint.Kuma.Specs;

namespace MeshLint.Analysis.Migration;

public static partial class RemovalTable
{
    private const string FromPolicies = "MeshTimeout MeshCircuitBreaker MeshAccessLog MeshRateLimit MeshTLS";

    private static readonly ImmutableArray<Removal> Policies =
    [
        new("PO-1", FromPolicies, "from", Mechanical, V3_0, ChangesTraffic, "inbound configuration in 'from'", "rules")
        {
            ReplacementSince = V2_10,
            Consequence = "it is dropped",
            When = static (n, _) => IsOneMesh(n),
        },
        new(
            "PO-1", FromPolicies, "from", NeedsGraph, V3_0, ChangesTraffic, "inbound configuration in 'from' for several clients",
            "rules with matches")
        {
            ReplacementSince = V2_10,
            Decides = "identities of the clients",
            Consequence = "it is dropped",
            When = static (n, _) => n.Count > 0 && !IsOneMesh(n),
        },
        new("PO-2", "MeshTrafficPermission", "from", NeedsGraph, V3_0, Refused, "permissions in 'from'", "rules with SPIFFE ids")
        {
            ReplacementSince = V2_12,
            Decides = "identities of the clients",
            Consequence = "what is stored already allows nobody",
            When = static (n, _) => n.Count > 0,
        },
        new(
            "PO-3", "MeshRateLimit", "rules", Mechanical, V3_0, Refused, "rate limit rules for the whole mesh",
            "top-level targetRef of kind Dataplane without labels")
        {
            When = static (n, r) => n.Count > 0 && IsMeshOrNothing(PolicySpec.TargetOf(r.Spec)),
        },
        new("PO-4", "MeshFaultInjection", "from", NeedsGraph, V3_0, ChangesTraffic, "faults in 'from'", "rules with matches")
        {
            ReplacementSince = V2_13,
            Decides = "identities of the clients",
            Consequence = "no fault is injected",
            When = static (n, _) => n.Count > 0,
        },
        new("PO-5", "MeshHealthCheck", "to[].default.healthyPanicThreshold", NeedsGraph, V3_0, ChangesTraffic, "the panic threshold of a health check",
            "outlierDetection.healthyPanicThreshold of a MeshCircuitBreaker for the same target")
        {
            DeprecatedIn = V2_10, Decides = "an existing MeshCircuitBreaker", Consequence = "Envoy's 50 % applies",
        },
        .. ((string[])["ringHash", "maglev"]).Select(balancer =>
            new Removal(
                "PO-6", "MeshLoadBalancingStrategy", $"to[].default.loadBalancer.{balancer}.hashPolicies", Mechanical, V3_0, ChangesTraffic,
                "hash policies of one load balancer", "to[].default.hashPolicies")
            {
                Consequence = "requests are no longer hashed",
            }),
        .. ((string[])["hashPolicies", "loadBalancer.ringHash.hashPolicies", "loadBalancer.maglev.hashPolicies"]).Select(path =>
            new Removal(
                "PO-7", "MeshLoadBalancingStrategy", $"to[].default.{path}[]", Mechanical, V3_0, RefusedBySchema, "hashing by SourceIP",
                "type: Connection with connection: {sourceIP: true}")
            {
                When = static (n, _) => n["type"].AsString() == "SourceIP",
            }),
        .. OpenTelemetryEndpoints("MeshMetric MeshTrace", "default.backends[].openTelemetry.endpoint"),
        .. ((string[])["to", "from", "rules"])
        .SelectMany(list => OpenTelemetryEndpoints("MeshAccessLog", list + "[].default.backends[].openTelemetry.endpoint")),
        new(
            "PO-9", "MeshMetric", "default.sidecar.regex", Mechanical, V2_9, Ignored, "a metrics filter by regex",
            "sidecar.profiles.exclude with type Regex"),
        new(
            "PO-10", "MeshMetric", "default.applications[]", Mechanical, V2_10, ChangesTraffic, "an application without metrics path",
            "path: /metrics, to keep the path")
        {
            IsChangedDefault = true, Consequence = "the default path changes", When = static (n, r) => !r.IsKubernetes && !n["path"].Exists,
        },
        new(
            "PO-11", "MeshTrace", "default.backends[].zipkin", Mechanical, V2_10, ChangesTraffic,
            "a Zipkin backend without apiVersion or sharedSpanContext", "write both, to keep them")
        {
            IsChangedDefault = true,
            Consequence = "the defaults change",
            When = static (n, r) => !r.IsKubernetes && (!n["apiVersion"].Exists || !n["sharedSpanContext"].Exists),
        },
        new(
            "PO-12", "MeshPassthrough", "default", Mechanical, V2_10, ChangesTraffic, "no passthroughMode",
            "write passthroughMode, to keep it")
        {
            IsChangedDefault = true, Consequence = "the default becomes Matched", When = static (n, _) => !n["passthroughMode"].Exists,
        },
        new(
            "PO-13", "MeshHTTPRoute", "to[].rules[].default.filters[].requestRedirect", Mechanical, V2_10, ChangesTraffic,
            "a redirect without status code", "statusCode: 302, to keep it")
        {
            IsChangedDefault = true,
            Consequence = "the default becomes 302",
            When = static (n, r) => !r.IsKubernetes && !n["statusCode"].Exists,
        },
        new(
            "PO-19", FromPolicies, "from", Mechanical, V3_0, ChangesTraffic, "'from' and 'to' in one policy",
            "two policies: 'rules' may not stand beside 'to' on 2.14")
        {
            When = static (n, r) => n.Count > 0 && PolicySpec.ToNode(r.Spec).Count > 0,
        },
        new("PO-20", "MeshTrust", "origin", Mechanical, V3_0, Ignored, "the origin of a trust domain", "remove it: it is status now")
        {
            DeprecatedIn = V2_13,
        },
        .. ((string[])["cluster", "listener", "networkFilter", "httpFilter", "virtualHost"]).Select(part =>
            new Removal(
                "PO-21", "MeshProxyPatch", $"default.appendModifications[].{part}.match", NeedsHuman, V3_0, ChangesTraffic,
                "a patch that matches by an internal name", "the names of 3.0")
            {
                Decides = "generated names", Consequence = "the modification matches nothing",
                When = static (n, _) =>
                    n["name"].Exists || n["listenerName"].Exists || n["routeConfigurationName"].Exists || n["tags"].Exists
                        || n["listenerTags"].Exists,
            }),
        .. ((string[])["MeshTrafficPermission", "MeshFaultInjection"]).Select(kind =>
            new Removal(
                "PO-24", kind, "from[].targetRef", NeedsGraph, V3_0, ChangesTraffic, "a client by service",
                "rules; until 2.14 kind MeshSubset with tag kuma.io/service")
            {
                DeprecatedIn = V2_9,
                Decides = "identities of the clients",
                When = static (n, _) => n["kind"].AsString() is "MeshService" or "MeshServiceSubset",
            }),
    ];

    private static readonly ImmutableArray<Removal> Kinds =
    [
        Kind(
            "LE-1", "TrafficRoute", NeedsGraph, "MeshHTTPRoute, MeshTCPRoute or MeshLoadBalancingStrategy", "routes of every proxy",
            "routing falls back to the default"),
        Kind(
            "LE-2", "TrafficPermission", NeedsGraph, "MeshTrafficPermission with rules", "identities of the clients",
            "what it allowed is denied"),
        Kind("LE-3", "Timeout", NeedsGraph, "MeshTimeout with 'to'", "protocol of the destination", "default timeouts apply"),
        Kind("LE-4", "Retry", NeedsGraph, "MeshRetry with 'to'", "the destinations", "default retries apply"),
        Kind(
            "LE-5", "CircuitBreaker", NeedsGraph, "MeshCircuitBreaker with 'to'", "the destinations",
            "the default circuit breaker applies"),
        Kind(
            "LE-6", "HealthCheck", NeedsGraph, "MeshHealthCheck (and MeshCircuitBreaker)", "the destinations",
            "endpoints are no longer probed"),
        Kind("LE-7", "FaultInjection", NeedsGraph, "MeshFaultInjection with rules", "identities of the clients", "no fault is injected"),
        Kind(
            "LE-8", "RateLimit", NeedsGraph, "MeshRateLimit with rules and top-level Dataplane", "labels of the proxies",
            "nothing is limited"),
        Kind("LE-9", "TrafficLog", NeedsGraph, "MeshAccessLog with 'to'", "Mesh.logging", "access logs stop"),
        Kind("LE-10", "TrafficTrace", NeedsGraph, "MeshTrace", "Mesh.tracing", "tracing stops"),
        Kind("LE-11", "ProxyTemplate", NeedsHuman, "MeshProxyPatch", "generated names", "the patches are gone"),
        Kind(
            "LE-12", "VirtualOutbound", NeedsGraph, "HostnameGenerator and ports of the MeshServices", "the tags that it matches",
            "its hostnames are gone"),
        Kind("LE-13", "ExternalService", NeedsGraph, "MeshExternalService", "consumers and egress", "its hostname is gone"),
        .. ((string[])["MeshGateway", "MeshGatewayRoute", "MeshGatewayInstance", "MeshGatewayConfig"]).Select(kind =>
            Kind(
                "GW-1", kind, NeedsHuman, "another gateway, as delegated gateway in front of the mesh", "which gateway",
                "the builtin gateway is gone")),
        Kind(
            "ZP-1", "ZoneIngress", NeedsGraph, "a Dataplane with a ZoneIngress listener for each mesh, and a MeshZoneAddress",
            "meshes and the public address", "other zones cannot reach this one"),
        Kind("ZP-2", "ZoneEgress", NeedsGraph, "a Dataplane with a ZoneEgress listener", "meshes", "the egress is gone"),
        new(
            "ZP-3", "ZoneIngress", "networking.advertisedAddress", NeedsGraph, V3_0, ChangesTraffic, "the public address of an ingress",
            "MeshZoneAddress, one for each mesh and zone")
        {
            Decides = "meshes consumed from other zones", ReplacementSince = V2_14, Consequence = "other zones cannot reach this one",
        },
        new("KM-1", "OPAPolicy", "", NeedsGraph, V3_0, NotParsed, "kind OPAPolicy of Kong Mesh", "MeshOPA")
        {
            Decides = "the proxies meant",
        },
        new(
            "KM-4", "MeshGlobalRateLimit", "", NeedsHuman, V3_0, ChangesTraffic, "kind MeshGlobalRateLimit of Kong Mesh",
            "nothing; MeshRateLimit limits each proxy by itself")
        {
            Decides = "whether a limit per proxy will do", Consequence = "nothing is limited",
        },
    ];

    /// <summary>Annotations of Kubernetes objects and Pod templates that a later line no longer reads.</summary>
    public static ImmutableArray<AnnotationRemoval> Annotations { get; } =
    [
        new("NM-5", "kuma.io/mesh", V3_0, ChangesTraffic, "label kuma.io/mesh") { Consequence = "the proxy lands in mesh 'default'" },
        new("AN-1", "kuma.io/transparent-proxying-reachable-services", V3_0, ChangesTraffic, "kuma.io/reachable-backends")
        {
            Class = NeedsGraph, Decides = "what the names stand for", Consequence = "every service becomes reachable",
        },
        new("AN-2", "kuma.io/virtual-probes*", V3_0, Ignored, "kuma.io/application-probe-proxy-port"),
        new("AN-3", "kuma.io/builtin-dns*", V3_0, Ignored, "the transparent proxy configuration"),
        new("AN-3", "kuma.io/builtindns*", V3_0, Ignored, "the transparent proxy configuration"),
        new("AN-4", "prometheus.metrics.kuma.io/*", V3_0, Ignored, "MeshMetric") { Consequence = "metrics are no longer scraped" },
        new(
            "AN-5", "traffic.kuma.io/exclude-outbound-tcp-ports-for-uids", V2_9, ChangesTraffic,
            "traffic.kuma.io/exclude-outbound-ports-for-uids"),
        new(
            "AN-5", "traffic.kuma.io/exclude-outbound-udp-ports-for-uids", V2_9, ChangesTraffic,
            "traffic.kuma.io/exclude-outbound-ports-for-uids"),
        new("AN-6", "kuma.io/transparent-proxying-inbound-v6-port", V2_9, Ignored, "kuma.io/transparent-proxying-ip-family-mode"),
        new("ZP-4", "kuma.io/ingress*", V3_0, ChangesTraffic, "Service label k8s.kuma.io/zone-proxy-type: ingress")
        {
            Consequence = "the Pod is no zone proxy any more",
        },
        new("ZP-4", "kuma.io/egress*", V3_0, ChangesTraffic, "Service label k8s.kuma.io/zone-proxy-type: egress")
        {
            Consequence = "the Pod is no zone proxy any more",
        },
    ];

    private static bool IsOneMesh(Node from) => from.Count == 1 && IsMeshOrNothing(PolicySpec.TargetOf(from[0]));

    private static bool IsMeshOrNothing(TargetRef target) => target.KindNode.AsString() is null or "Mesh";

    private static Removal Kind(
        string id, string kind, RewriteClass rewriteClass, string replacement, string decides, string consequence) =>
        new(id, kind, "", rewriteClass, V3_0, NotParsed, $"kind {kind}", replacement) { Decides = decides, Consequence = consequence };

    private static IEnumerable<Removal> OpenTelemetryEndpoints(string kinds, string path) =>
    [
        new("PO-8", kinds, path, NeedsGraph, V3_0, Refused, "an OpenTelemetry endpoint", "a MeshOpenTelemetryBackend and backendRef")
        {
            ReplacementSince = V2_14,
            Decides = "backends shared by endpoint",
            Consequence = "what is stored already sends no telemetry",
            When = static (n, _) => n.AsString() is { Length: > 0 },
        },
    ];
}
