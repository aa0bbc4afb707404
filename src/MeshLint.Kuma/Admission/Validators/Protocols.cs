namespace MeshLint.Kuma.Admission.Validators;

/// <summary>The application protocols that Kuma knows (kuma: pkg/core/metadata/protocol.go).</summary>
internal static class Protocols
{
    /// <summary>Whether the text names a protocol, without regard to case.</summary>
    public static bool IsKnown(string text, KumaVersion version) => text.ToLowerInvariant() switch
    {
        "http" or "http2" or "tcp" or "tls" or "grpc" => true,
        "kafka" => version.Behaviour.KafkaProtocol,
        "mysql" => version.Behaviour.MysqlProtocol,
        _ => false,
    };

    /// <summary>The protocols named in messages, in their order.</summary>
    public static ImmutableArray<string> Supported(KumaVersion version) =>
        version.Behaviour.KafkaProtocol ? ["grpc", "http", "http2", "kafka", "tcp"] : ["grpc", "http", "http2", "tcp"];

    /// <summary>The clause that closes messages about an unknown protocol.</summary>
    public static string AllowedValues(KumaVersion version) => "Allowed values: " + string.Join(", ", Supported(version));
}
