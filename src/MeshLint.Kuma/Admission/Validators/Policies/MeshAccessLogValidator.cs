using System.Text.Json;
using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshaccesslog/api/v1alpha1/validator.go.</summary>
internal static class MeshAccessLogValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var to = spec["to"];
        var from = PolicyParts.From(spec);
        var rules = spec.Where(v.Behaviour.InboundRules, "rules");

        PolicyParts.ValidateTop(
            v, spec, Mesh | MeshSubset | MeshGateway | MeshService | MeshServiceSubset | Dataplane,
            inbound: PolicyParts.AffectsInbounds(rules, from));
        spec.ReportIf(
            rules.Count > 0 && (to.Count > 0 || from.Count > 0),
            v.Behaviour.FromArrays
                ? "fields 'to' and 'from' must be empty when 'rules' is defined"
                : "'to' must be empty when 'rules' is defined");
        spec.ReportIf(rules.Count == 0 && to.Count == 0 && from.Count == 0, PolicyParts.NeedsOnePart(v.Version));

        var toKinds = ToKinds(spec);
        foreach (var item in to.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(toKinds));
            ValidateDefault(item["default"]);
        }

        foreach (var item in from.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh));
            ValidateDefault(item["default"]);
        }

        if (!v.Behaviour.AccessLogRulesAlwaysChecked && !from.IsSet)
            return;
        foreach (var rule in rules.Items)
        {
            MatchCheck.ValidateAll(rule.Where(v.Behaviour.InboundMatches, "matches"));
            ValidateDefault(rule["default"]);
        }
    }

    private static TargetRefKinds ToKinds(Field spec)
    {
        if (spec.Behaviour.BuiltinGateways && PolicyParts.TopKind(spec) == MeshGateway)
            return Mesh;
        var kinds = Mesh | MeshService | MeshExternalService | MeshMultiZoneService;
        return spec.Behaviour.ToMeshHTTPRoute ? kinds | MeshHTTPRoute : kinds;
    }

    private static void ValidateDefault(Field conf)
    {
        var backends = conf["backends"];
        backends.ReportIf(!backends.IsSet, Messages.MustBeDefined);
        foreach (var backend in backends.Items)
            ValidateBackend(backend);
    }

    private static void ValidateBackend(Field backend)
    {
        switch (backend["type"].Text)
        {
            case "File":
                if (HasBody(backend["file"]))
                {
                    ValidateFormat(backend["file"]["format"]);
                    var path = backend["file"]["path"];
                    path.ReportIf(!WebText.IsFilePath(path.Text), "file backend requires a valid path");
                }

                break;
            case "Tcp":
                if (HasBody(backend["tcp"]))
                {
                    ValidateFormat(backend["tcp"]["format"]);
                    var address = backend["tcp"]["address"];
                    address.ReportIf(!WebText.IsUrl(address.Text, backend.Version), "tcp backend requires valid address");
                }

                break;
            case "OpenTelemetry":
                if (HasBody(backend["openTelemetry"]))
                {
                    OpenTelemetryCheck.ValidateTarget(backend["openTelemetry"]);
                    ValidateAttributes(backend["openTelemetry"]["attributes"]);
                }

                break;
        }
    }

    private static bool HasBody(Field body)
    {
        body.ReportIf(!body.IsSet, Messages.MustBeDefined);
        return body.IsSet;
    }

    private static void ValidateAttributes(Field attributes)
    {
        if (!attributes.Behaviour.AttributeKeysChecked)
            return;
        foreach (var attribute in attributes.Items)
            OpenTelemetryCheck.ValidateAttributeKey(attribute["key"]);
    }

    private static void ValidateFormat(Field format)
    {
        switch (format["type"].Text)
        {
            case "Plain":
                var plain = format["plain"];
                if (!plain.IsSet)
                    plain.Report(Messages.MustBeDefined);
                else
                    plain.ReportIf(plain.Text.Length == 0, Messages.MustNotBeEmpty);
                break;
            case "Json":
                var json = format["json"];
                if (!json.IsSet)
                    json.Report(Messages.MustBeDefined);
                else
                    json.ReportIf(json.Count == 0, Messages.MustNotBeEmpty);
                foreach (var field in json.Items)
                    ValidateJsonField(field);
                break;
        }
    }

    private static void ValidateJsonField(Field field)
    {
        var key = field["key"];
        var value = field["value"];
        key.ReportIf(key.Text.Length == 0, "key cannot be empty");
        value.ReportIf(value.Text.Length == 0, "value cannot be empty");
        field.ReportIf(!IsJson($$"""{"{{key.Text}}": "{{value.Text}}"}"""), "is not a valid JSON object");
    }

    private static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                // Reading to the end is the check.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
