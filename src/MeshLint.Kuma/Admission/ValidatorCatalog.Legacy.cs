using MeshLint.Kuma.Admission.Validators.Legacy;

namespace MeshLint.Kuma.Admission;

internal static partial class ValidatorCatalog
{
    // MeshGatewayConfig is never validated.
    private static KindValidator? FindLegacy(string kind) => kind switch
    {
        "CircuitBreaker" => CircuitBreakerValidator.Validate,
        "ExternalService" => ExternalServiceValidator.Validate,
        "FaultInjection" => FaultInjectionValidator.Validate,
        "HealthCheck" => HealthCheckValidator.Validate,
        "MeshGateway" => MeshGatewayValidator.Validate,
        "MeshGatewayInstance" => MeshGatewayInstanceValidator.Validate,
        "MeshGatewayRoute" => MeshGatewayRouteValidator.Validate,
        "ProxyTemplate" => ProxyTemplateValidator.Validate,
        "RateLimit" => RateLimitValidator.Validate,
        "Retry" => RetryValidator.Validate,
        "Timeout" => TimeoutValidator.Validate,
        "TrafficLog" => TrafficLogValidator.Validate,
        "TrafficPermission" => TrafficPermissionValidator.Validate,
        "TrafficRoute" => TrafficRouteValidator.Validate,
        "TrafficTrace" => TrafficTraceValidator.Validate,
        "VirtualOutbound" => VirtualOutboundValidator.Validate,
        _ => null,
    };
}
