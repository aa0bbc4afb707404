
namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma: pkg/core/resources/apis/mesh/mesh_validator.go.</summary>
internal static class MeshValidator
{
    public static void Validate(Validation v)
    {
        if (!v.Behaviour.MeshSettings)
        {
            ResourceNames.CheckLabel1035(v);
            return;
        }

        CheckMtls(v, v.Spec["mtls"]);
        CheckLogging(v, v.Spec["logging"]);
        CheckTracing(v, v.Spec["tracing"]);
        CheckMetrics(v, v.Spec["metrics"]);
        var constraints = v.Spec["constraints"]["dataplaneProxy"];
        foreach (var list in (ReadOnlySpan<string>)["requirements", "restrictions"])
        {
            foreach (var rules in constraints[list].Items)
                TagCheck.Selector(Field.Of(v, rules)["tags"], TagRules.AnyTag);
        }

        if (v.Spec["routing"]["zoneEgress"].Flag() && v.Spec["mtls"]["enabledBackend"].Str().Length == 0)
            v.Report(v.Spec, "mtls", "has to be set when zoneEgress enabled");
        if (v.HasMeta && v.Violations.Count == 0)
            MeshAuthorityChecks.Validate(v);
    }

    private static void CheckMtls(Validation v, Node mtls)
    {
        if (mtls["backends"].Count > 1)
            v.Report(mtls, "backends", "cannot have more than 1 backends");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var backend in mtls["backends"].Items)
        {
            CheckName(v, backend, names);
            var certificate = backend["dpCert"];
            if (certificate.IsSet() && !IsExpiration(certificate["rotation"]["expiration"].Str()))
                v.ReportAt(
                    $"{mtls.GetPath()}.dpcert.rotation.expiration",
                    First(certificate["rotation"]["expiration"], certificate),
                    "has to be a valid format");
        }

        CheckChosen(v, mtls, "enabledBackend", names, "has to be set to one of the backends in the mesh");
    }

    private static void CheckLogging(Validation v, Node logging)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var backend in logging["backends"].Items)
        {
            if (backend["name"].Str().Length == 0)
                v.Report(backend, "name", LegacyMessages.CannotBeEmpty);
            switch (backend["type"].Str())
            {
                case "file":
                    BackendConfigs.CheckFileLogging(v, backend);
                    break;
                case "tcp":
                    BackendConfigs.CheckTcpLogging(v, backend);
                    break;
                default:
                    v.Report(backend, "type", "unknown backend type. Available backends: \"tcp\", \"file\"");
                    break;
            }

            CheckName(v, backend, names);
        }

        CheckChosen(v, logging, "defaultBackend", names, "has to be set to one of the logging backend in mesh");
    }

    private static void CheckTracing(Validation v, Node tracing)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var backend in tracing["backends"].Items)
        {
            if (backend["name"].Str().Length == 0)
                v.Report(backend, "name", LegacyMessages.CannotBeEmpty);
            if (backend["sampling"].Number() is < 0 or > 100)
                v.Report(backend, "sampling", LegacyMessages.PercentageRange);
            switch (backend["type"].Str())
            {
                case "zipkin":
                    BackendConfigs.CheckZipkin(v, backend);
                    break;
                case "datadog":
                    BackendConfigs.CheckDatadog(v, backend);
                    break;
                default:
                    v.Report(backend, "type", "unknown backend type. Available backends: \"zipkin\", \"datadog\"");
                    break;
            }

            CheckName(v, backend, names);
        }

        CheckChosen(v, tracing, "defaultBackend", names, "has to be set to one of the tracing backend in mesh");
    }

    private static void CheckMetrics(Validation v, Node metrics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var backend in metrics["backends"].Items)
        {
            CheckName(v, backend, names);
            if (backend["type"].Str() != "prometheus")
                v.Report(backend, "type", BackendConfigs.UnknownMetricsType);
            else
                BackendConfigs.CheckPrometheus(v, backend);
        }

        CheckChosen(v, metrics, "enabledBackend", names, "has to be set to one of the backends in the mesh");
    }

    private static void CheckName(Validation v, Node backend, HashSet<string> names)
    {
        var name = backend["name"].Str();
        if (!names.Add(name))
            v.Report(backend, "name", $"{GoText.Quote(name)} name is already used for another backend");
    }

    private static void CheckChosen(Validation v, Node section, string field, HashSet<string> names, string reason)
    {
        if (section[field].Str() is { Length: > 0 } chosen && !names.Contains(chosen))
            v.Report(section, field, reason);
    }

    private static Node First(Node node, Node otherwise) => node.Exists ? node : otherwise;

    /// <summary>Digits and one unit up to years, or <c>0</c> (kuma: core_mesh.ParseDuration).</summary>
    private static bool IsExpiration(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return text == "0" || (digits > 0 && text[digits..] is "y" or "w" or "d" or "h" or "m" or "s" or "ms");
    }
}
