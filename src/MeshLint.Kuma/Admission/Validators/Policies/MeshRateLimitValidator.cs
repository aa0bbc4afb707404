using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshratelimit/api/v1alpha1/validator.go.</summary>
internal static class MeshRateLimitValidator
{
    /// <summary>Shorter intervals are refused, in nanoseconds.</summary>
    private const long ShortestInterval = 50_000_000;

    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var to = spec["to"];
        var from = PolicyParts.From(spec);
        var rules = spec.Where(v.Behaviour.InboundRules, "rules");

        spec.ReportIf(
            rules.Count > 0 && (to.Count > 0 || from.Count > 0),
            v.Behaviour.FromArrays
                ? "fields 'to' and 'from' must be empty when 'rules' is defined"
                : "field 'to' must be empty when 'rules' is defined");
        spec.ReportIf(!v.Behaviour.FromArrays && rules.Count == 0 && to.Count == 0, PolicyParts.NeedsOnePart(v.Version));
        PolicyParts.ValidateTop(
            v,
            spec,
            Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane,
            MeshGateway | MeshHTTPRoute,
            PolicyParts.AffectsInbounds(rules, from));

        if (rules.Count > 0 && PolicyParts.IncludesGateways(spec))
            rules.Report(Messages.MustNotBeDefined);
        else
            ValidateRules(rules);

        if (PolicyParts.AllowsFrom(spec, from))
            ValidateItems(from);
        if (PolicyParts.AllowsGatewayTo(spec))
            ValidateItems(to);
    }

    private static void ValidateRules(Field rules)
    {
        foreach (var rule in rules.Items)
        {
            MatchCheck.ValidateFilled(rule.Where(rule.Behaviour.InboundMatches, "matches"), rule["default"]["local"]["tcp"]);
            ValidateDefault(rule["default"]);
        }
    }

    private static void ValidateItems(Field items)
    {
        foreach (var item in items.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh));
            ValidateDefault(item["default"]);
        }
    }

    private static void ValidateDefault(Field conf)
    {
        var local = conf["local"];
        if (!local.IsSet)
        {
            local.Report(Messages.MustBeDefined);
            return;
        }

        var http = local["http"];
        var tcp = local["tcp"];
        local.ReportIf(!tcp.IsSet && !http.IsSet, Messages.AtLeastOne("tcp", "http"));
        if (http.IsSet)
            ValidateHttp(http);
        if (tcp.IsSet)
            ValidateTcp(tcp);
    }

    private static void ValidateHttp(Field http)
    {
        http.ReportIf(
            !http["disabled"].IsSet && !http["requestRate"].IsSet && !http["onRateLimit"].IsSet,
            Messages.AtLeastOne("disabled", "requestRate", "onRateLimit"));
        ValidateRate(http["requestRate"]);
        Checks.IntegerGreaterThanZeroOrNil(http["onRateLimit"]["status"]);
    }

    private static void ValidateTcp(Field tcp)
    {
        tcp.ReportIf(!tcp["disabled"].IsSet && !tcp["connectionRate"].IsSet, Messages.AtLeastOne("disabled", "connectionRate"));
        ValidateRate(tcp["connectionRate"]);
    }

    private static void ValidateRate(Field rate)
    {
        if (!rate.IsSet)
            return;
        Checks.IntegerGreaterThanZero(rate["num"]);
        rate["interval"].ReportIf(rate["interval"].Nanoseconds <= ShortestInterval, "must be greater than: 50ms");
    }
}
