using System.Globalization;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>What reading an annotation gave.</summary>
/// <param name="Value">The value, or the default.</param>
/// <param name="Exists">The annotation is there.</param>
/// <param name="Error">The control plane's words for a value that it cannot read, or null.</param>
internal readonly record struct AnnotationValue<T>(T Value, bool Exists, string? Error);

/// <summary>Annotations that Kuma reads and how it reads them (kuma: pkg/plugins/runtime/k8s/metadata/annotations.go).</summary>
internal static class KumaAnnotations
{
    public const string Mesh = "kuma.io/mesh";
    public const string Gateway = "kuma.io/gateway";
    public const string Ingress = "kuma.io/ingress";
    public const string Egress = "kuma.io/egress";
    public const string Tags = "kuma.io/tags";
    public const string IngressPublicAddress = "kuma.io/ingress-public-address";
    public const string IngressPublicPort = "kuma.io/ingress-public-port";
    public const string DirectAccess = "kuma.io/direct-access-services";
    public const string VirtualProbes = "kuma.io/virtual-probes";
    public const string VirtualProbesPort = "kuma.io/virtual-probes-port";
    public const string ProbeProxyPort = "kuma.io/application-probe-proxy-port";
    public const string SidecarInjected = "kuma.io/sidecar-injected";
    public const string Ignore = "kuma.io/ignore";
    public const string SidecarUid = "kuma.io/sidecar-uid";
    public const string AdminPort = "kuma.io/envoy-admin-port";
    public const string TransparentProxying = "kuma.io/transparent-proxying";
    public const string InboundPort = "kuma.io/transparent-proxying-inbound-port";
    public const string OutboundPort = "kuma.io/transparent-proxying-outbound-port";
    public const string IpFamilyMode = "kuma.io/transparent-proxying-ip-family-mode";
    public const string ReachableServices = "kuma.io/transparent-proxying-reachable-services";
    public const string ReachableBackends = "kuma.io/reachable-backends";
    public const string TransparentProxyConfig = "traffic.kuma.io/transparent-proxy-config";
    public const string ExcludeInboundPorts = "traffic.kuma.io/exclude-inbound-ports";
    public const string ExcludeOutboundPorts = "traffic.kuma.io/exclude-outbound-ports";
    public const string DropInvalidPackets = "traffic.kuma.io/drop-invalid-packets";
    public const string IptablesLogs = "traffic.kuma.io/iptables-logs";
    public const string Ebpf = "kuma.io/transparent-proxying-ebpf";
    public const string BuiltinDns = "kuma.io/builtin-dns";
    public const string BuiltinDnsPort = "kuma.io/builtin-dns-port";
    public const string BuiltinDnsLogging = "kuma.io/builtin-dns-logging";
    public const string InitFirst = "kuma.io/init-first";
    public const string WaitForDataplane = "kuma.io/wait-for-dataplane-ready";
    public const string SidecarEnvVars = "kuma.io/sidecar-env-vars";
    public const string SidecarConcurrency = "kuma.io/sidecar-proxy-concurrency";
    public const string SpireSupport = "k8s.kuma.io/spire-support";
    public const string PrometheusPort = "prometheus.metrics.kuma.io/port";
    public const string PrometheusPath = "prometheus.metrics.kuma.io/path";
    public const string PrometheusAggregatePrefix = "prometheus.metrics.kuma.io/aggregate-";

    /// <summary>true/yes/enabled or false/no/disabled.</summary>
    public static AnnotationValue<bool> Enabled(Dictionary<string, string> map, string key) =>
        map.TryGetValue(key, out var text) ? ParseEnabled(key, text) : default;

    /// <summary>Reads one value as <see cref="Enabled"/> does.</summary>
    public static AnnotationValue<bool> ParseEnabled(string key, string text) => text switch
    {
        "true" or "yes" or "enabled" => new(true, true, null),
        "false" or "no" or "disabled" => new(false, true, null),
        _ => new(false, true, $"annotation \"{key}\" has wrong value \"{text}\""),
    };

    /// <summary>true/yes or false/no.</summary>
    public static AnnotationValue<bool> Boolean(Dictionary<string, string> map, string key)
    {
        if (!map.TryGetValue(key, out var text))
            return default;
        return text switch
        {
            "true" or "yes" => new(true, true, null),
            "false" or "no" => new(false, true, null),
            _ => new(false, true, $"annotation \"{key}\" has wrong value \"{text}\""),
        };
    }

    public static AnnotationValue<uint> UInt32(Dictionary<string, string> map, string key)
    {
        if (!map.TryGetValue(key, out var text))
            return default;
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? new(value, true, null)
                : new(0, true, $"failed to parse annotation {Quote(key)}: strconv.ParseUint: parsing {Quote(text)}: value out of range");
        }

        return new(0, true, $"failed to parse annotation {Quote(key)}: strconv.ParseUint: parsing {Quote(text)}: invalid syntax");
    }

    /// <summary>A comma-separated list without its empty items.</summary>
    public static ImmutableArray<string> List(string text) => [.. text.Split(',').Where(static item => item.Length > 0)];

    /// <summary>Quotes a string as Go's %q does for what can stand in an annotation.</summary>
    public static string Quote(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }
}
