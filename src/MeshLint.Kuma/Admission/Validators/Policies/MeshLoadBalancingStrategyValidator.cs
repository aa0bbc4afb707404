using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshloadbalancingstrategy/api/v1alpha1/validator.go.</summary>
internal static class MeshLoadBalancingStrategyValidator
{
    private const string OnlyHashPolicies = "field is not allowed when targetRef.kind is MeshHTTPRoute, only hashPolicies is supported";
    private const string AlreadyInRoot = "hashPolicies already specified in the root level";

    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var to = spec["to"];
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshGateway | MeshService | MeshServiceSubset | Dataplane);
        to.ReportIf(!v.Behaviour.ToMayBeEmpty && to.Count == 0, Messages.NeedsOneItem);
        foreach (var item in to.Items)
        {
            ValidateTarget(spec, item);
            ValidateConf(item["default"], item["targetRef"]);
        }
    }

    private static void ValidateTarget(Field spec, Field item)
    {
        var kinds = Mesh | MeshService | MeshMultiZoneService;
        string? unsupported = null;
        if (spec.Behaviour.LoadBalancingForExternal)
        {
            kinds |= MeshExternalService | MeshHTTPRoute;
        }
        else if (PolicyParts.TopKind(spec) != MeshGateway)
        {
            if (spec.Behaviour.LoadBalancingForRoutes)
                kinds |= MeshHTTPRoute;
        }
        else if (item["default"]["loadBalancer"].IsSet)
        {
            kinds = Mesh;
            // Kuma names the top-level kind here, not the kind that it refuses.
            unsupported = $"{TargetRefCheck.Unsupported("MeshGateway", spec.Version)}, only Mesh is allowed if loadBalancer is set";
        }

        PolicyParts.ValidateTo(spec, item["targetRef"], kinds, spec.Behaviour.LoadBalancingForExternal, unsupported);
    }

    private static void ValidateConf(Field conf, Field target)
    {
        var loadBalancer = conf["loadBalancer"];
        var localityAwareness = conf["localityAwareness"];
        var hashPolicies = conf.Where(conf.Behaviour.HashPolicies, "hashPolicies");
        if (conf.Behaviour.HashPolicies && target["kind"].Text == "MeshHTTPRoute")
        {
            ValidateHashPolicies(hashPolicies);
            loadBalancer.ReportIf(loadBalancer.IsSet, OnlyHashPolicies);
            localityAwareness.ReportIf(localityAwareness.IsSet, OnlyHashPolicies);
            return;
        }

        ValidateLoadBalancer(loadBalancer);
        ValidateLocalZone(localityAwareness["localZone"]);
        ValidateCrossZone(localityAwareness["crossZone"], target);
        ValidateHashPolicies(hashPolicies);

        foreach (var key in (ReadOnlySpan<string>)["ringHash", "maglev"])
        {
            var nested = loadBalancer[key].Where(loadBalancer.Behaviour.NestedHashPolicies, "hashPolicies");
            nested.ReportIf(hashPolicies.IsSet && nested.IsSet, AlreadyInRoot);
        }
    }

    private static void ValidateLoadBalancer(Field loadBalancer)
    {
        switch (loadBalancer["type"].Text)
        {
            case "RingHash":
                ValidateHashPolicies(loadBalancer["ringHash"].Where(loadBalancer.Behaviour.NestedHashPolicies, "hashPolicies"));
                break;
            case "Maglev":
                ValidateHashPolicies(loadBalancer["maglev"].Where(loadBalancer.Behaviour.NestedHashPolicies, "hashPolicies"));
                break;
            case "LeastRequest":
                var bias = loadBalancer["leastRequest"]["activeRequestBias"];
                if (!Checks.TryDecimal(bias, out var value))
                    bias.Report(Messages.ValidNumber);
                else
                    bias.ReportIf(value.Sign < 0, "must be greater or equal then: 0");
                break;
        }
    }

    private static void ValidateLocalZone(Field localZone)
    {
        var tags = localZone["affinityTags"];
        var weights = 0;
        foreach (var tag in tags.Items)
        {
            tag["key"].ReportIf(tag["key"].Text.Length == 0, Messages.MustNotBeEmpty);
            if (!tag["weight"].IsSet)
                continue;
            Checks.IntegerGreaterThanZero(tag["weight"]);
            weights++;
        }

        tags.ReportIf(weights > 0 && weights != tags.Count, "all or none affinity tags should have weight");
    }

    private static void ValidateCrossZone(Field crossZone, Field target)
    {
        if (!crossZone.IsSet)
            return;
        crossZone.ReportIf(
            target["kind"].Text == "MeshService" && (target["sectionName"].Text.Length > 0 || target["labels"].Count > 0),
            "must not be set: MeshService traffic is local");

        foreach (var failover in crossZone["failover"].Items)
            ValidateFailover(failover);

        var threshold = crossZone["failoverThreshold"];
        if (threshold.IsSet)
            Checks.Percentage(threshold["percentage"], allowZero: false);
    }

    private static void ValidateFailover(Field failover)
    {
        var from = failover["from"];
        if (from.IsSet)
        {
            from["zones"].ReportIf(from["zones"].Count == 0, Messages.MustNotBeEmpty);
            foreach (var zone in from["zones"].Items)
                zone.ReportIf(zone.Text.Length == 0, Messages.MustNotBeEmpty);
        }

        var type = failover["to"]["type"];
        var zones = failover["to"]["zones"];
        switch (type.Text)
        {
            case "Any" or "None":
                zones.ReportIf(zones.Count > 0, $"must be empty when type is {type.Text}");
                break;
            case "AnyExcept" or "Only":
                zones.ReportIf(zones.Count == 0, $"must not be empty when type is {type.Text}");
                break;
            default:
                type.Report("unrecognized type");
                break;
        }
    }

    private static void ValidateHashPolicies(Field policies)
    {
        foreach (var policy in policies.Items)
        {
            switch (policy["type"].Text)
            {
                case "Header":
                    Require(policy["header"]);
                    break;
                case "Cookie":
                    Require(policy["cookie"]);
                    var path = policy["cookie"]["path"];
                    path.ReportIf(path.IsSet && !path.Text.StartsWith('/'), "must be an absolute path");
                    break;
                case "QueryParameter":
                    Require(policy["queryParameter"]);
                    break;
                case "FilterState":
                    Require(policy["filterState"]);
                    break;
                case "Connection":
                case "SourceIP" when policy.Behaviour.SourceIpHash:
                    Require(policy["connection"]);
                    break;
                default:
                    policy["type"].ReportIf(policy.Behaviour.HashPolicyTypesChecked, "unrecognized type");
                    break;
            }
        }
    }

    private static void Require(Field field) => field.ReportIf(!field.IsSet, Messages.MustBeDefined);
}
