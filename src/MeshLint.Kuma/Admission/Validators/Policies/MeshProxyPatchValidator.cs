using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshproxypatch/api/v1alpha1/validator.go.</summary>
internal static class MeshProxyPatchValidator
{
    private const string BeforeWhich = "must be defined. You need to pick a filter before which this one will be added";
    private const string AfterWhich = "must be defined. You need to pick a filter after which this one will be added";
    private const string ResourceOperations = "invalid operation. Available operations: \"Add\", \"Patch\", \"Remove\"";
    private const string FilterOperations =
        "invalid operation. Available operations: \"AddFirst\", \"AddLast\", \"AddBefore\", \"AddAfter\", \"Patch\", \"Remove\"";

    private static readonly ImmutableArray<string> Modifications = ["cluster", "listener", "virtualHost", "networkFilter", "httpFilter"];

    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, MeshGateway, listenerTags: false);
        var modifications = spec["default"]["appendModifications"];
        modifications.ReportIf(modifications.Count == 0, Messages.MustNotBeEmpty);
        foreach (var modification in modifications.Items)
            ValidateModification(modification);
    }

    private static void ValidateModification(Field modification)
    {
        var amount = 0;
        var last = "";
        foreach (var key in Modifications)
        {
            if (!modification[key].IsSet)
                continue;
            amount++;
            last = key;
        }

        if (amount != 1)
            modification.Report($"exactly one modification can be defined at a time. Currently, {amount} modifications are defined");
        else if (last is "networkFilter" or "httpFilter")
            ValidateFilter(modification[last], last);
        else
            ValidateResource(modification[last], last);
    }

    private static void ValidateResource(Field mod, string key)
    {
        switch (mod["operation"].Text)
        {
            case "Add":
                var match = key == "virtualHost" ? mod["match"]["name"] : mod["match"];
                match.ReportIf(match.IsSet, Messages.MustNotBeDefined);
                ValidateAddition(mod, key);
                break;
            case "Patch":
                ValidatePatch(mod, key);
                break;
            case "Remove":
                mod["value"].ReportIf(mod["value"].IsSet, Messages.MustNotBeDefined);
                break;
            default:
                mod["operation"].Report(ResourceOperations);
                break;
        }
    }

    private static void ValidateFilter(Field mod, string key)
    {
        var name = mod["match"]["name"];
        switch (mod["operation"].Text)
        {
            case "AddFirst" or "AddLast":
                ValidateAddition(mod, key);
                break;
            case "AddBefore":
                name.ReportIf(!name.IsSet, BeforeWhich);
                ValidateAddition(mod, key);
                break;
            case "AddAfter":
                name.ReportIf(!name.IsSet, AfterWhich);
                ValidateAddition(mod, key);
                break;
            case "Patch":
                name.ReportIf(!name.IsSet, Messages.MustBeDefined);
                ValidatePatch(mod, key);
                break;
            case "Remove":
                mod["value"].ReportIf(mod["value"].IsSet, Messages.MustNotBeDefined);
                break;
            default:
                mod["operation"].Report(FilterOperations);
                break;
        }
    }

    private static void ValidateAddition(Field mod, string key)
    {
        var value = mod["value"];
        if (!value.IsSet)
            value.Report(Messages.MustBeDefined);
        else if (EnvoyResource.Problem(key, value.Text, isPatch: false) is { } problem)
            value.Report($"native Envoy resource is not valid: {problem}");
    }

    private static void ValidatePatch(Field mod, string key)
    {
        var value = mod["value"];
        var jsonPatches = mod["jsonPatches"];
        if (!value.IsSet)
        {
            if (jsonPatches.Count > 0)
                JsonPatchCheck.Validate(jsonPatches);
            else
                mod.Report(Messages.ExactlyOne(key, "value", "jsonPatches"));
        }
        else if (jsonPatches.Count > 0)
        {
            mod.Report(Messages.OnlyOne(key, "value", "jsonPatches"));
        }
        else if (EnvoyResource.Problem(key, value.Text, isPatch: true) is { } problem)
        {
            value.Report($"native Envoy resource is not valid: {problem}");
        }
    }
}
