using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshtrafficpermission/api/v1alpha1/validator.go.</summary>
internal static class MeshTrafficPermissionValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var from = PolicyParts.From(spec);
        var rules = spec.Where(v.Behaviour.PermissionRules, "rules");
        PolicyParts.ValidateTop(
            v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, inbound: PolicyParts.AffectsInbounds(rules, from));
        ValidatePresence(spec, from, rules);

        foreach (var rule in rules.Items)
            ValidateRule(rule);
        foreach (var item in from.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh | MeshSubset | MeshService | MeshServiceSubset));
            Checks.StringDefined(item["default"]["action"]);
        }
    }

    private static void ValidatePresence(Field spec, Field from, Field rules)
    {
        switch (spec.Behaviour)
        {
            case { PermissionRules: false }:
                spec["from"].ReportIf(from.Count == 0, Messages.NeedsOneItem);
                break;
            case { FromArrays: true }:
                spec.ReportIf(from.Count > 0 && rules.Count > 0, "field 'from' must be empty when 'rules' is defined");
                spec.ReportIf(from.Count == 0 && rules.Count == 0, "at least one of 'from' or 'rules' has to be defined");
                break;
            default:
                spec.ReportIf(rules.Count == 0, "policy must define rules");
                break;
        }
    }

    private static void ValidateRule(Field rule)
    {
        var conf = rule["default"];
        rule.ReportIf(
            conf["deny"].Count == 0 && conf["allow"].Count == 0 && conf["allowWithShadowDeny"].Count == 0,
            "at least one of 'allow', 'allowWithShadowDeny', 'deny' has to be defined");

        // Kuma leaves 'default' out of these paths.
        foreach (var key in (ReadOnlySpan<string>)["allow", "allowWithShadowDeny", "deny"])
        {
            if (conf[key].Count > 0)
                MatchCheck.ValidateAll(conf[key].Named($"{rule.Path}.{key}"));
        }
    }
}
