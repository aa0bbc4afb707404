using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshfaultinjection/api/v1alpha1/validator.go.</summary>
internal static class MeshFaultInjectionValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var from = PolicyParts.From(spec);
        var rules = spec.Where(v.Behaviour.FaultInjectionRules, "rules");

        PolicyParts.ValidateTop(
            v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, MeshGateway,
            PolicyParts.AffectsInbounds(rules, from));
        spec.ReportIf(from.Count > 0 && rules.Count > 0, "field 'from' must be empty when 'rules' is defined");

        foreach (var rule in rules.Items)
        {
            MatchCheck.ValidateAll(rule["matches"]);
            ValidateDefault(rule["default"]);
        }

        if (PolicyParts.AllowsFrom(spec, from))
        {
            foreach (var item in from.Items)
            {
                TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh | MeshSubset | MeshServiceSubset | MeshService));
                ValidateDefault(item["default"]);
            }
        }

        if (PolicyParts.AllowsGatewayTo(spec))
        {
            foreach (var item in spec["to"].Items)
            {
                TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh));
                ValidateDefault(item["default"]);
            }
        }
    }

    private static void ValidateDefault(Field conf)
    {
        var http = conf["http"];
        var index = 0;
        foreach (var fault in http.Items)
        {
            // Kuma puts the index behind the kind of fault: http.abort[0], not http[0].abort.
            if (fault["abort"].IsSet)
            {
                var abort = fault["abort"].Named($"{http.Path}.abort[{index}]");
                Checks.StatusCode(abort["httpStatus"]);
                Checks.Percentage(abort["percentage"], allowZero: true);
            }

            if (fault["delay"].IsSet)
            {
                var delay = fault["delay"].Named($"{http.Path}.delay[{index}]");
                Checks.DurationNotNegative(delay["value"]);
                Checks.Percentage(delay["percentage"], allowZero: true);
            }

            if (fault["responseBandwidth"].IsSet)
            {
                var bandwidth = fault["responseBandwidth"].Named($"{http.Path}.responseBandwidth[{index}]");
                var limit = bandwidth["limit"];
                Checks.Bandwidth(limit.Behaviour.BandwidthPath ? limit : limit.Named($"{bandwidth.Path}.responseBandwidth"));
                Checks.Percentage(bandwidth["percentage"], allowZero: true);
            }

            index++;
        }
    }
}
