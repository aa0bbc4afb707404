using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>What policies say.</content>
public sealed partial class Behaviour
{
    public bool FromArrays { get; } = facts.Add(
        Policies, "Policies for inbound traffic have 'from', which selects clients by tags",
        Before(V3_0),
        "pkg/plugins/policies/meshtimeout/api/v1alpha1/meshtimeout.go",
        "UPGRADE.md 3.0.0: from removed from MeshTimeout (and MeshTLS, MeshCircuitBreaker, MeshAccessLog, MeshRateLimit, "
            + "MeshTrafficPermission)");

    public bool InboundRules { get; } = facts.Add(
        Policies, "MeshAccessLog, MeshCircuitBreaker, MeshRateLimit, MeshTimeout and MeshTLS have 'rules' for inbound traffic",
        Since(V2_10), "pkg/plugins/policies/meshtimeout/api/v1alpha1/meshtimeout.go", "UPGRADE.md 2.10.x: New Rules API");

    public bool PermissionRules { get; } = facts.Add(
        Policies, "MeshTrafficPermission has 'rules', which match SPIFFE IDs",
        Since(V2_12), "pkg/plugins/policies/meshtrafficpermission/api/v1alpha1/meshtrafficpermission.go", "CHANGELOG.md 2.12.0");

    public bool FaultInjectionRules { get; } = facts.Add(
        Policies, "MeshFaultInjection has 'rules'",
        Since(V2_13), "pkg/plugins/policies/meshfaultinjection/api/v1alpha1/meshfaultinjection.go", "CHANGELOG.md 2.13.0");

    public bool InboundMatches { get; } = facts.Add(
        Policies, "Rules of MeshAccessLog, MeshRateLimit and MeshTimeout have 'matches', and a match may name an SNI",
        Since(V2_14), "api/common/v1alpha1/match.go", "CHANGELOG.md 2.14.0");

    public bool FromDeprecatedForMatches { get; } = facts.Add(
        Policies, "'from' of MeshFaultInjection and MeshTrafficPermission is deprecated",
        Since(V2_14),
        "pkg/plugins/policies/meshtrafficpermission/api/v1alpha1/deprecated.go",
        "UPGRADE.md 3.0.0: MeshTrafficPermission.spec.from removed");

    public bool ToMeshExternalService { get; } = facts.Add(
        Policies, "MeshCircuitBreaker and MeshHealthCheck take a MeshExternalService as target under any top-level kind",
        Since(V2_14), "pkg/plugins/policies/meshcircuitbreaker/api/v1alpha1/validator.go");

    public bool ToMeshHTTPRoute { get; } = facts.Add(
        Policies, "MeshAccessLog, MeshRetry and MeshTimeout take a MeshHTTPRoute as target in 'to', also as a producer's item",
        Since(V2_11),
        "pkg/plugins/policies/meshtimeout/api/v1alpha1/validator.go",
        "UPGRADE.md 2.13.x (deprecation of the top-level kind MeshHTTPRoute)");

    public bool ToMayBeEmpty { get; } = facts.Add(
        Policies, "'to' of MeshLoadBalancingStrategy and MeshRetry may be empty",
        Since(V2_14), "pkg/plugins/policies/meshretry/api/v1alpha1/validator.go");

    public bool AccessLogRulesAlwaysChecked { get; } = facts.Add(
        Policies, "'rules' of a MeshAccessLog are checked where it has no 'from' too",
        Since(V2_14), "pkg/plugins/policies/meshaccesslog/api/v1alpha1/validator.go");

    public bool AttributeKeysChecked { get; } = facts.Add(
        Policies, "Keys of OpenTelemetry attributes are checked",
        Since(V2_14),
        "pkg/plugins/policies/meshaccesslog/api/v1alpha1/validator.go",
        "UPGRADE.md 2.14.x: MeshAccessLog OpenTelemetry attribute keys are now validated");

    public bool InlineEndpoint { get; } = facts.Add(
        Policies, "An OpenTelemetry backend may have an inline 'endpoint'",
        Before(V3_0),
        "pkg/plugins/policies/meshmetric/api/v1alpha1/meshmetric.go",
        "UPGRADE.md 3.0.0: MeshMetric OpenTelemetry backend no longer accepts an inline endpoint (and MeshAccessLog, MeshTrace)");

    public bool InlineEndpointDeprecated { get; } = facts.Add(
        Policies, "An inline 'endpoint' is taken with a warning",
        Since(V2_14, before: V3_0), "pkg/plugins/policies/meshmetric/api/v1alpha1/deprecated.go", "UPGRADE.md 2.14.x: Observability");

