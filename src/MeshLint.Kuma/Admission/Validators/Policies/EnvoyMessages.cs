
namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>How often a field holds its type.</summary>
internal enum EnvoyShape
{
    One,
    List,
    Map,
}

/// <summary>Type of a field of an Envoy message, as far as JSON tells types apart. Wrapper messages read as what they wrap.</summary>
internal enum EnvoyType
{
    Message,
    String,
    Bool,
    UInt32,
    UInt64,
    Duration,
    Enum,
    Any,
}

/// <summary>A field of an Envoy message.</summary>
/// <param name="Name">Its protobuf name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Shape">One, a list or a map of it.</param>
internal sealed record EnvoyField(string Name, EnvoyType Type, EnvoyShape Shape)
{
    /// <summary>Full name of the enum.</summary>
    public string EnumType { get; init; } = "";

    public ImmutableArray<string> EnumNames { get; init; } = [];
}

/// <summary>An Envoy message: its fields in order of declaration, and what its own validation refuses of a complete one.</summary>
internal sealed record EnvoyMessage(ImmutableArray<EnvoyField> Fields, Func<Node, string?> Rules);

/// <summary>
/// The messages that a MeshProxyPatch can add or patch (Envoy API v3: config/cluster, config/listener, config/route,
/// http_connection_manager).
/// </summary>
internal static class EnvoyMessages
{
    public static EnvoyMessage Of(string modification) => modification switch
    {
        "cluster" => Cluster.Value,
        "listener" => Listener.Value,
        "virtualHost" => VirtualHost.Value,
        "networkFilter" => NetworkFilter.Value,
        _ => HttpFilter.Value,
    };

    private static readonly Lazy<EnvoyMessage> Cluster = new(static () => new(
        [
            .. Fields(EnvoyType.Message, EnvoyShape.List, "transport_socket_matches"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "transport_socket_matcher"),
            .. Fields(EnvoyType.String, EnvoyShape.One, "name alt_stat_name"),
            Enum("type", "envoy.config.cluster.v3.Cluster.DiscoveryType", "STATIC STRICT_DNS LOGICAL_DNS EDS ORIGINAL_DST"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "cluster_type eds_cluster_config"),
            .. Fields(EnvoyType.Duration, EnvoyShape.One, "connect_timeout"),
            .. Fields(EnvoyType.UInt32, EnvoyShape.One, "per_connection_buffer_limit_bytes"),
            Enum(
                "lb_policy",
                "envoy.config.cluster.v3.Cluster.LbPolicy",
                "ROUND_ROBIN LEAST_REQUEST RING_HASH RANDOM MAGLEV CLUSTER_PROVIDED LOAD_BALANCING_POLICY_CONFIG"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "load_assignment"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "health_checks"),
            .. Fields(EnvoyType.UInt32, EnvoyShape.One, "max_requests_per_connection"),
            .. Fields(
                EnvoyType.Message,
                EnvoyShape.One,
                "circuit_breakers upstream_http_protocol_options common_http_protocol_options http_protocol_options "
                    + "http2_protocol_options"),
            .. Fields(EnvoyType.Any, EnvoyShape.Map, "typed_extension_protocol_options"),
            .. Fields(EnvoyType.Duration, EnvoyShape.One, "dns_refresh_rate dns_jitter"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "dns_failure_refresh_rate"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "respect_dns_ttl"),
            Enum("dns_lookup_family", "envoy.config.cluster.v3.Cluster.DnsLookupFamily", "AUTO V4_ONLY V6_ONLY V4_PREFERRED ALL"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "dns_resolvers"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "use_tcp_for_dns_lookups"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "dns_resolution_config typed_dns_resolver_config"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "wait_for_warm_on_init"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "outlier_detection"),
            .. Fields(EnvoyType.Duration, EnvoyShape.One, "cleanup_interval"),
            .. Fields(
                EnvoyType.Message,
                EnvoyShape.One,
                "upstream_bind_config lb_subset_config ring_hash_lb_config maglev_lb_config original_dst_lb_config "
                    + "least_request_lb_config round_robin_lb_config "
                + "common_lb_config transport_socket metadata"),
            Enum(
                "protocol_selection",
                "envoy.config.cluster.v3.Cluster.ClusterProtocolSelection",
                "USE_CONFIGURED_PROTOCOL USE_DOWNSTREAM_PROTOCOL"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "upstream_connection_options"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "close_connections_on_host_health_failure ignore_health_on_host_removal"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "filters"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "load_balancing_policy lrs_server"),
            .. Fields(EnvoyType.String, EnvoyShape.List, "lrs_report_endpoint_metrics"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "track_timeout_budgets"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "upstream_config track_cluster_stats preconnect_policy"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "connection_pool_per_downstream_connection"),
        ],
        static root =>
            MissingName(root, "Cluster")
                ?? (IsPositive(root, "connect_timeout") ? null : "invalid Cluster.ConnectTimeout: value must be greater than 0s")));

