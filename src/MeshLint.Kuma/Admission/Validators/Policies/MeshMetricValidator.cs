using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshmetric/api/v1alpha1/validator.go.</summary>
internal static class MeshMetricValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, MeshGateway);
        var conf = spec["default"];
        ValidateProfiles(conf["sidecar"]["profiles"]);

        // Kuma's paths have a word of their own for the item of a list: applications.application[0].
        var index = 0;
        foreach (var application in conf["applications"].Items)
        {
            var named = application.Named($"spec.default.applications.application[{index++}]");
            named.ReportIf(!Checks.IsPort(named["port"]), Messages.ValidPort);
        }

        index = 0;
        foreach (var backend in conf["backends"].Items)
            ValidateBackend(backend.Named($"spec.default.backends.backend[{index++}]"));
    }

    private static void ValidateProfiles(Field profiles)
    {
        ValidateSelectors(profiles["exclude"]);
        ValidateSelectors(profiles["include"]);
        foreach (var profile in profiles["appendProfiles"].Items)
        {
            var name = profile["name"];
            name.ReportIf(
                name.Text is not ("All" or "None" or "Basic"),
                $"unrecognized profile name '{name.Text}' - 'All', 'None', 'Basic' are supported");
        }
    }

    private static void ValidateSelectors(Field selectors)
    {
        foreach (var selector in selectors.Items)
        {
            var type = selector["type"];
            switch (type.Text)
            {
                case "Regex":
                    selector["match"].ReportIf(!GoRegex.IsValid(selector["match"].Text), "invalid regex");
                    break;
                case "Prefix" or "Exact" or "Contains":
                    break;
                default:
                    type.Report($"unrecognized type '{type.Text}' - 'Regex', 'Prefix', 'Exact' are supported");
                    break;
            }
        }
    }

    private static void ValidateBackend(Field backend)
    {
        switch (backend["type"].Text)
        {
            case "Prometheus":
                var prometheus = backend["prometheus"];
                if (!prometheus.IsSet)
                    prometheus.Report(Messages.MustBeDefined);
                else
                    prometheus["port"].Named($"{backend.Path}.port").ReportIf(!Checks.IsPort(prometheus["port"]), Messages.ValidPort);
                break;
            case "OpenTelemetry":
                var openTelemetry = backend["openTelemetry"];
                if (!openTelemetry.IsSet)
                    openTelemetry.Report(Messages.MustBeDefined);
                else if (backend.Behaviour.OpenTelemetryBackends)
                    OpenTelemetryCheck.ValidateTarget(openTelemetry, endpointNeedsPort: true);
                else
                    ValidateEndpoint(openTelemetry["endpoint"]);
                break;
            default:
                backend.Report("unrecognized type");
                break;
        }
    }

    private static void ValidateEndpoint(Field endpoint)
    {
        endpoint.ReportIf(!WebText.IsUrl(endpoint.Text, endpoint.Version), Messages.ValidUrl);
        endpoint.ReportIf(
            endpoint.Text.StartsWith("http://", StringComparison.Ordinal) || endpoint.Text.StartsWith("https://", StringComparison.Ordinal),
            "must not use schema");
    }
}
