using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshtimeout/api/v1alpha1/validator.go.</summary>
internal static class MeshTimeoutValidator
{
    private const string NotOnRoute = "can't be specified when top-level TargetRef is referencing MeshHTTPRoute";

    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var to = spec["to"];
        var from = PolicyParts.From(spec);
        var rules = spec.Where(v.Behaviour.InboundRules, "rules");

        PolicyParts.ValidateTop(
            v,
            spec,
            Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane,
            MeshGateway | MeshHTTPRoute,
            PolicyParts.AffectsInbounds(rules, from));
        spec.ReportIf(
            rules.Count > 0 && (to.Count > 0 || from.Count > 0),
            v.Behaviour.FromArrays
                ? "fields 'to' and 'from' must be empty when 'rules' is defined"
                : "fields 'to' must be empty when 'rules' is defined");
        spec.ReportIf(rules.Count == 0 && to.Count == 0 && from.Count == 0, PolicyParts.NeedsOnePart(v.Version));

        var top = PolicyParts.TopKind(spec);
        if (top is MeshHTTPRoute or MeshGateway)
        {
            from.ReportIf(from.Count > 0, Messages.MustNotBeDefined);
        }
        else
        {
            foreach (var item in from.Items)
            {
                TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh));
                ValidateDefault(item["default"], top);
            }
        }

        var toKinds = PolicyParts.ToKindsOfRoutedPolicy(spec);
        foreach (var item in to.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(toKinds));
            ValidateDefault(item["default"], top);
        }

        foreach (var rule in rules.Items)
        {
            var conf = rule["default"];
            var http = conf["http"];
            MatchCheck.ValidateFilled(
                rule.Where(rule.Behaviour.InboundMatches, "matches"),
                conf["connectionTimeout"],
                conf["idleTimeout"],
                http["requestHeadersTimeout"],
                http["maxStreamDuration"],
                http["maxConnectionDuration"]);
            ValidateDefault(conf, top);
        }
    }

    private static void ValidateDefault(Field conf, TargetRefKinds top)
    {
        var connectionTimeout = conf["connectionTimeout"];
        var idleTimeout = conf["idleTimeout"];
        var http = conf["http"];
        if (!connectionTimeout.IsSet && !idleTimeout.IsSet && !http.IsSet)
        {
            conf.Report("at least one timeout should be configured");
            return;
        }

        if (top == MeshHTTPRoute)
        {
            connectionTimeout.ReportIf(connectionTimeout.IsSet, NotOnRoute);
            idleTimeout.ReportIf(idleTimeout.IsSet, NotOnRoute);
            http["maxStreamDuration"].ReportIf(http["maxStreamDuration"].IsSet, NotOnRoute);
            http["maxConnectionDuration"].ReportIf(http["maxConnectionDuration"].IsSet, NotOnRoute);
        }

        Checks.DurationGreaterThanZeroOrNil(connectionTimeout);
        Checks.DurationNotNegative(idleTimeout);
        if (http.IsSet)
            ValidateHttp(http);
    }

    private static void ValidateHttp(Field http)
    {
        // requestHeadersTimeout does not count here.
        http.ReportIf(
            !http["requestTimeout"].IsSet && !http["streamIdleTimeout"].IsSet && !http["maxStreamDuration"].IsSet
                && !http["maxConnectionDuration"].IsSet,
            "at least one timeout in this section should be configured");
        foreach (var key in (ReadOnlySpan<string>)["requestTimeout", "streamIdleTimeout", "maxStreamDuration", "maxConnectionDuration", "requestHeadersTimeout"])
            Checks.DurationNotNegative(http[key]);
    }
}
