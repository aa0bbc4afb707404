using System.Globalization;
using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshtrace/api/v1alpha1/validator.go.</summary>
internal static class MeshTraceValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, MeshGateway, listenerTags: false);
        var conf = spec["default"];
        ValidateBackends(conf["backends"]);

        foreach (var tag in conf["tags"].Items)
        {
            tag["name"].ReportIf(tag["name"].Text.Length == 0, Messages.MustNotBeEmpty);
            tag.ReportIf(tag["header"].IsSet == tag["literal"].IsSet, Messages.OnlyOne("tag", "header", "literal"));
        }

        foreach (var key in (ReadOnlySpan<string>)["client", "random", "overall"])
            ValidateSampling(conf["sampling"][key]);
    }

    private static void ValidateBackends(Field backends)
    {
        backends.ReportIf(!backends.IsSet, Messages.MustBeDefined);
        if (backends.Count > 1)
        {
            backends.Report("must have zero or one backend defined");
            return;
        }

        foreach (var backend in backends.Items)
            ValidateBackend(backend);
    }

    private static void ValidateBackend(Field backend)
    {
        var key =
            backend["type"].Text switch { "Datadog" => "datadog", "Zipkin" => "zipkin", "OpenTelemetry" => "openTelemetry", _ => null };
        if (key is null)
            return;
        var body = backend[key];
        if (!body.IsSet)
        {
            body.Report(Messages.MustBeDefined);
            return;
        }

        switch (key)
        {
            case "datadog":
                ValidateDatadog(body["url"]);
                break;
            case "zipkin":
                var url = body["url"];
                if (url.Text.Length == 0)
                    url.Report(Messages.MustNotBeEmpty);
                else
                    url.ReportIf(!WebText.IsUrl(url.Text, url.Version), Messages.ValidUrl);
                break;
            default:
                OpenTelemetryCheck.ValidateTarget(body);
                break;
        }
    }

    private static void ValidateDatadog(Field field)
    {
        if (GoUrl.ParseRequest(field.Text, WebText.HasStrictColons(field.Version)) is not { } url)
        {
            field.Report(Messages.ValidUrl);
            return;
        }

        field.ReportIf(url.Scheme != "http", "scheme must be http");
        if (url.Port.Length == 0)
            field.Report($"port {Messages.MustBeDefined}");
        else
            field.ReportIf(
                !int.TryParse(url.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > ushort.MaxValue,
                Messages.ValidPort);

        field.ReportIf(url.Opaque.Length > 0, $"opaque {Messages.MustNotBeDefined}");
        field.ReportIf(url.HasUser, $"user {Messages.MustNotBeDefined}");
        field.ReportIf(url.Path.Length > 0, $"path {Messages.MustNotBeDefined}");
        field.ReportIf(url.Query.Length > 0, $"query {Messages.MustNotBeDefined}");
        field.ReportIf(url.Fragment.Length > 0, $"fragment {Messages.MustNotBeDefined}");
    }

    private static void ValidateSampling(Field sampling)
    {
        if (!Checks.TryDecimal(sampling, out var value))
            sampling.Report("string is not a number");
        else
            sampling.ReportIf(value.Sign < 0 || value.IsGreaterThan(100), "must be between 0 and 100");
    }
}
