using MeshLint.Kuma.Admission.Validators.Policies;

namespace MeshLint.Kuma.Admission;

internal static partial class ValidatorCatalog
{
    private static KindValidator? FindPolicy(string kind) => kind switch
    {
        "MeshAccessLog" => MeshAccessLogValidator.Validate,
        "MeshCircuitBreaker" => MeshCircuitBreakerValidator.Validate,
        "MeshFaultInjection" => MeshFaultInjectionValidator.Validate,
        "MeshHealthCheck" => MeshHealthCheckValidator.Validate,
        "MeshHTTPRoute" => MeshHTTPRouteValidator.Validate,
        "MeshLoadBalancingStrategy" => MeshLoadBalancingStrategyValidator.Validate,
        "MeshMetric" => MeshMetricValidator.Validate,
        "MeshPassthrough" => MeshPassthroughValidator.Validate,
        "MeshProxyPatch" => MeshProxyPatchValidator.Validate,
        "MeshRateLimit" => MeshRateLimitValidator.Validate,
        "MeshRetry" => MeshRetryValidator.Validate,
        "MeshTCPRoute" => MeshTCPRouteValidator.Validate,
        "MeshTimeout" => MeshTimeoutValidator.Validate,
        "MeshTLS" => MeshTLSValidator.Validate,
        "MeshTrace" => MeshTraceValidator.Validate,
        "MeshTrafficPermission" => MeshTrafficPermissionValidator.Validate,
        _ => null,
    };

    private static KindValidator? FindPolicyDeprecations(string kind) => kind switch
    {
        "MeshAccessLog" => PolicyDeprecations.MeshAccessLog,
        "MeshFaultInjection" => PolicyDeprecations.MeshFaultInjection,
        "MeshHealthCheck" => PolicyDeprecations.MeshHealthCheck,
        "MeshLoadBalancingStrategy" => PolicyDeprecations.MeshLoadBalancingStrategy,
        "MeshMetric" or "MeshTrace" => PolicyDeprecations.Telemetry,
        "MeshRateLimit" => PolicyDeprecations.MeshRateLimit,
        "MeshTrafficPermission" => PolicyDeprecations.MeshTrafficPermission,
        "MeshCircuitBreaker" or "MeshTimeout" or "MeshTLS" => PolicyDeprecations.Inbound,
        "MeshHTTPRoute" or "MeshProxyPatch" or "MeshRetry" or "MeshTCPRoute" => PolicyDeprecations.TopLevel,
        _ => null,
    };
}
