namespace MeshLint.Kuma.Topology.Building;

/// <summary>Protocol names as a control plane parses them (kuma: pkg/core/metadata/protocol.go).</summary>
internal static class Protocols
{
    public const string Tcp = "tcp";

    /// <summary>The protocol in lower case, or null where the version does not know it.</summary>
    public static string? Parse(string text, KumaVersion version) => text.ToLowerInvariant() switch
    {
        "http" => "http",
        "http2" => "http2",
        "tcp" => "tcp",
        "tls" => "tls",
        "grpc" => "grpc",
        "kafka" when version.Behaviour.KafkaProtocol => "kafka",
        "mysql" when version.Behaviour.MysqlProtocol => "mysql",
        _ => null,
    };

    /// <summary>Whether 3.0 takes it as a MeshService port's <c>appProtocol</c>.</summary>
    public static bool IsServiceProtocol(string protocol) => protocol is "tcp" or "http" or "http2" or "grpc";
}
