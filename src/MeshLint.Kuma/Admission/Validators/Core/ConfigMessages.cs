using MeshLint.Kuma.Schemas;

namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>
/// The messages that a control plane reads a Mesh backend's <c>conf</c> as
/// (kuma: api/mesh/v1alpha1/{mesh,metrics}.proto, api/system/v1alpha1/datasource.proto, pkg/plugins/ca); the same in all 2.x lines.
/// </summary>
internal static class ConfigMessages
{
    public static readonly ProtoMessage FileLogging = Message("FileLoggingBackendConfig", Field("path", ProtoType.String));

    public static readonly ProtoMessage TcpLogging = Message("TcpLoggingBackendConfig", Field("address", ProtoType.String));

    public static readonly ProtoMessage Datadog = Message(
        "DatadogTracingBackendConfig", Field("address", ProtoType.String), Field("port", ProtoType.UInt32),
        Field("splitService", ProtoType.Bool));

    public static readonly ProtoMessage Zipkin = Message(
        "ZipkinTracingBackendConfig",
        Field("url", ProtoType.String),
        Field("traceId128bit", ProtoType.Bool),
        Field("apiVersion", ProtoType.String),
        Field("sharedSpanContext", ProtoType.BoolValue));

    public static readonly ProtoMessage Prometheus = Message(
        "PrometheusMetricsBackendConfig",
        Field("port", ProtoType.UInt32),
        Field("path", ProtoType.String),
        Field("tags", ProtoType.Map),
        Field("skipMTLS", ProtoType.BoolValue),
        Field("aggregate", Message(
            "PrometheusAggregateMetricsConfig",
            Field("name", ProtoType.String),
            Field("port", ProtoType.UInt32),
            Field("path", ProtoType.String),
            Field("enabled", ProtoType.BoolValue),
            Field("address", ProtoType.String)), isRepeated: true),
        Field("envoy", Message("PrometheusEnvoyConfig", Field("filterRegex", ProtoType.String), Field("usedOnly", ProtoType.BoolValue))),
        Field("tls", Message(
            "PrometheusTlsConfig",
            Field(
                "mode",
                new ProtoEnum(
                    "kuma.mesh.v1alpha1.PrometheusTlsConfig.Mode", [("activeMTLSBackend", 0), ("providedTLS", 1), ("disabled", 2)])))));

    public static readonly ProtoMessage BuiltinAuthority = Message(
        "BuiltinCertificateAuthorityConfig",
        Field("caCert", Message("CaCert", Field("RSAbits", ProtoType.UInt32Value), Field("expiration", ProtoType.String))));

    private static readonly ProtoMessage DataSource = Message(
        "DataSource",
        Field("secret", ProtoType.String),
        Field("file", ProtoType.String),
        Field("inline", ProtoType.BytesValue),
        Field("inlineString", ProtoType.String));

    public static readonly ProtoMessage ProvidedAuthority =
        Message("ProvidedCertificateAuthorityConfig", Field("cert", DataSource), Field("key", DataSource));

    private static ProtoMessage Message(string name, params ReadOnlySpan<ProtoField> fields) => new(name, [.. fields]);

    private static ProtoField Field(string name, ProtoType type) => Field(name, type, null, null, isRepeated: false);

    private static ProtoField Field(string name, ProtoMessage message, bool isRepeated = false) =>
        Field(name, ProtoType.Message, message, null, isRepeated);

    private static ProtoField Field(string name, ProtoEnum values) => Field(name, ProtoType.Enum, null, values, isRepeated: false);

    private static ProtoField Field(string name, ProtoType type, ProtoMessage? message, ProtoEnum? values, bool isRepeated) =>
        new(() => message, () => values) { Index = 0, ProtoName = name, JsonName = name, Type = type, IsRepeated = isRepeated, Oneof = "" };
}
