
namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/circuit_breaker_validator.go.</summary>
internal static class CircuitBreakerValidator
{
    private static readonly ImmutableArray<string> Detectors =
    [
        "totalErrors", "gatewayErrors", "localErrors", "standardDeviation", "failure",
    ];

    private static readonly ImmutableArray<string> Thresholds = ["maxConnections", "maxPendingRequests", "maxRetries", "maxRequests"];

    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "sources", TagRules.AnyTagWithService);
        TagCheck.Selectors(v, "destinations", TagRules.ServiceOnly);
        var conf = v.Spec["conf"];
        var hasDetectors = Detectors.Any(d => conf["detectors"][d].IsSet());
        var hasThresholds = Thresholds.Any(t => conf["thresholds"][t].IsSet());
        if (!hasDetectors && !hasThresholds)
        {
            v.Report(v.Spec, "conf", "must have at least one of the detector or threshold configured");
            return;
        }

        if (conf["detectors"].IsSet() && !hasDetectors)
            v.Report(conf, "detectors", "can't be empty");
        CheckPercentage(v, conf, "maxEjectionPercent");
        CheckPercentage(v, conf["detectors"]["failure"], "threshold");
        if (conf["thresholds"].IsSet() && !hasThresholds)
            v.Report(conf, "thresholds", "can't be empty");
    }

    private static void CheckPercentage(Validation v, Node parent, string field)
    {
        if (parent[field].Int() > 100)
            v.Report(parent, field, LegacyMessages.PercentageRange);
    }
}
