using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshcircuitbreaker/api/v1alpha1/validator.go.</summary>
internal static class MeshCircuitBreakerValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var to = spec["to"];
        var from = PolicyParts.From(spec);
        var rules = spec.Where(v.Behaviour.InboundRules, "rules");

        PolicyParts.ValidateTop(
            v, spec, Mesh | MeshSubset | MeshService | MeshGateway | MeshServiceSubset | Dataplane,
            inbound: PolicyParts.AffectsInbounds(rules, from));
        spec.ReportIf(rules.Count == 0 && to.Count == 0 && from.Count == 0, PolicyParts.NeedsOnePart(v.Version));
        spec.ReportIf(
            v.Behaviour.FromArrays && rules.Count > 0 && (to.Count > 0 || from.Count > 0),
            "fields 'to' and 'from' must be empty when 'rules' is defined");

        // Kuma reports what it finds in 'rules' under the path of 'from'.
        var index = 0;
        foreach (var rule in rules.Items)
            ValidateDefault(rule["default"].Named($"spec.from[{index++}].default"));

        foreach (var item in from.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh));
            ValidateDefault(item["default"]);
        }

        foreach (var item in to.Items)
        {
            PolicyParts.ValidateTo(
                spec, item["targetRef"], Mesh | MeshService | MeshExternalService | MeshMultiZoneService,
                v.Behaviour.ToMeshExternalService);
            ValidateDefault(item["default"]);
        }
    }

    private static void ValidateDefault(Field conf)
    {
        var limits = conf["connectionLimits"];
        var outlierDetection = conf["outlierDetection"];
        if (!limits.IsSet && !outlierDetection.IsSet)
        {
            conf.Report("at least one of: 'connectionLimits' or 'outlierDetection' should be configured");
            return;
        }

        foreach (var key in
            (ReadOnlySpan<string>)["maxConnections", "maxConnectionPools", "maxPendingRequests", "maxRetries", "maxRequests"])
            Checks.IntegerGreaterThanZeroOrNil(limits[key]);
        if (outlierDetection.IsSet)
            ValidateOutlierDetection(outlierDetection);
    }

    private static void ValidateOutlierDetection(Field outlierDetection)
    {
        Checks.DurationGreaterThanZeroOrNil(outlierDetection["interval"]);
        Checks.DurationGreaterThanZeroOrNil(outlierDetection["baseEjectionTime"]);
        Checks.WholePercentageOrNil(outlierDetection["maxEjectionPercent"]);
        Checks.PercentageOrNil(outlierDetection.Where(outlierDetection.Behaviour.OutlierPanicThreshold, "healthyPanicThreshold"));
        ValidateDetectors(outlierDetection["detectors"]);
    }

    private static void ValidateDetectors(Field detectors)
    {
        if (!detectors.IsSet)
        {
            detectors.Report(Messages.MustBeDefined);
            return;
        }

        var total = detectors["totalFailures"];
        var gateway = detectors["gatewayFailures"];
        var local = detectors["localOriginFailures"];
        var success = detectors["successRate"];
        var percentage = detectors["failurePercentage"];
        if (!total.IsSet && !gateway.IsSet && !local.IsSet && !success.IsSet && !percentage.IsSet)
        {
            detectors.Report(
                Messages.AtLeastOne("totalFailures", "gatewayFailures", "localOriginFailures", "successRate", "failurePercentage"));
            return;
        }

        Checks.IntegerGreaterThanZeroOrNil(total["consecutive"]);
        Checks.IntegerGreaterThanZeroOrNil(gateway["consecutive"]);
        Checks.IntegerGreaterThanZeroOrNil(local["consecutive"]);

        Checks.IntegerGreaterThanZeroOrNil(success["minimumHosts"]);
        Checks.IntegerGreaterThanZeroOrNil(success["requestVolume"]);
        var factor = success["standardDeviationFactor"];
        if (factor.IsSet)
        {
            if (!Checks.TryDecimal(factor, out var value))
                factor.Report("invalid number");
            else
                factor.ReportIf(value.Sign <= 0, Messages.GreaterThanZero);
        }

        Checks.IntegerGreaterThanZeroOrNil(percentage["minimumHosts"]);
        Checks.IntegerGreaterThanZeroOrNil(percentage["requestVolume"]);
        Checks.WholePercentageOrNil(percentage["threshold"]);
    }
}