    private static readonly Lazy<EnvoyMessage> Listener = new(static () => new(
        [
            .. Fields(EnvoyType.String, EnvoyShape.One, "name"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "address"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "additional_addresses"),
            .. Fields(EnvoyType.String, EnvoyShape.One, "stat_prefix"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "filter_chains"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "filter_chain_matcher"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "use_original_dst"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "default_filter_chain"),
            .. Fields(EnvoyType.UInt32, EnvoyShape.One, "per_connection_buffer_limit_bytes"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "metadata deprecated_v1"),
            Enum("drain_type", "envoy.config.listener.v3.Listener.DrainType", "DEFAULT MODIFY_ONLY"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "listener_filters"),
            .. Fields(EnvoyType.Duration, EnvoyShape.One, "listener_filters_timeout"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "continue_on_listener_filters_timeout transparent freebind"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "socket_options"),
            .. Fields(EnvoyType.UInt32, EnvoyShape.One, "tcp_fast_open_queue_length"),
            Enum("traffic_direction", "envoy.config.core.v3.TrafficDirection", "UNSPECIFIED INBOUND OUTBOUND"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "udp_listener_config api_listener connection_balance_config"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "reuse_port enable_reuse_port"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "access_log"),
            .. Fields(EnvoyType.UInt32, EnvoyShape.One, "tcp_backlog_size max_connections_to_accept_per_socket_event"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "bind_to_port"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "internal_listener"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "enable_mptcp ignore_global_conn_limit bypass_overload_manager"),
        ],
        static _ => null));

    private static readonly Lazy<EnvoyMessage> VirtualHost = new(static () => new(
        [
            .. Fields(EnvoyType.String, EnvoyShape.One, "name"),
            .. Fields(EnvoyType.String, EnvoyShape.List, "domains"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "routes"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "matcher"),
            Enum("require_tls", "envoy.config.route.v3.VirtualHost.TlsRequirementType", "NONE EXTERNAL_ONLY ALL"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "virtual_clusters rate_limits request_headers_to_add"),
            .. Fields(EnvoyType.String, EnvoyShape.List, "request_headers_to_remove"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "response_headers_to_add"),
            .. Fields(EnvoyType.String, EnvoyShape.List, "response_headers_to_remove"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "cors"),
            .. Fields(EnvoyType.Any, EnvoyShape.Map, "typed_per_filter_config"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "include_request_attempt_count include_attempt_count_in_response"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "retry_policy"),
            .. Fields(EnvoyType.Any, EnvoyShape.One, "retry_policy_typed_config"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "hedge_policy"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "include_is_timeout_retry_header"),
            .. Fields(EnvoyType.UInt32, EnvoyShape.One, "per_request_buffer_limit_bytes"),
            .. Fields(EnvoyType.Message, EnvoyShape.List, "request_mirror_policies"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "metadata"),
        ],
        static root => MissingName(root, "VirtualHost")
            ?? (EnvoyResource.Value(root, "domains").Count == 0 ? "invalid VirtualHost.Domains: value must contain at least 1 item(s)" : null)));

    private static readonly Lazy<EnvoyMessage> NetworkFilter = new(static () => new(
        [
            .. Fields(EnvoyType.String, EnvoyShape.One, "name"),
            .. Fields(EnvoyType.Any, EnvoyShape.One, "typed_config"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "config_discovery"),
        ],
        static root => MissingName(root, "Filter")));

    private static readonly Lazy<EnvoyMessage> HttpFilter = new(static () => new(
        [
            .. Fields(EnvoyType.String, EnvoyShape.One, "name"),
            .. Fields(EnvoyType.Any, EnvoyShape.One, "typed_config"),
            .. Fields(EnvoyType.Message, EnvoyShape.One, "config_discovery"),
            .. Fields(EnvoyType.Bool, EnvoyShape.One, "is_optional disabled"),
        ],
        static root => MissingName(root, "HttpFilter")));

    private static IEnumerable<EnvoyField> Fields(EnvoyType type, EnvoyShape shape, string names) =>
        names.Split(' ').Select(name => new EnvoyField(name, type, shape));

    private static EnvoyField Enum(string name, string type, string names) =>
        new(name, EnvoyType.Enum, EnvoyShape.One) { EnumType = type, EnumNames = [.. names.Split(' ')] };

    private static string? MissingName(Node root, string message) =>
        EnvoyResource.Value(root, "name").Text is { Length: > 0 } ? null : $"invalid {message}.Name: value length must be at least 1 runes";

    private static bool IsPositive(Node root, string name) =>
        EnvoyResource.Value(root, name).AsString() is not { } text || (GoDuration.Parse(text, out var value) is null && value > 0);
}