    public bool OutlierPanicThreshold { get; } = facts.Add(
        Policies, "Outlier detection of MeshCircuitBreaker has 'healthyPanicThreshold'",
        Since(V2_10), "pkg/plugins/policies/meshcircuitbreaker/api/v1alpha1/meshcircuitbreaker.go", "UPGRADE.md 2.10.x: MeshHealthCheck");

    public bool HealthCheckPanicThreshold { get; } = facts.Add(
        Policies, "MeshHealthCheck has 'healthyPanicThreshold'",
        Before(V3_0),
        "pkg/plugins/policies/meshhealthcheck/api/v1alpha1/meshhealthcheck.go",
        "UPGRADE.md 3.0.0: healthyPanicThreshold removed from MeshHealthCheck");

    public bool HealthCheckPanicThresholdDeprecated { get; } = facts.Add(
        Policies, "'healthyPanicThreshold' of MeshHealthCheck is taken with a warning",
        Since(V2_10, before: V3_0),
        "pkg/plugins/policies/meshhealthcheck/api/v1alpha1/deprecated.go", "UPGRADE.md 2.10.x: MeshHealthCheck");

    public bool LoadBalancingForRoutes { get; } = facts.Add(
        Policies, "MeshLoadBalancingStrategy takes a MeshHTTPRoute as target",
        Since(V2_12), "pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/validator.go");

    public bool LoadBalancingForExternal { get; } = facts.Add(
        Policies, "MeshLoadBalancingStrategy takes a MeshExternalService as target",
        Since(V3_0), "pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/validator.go");

    public bool HashPolicies { get; } = facts.Add(
        Policies, "MeshLoadBalancingStrategy has 'hashPolicies' beside 'loadBalancer'",
        Since(V2_12), "pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/meshloadbalancingstrategy.go");

    public bool NestedHashPolicies { get; } = facts.Add(
        Policies, "'hashPolicies' may stand in 'ringHash' and 'maglev'",
        Before(V3_0),
        "pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/meshloadbalancingstrategy.go",
        "UPGRADE.md 3.0.0: MeshLoadBalancingStrategy load-balancer-specific hashPolicies removed");

    public bool NestedHashPoliciesDeprecated { get; } = facts.Add(
        Policies, "'hashPolicies' in 'ringHash' and 'maglev' are taken with a warning",
        Since(V2_13, before: V3_0),
        "pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/deprecated.go",
        "UPGRADE.md 3.0.0: MeshLoadBalancingStrategy load-balancer-specific hashPolicies removed");

    public bool SourceIpHash { get; } = facts.Add(
        Policies, "Hash policies of type SourceIP are checked as Connection, with a warning",
        Since(V2_10, before: V3_0),
        "pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/validator.go", "UPGRADE.md 2.10.x: MeshLoadBalancingStrategy");

    public bool HashPolicyTypesChecked { get; } = facts.Add(
        Policies, "A hash policy of an unknown type is refused by the validator",
        Since(V3_0), "pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/validator.go");

    public bool WildcardDomainsChecked { get; } = facts.Add(
        Policies, "The part after '*.' of a MeshPassthrough domain must be a DNS name",
        Since(V2_14), "pkg/plugins/policies/meshpassthrough/api/v1alpha1/validator.go");

    public bool RateLimitStatusDeprecated { get; } = facts.Add(
        Policies, "An 'onRateLimit.status' below 400 is taken with a warning",
        Since(V2_12), "pkg/plugins/policies/meshratelimit/api/v1alpha1/deprecated.go");

    public bool BandwidthPath { get; } = facts.Add(
        Policies, "The path of a wrong response bandwidth is its own, not one that holds 'responseBandwidth' twice",
        Since(V2_13), "pkg/plugins/policies/meshfaultinjection/api/v1alpha1/validator.go");

    public TopLevelDeprecations TopLevelDeprecations { get; } = facts.Add(
        Policies, "Top-level kinds that are taken with a warning",
        By(TopLevelDeprecations.Service,
            (V2_10, TopLevelDeprecations.ServiceAndSubset),
            (V2_11, TopLevelDeprecations.TagsCalledSubset),
            (V2_13, TopLevelDeprecations.TagsAndRoutes),
            (V3_0, TopLevelDeprecations.None)),
        "api/common/v1alpha1/targetref.go", "UPGRADE.md 2.10.x: New kind Dataplane for targetRef in policies");
}
