
namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/health_check_validator.go.</summary>
internal static class HealthCheckValidator
{
    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "sources", TagRules.AnyTagWithService);
        TagCheck.Selectors(v, "destinations", TagRules.ServiceOnly);
        var conf = v.Spec["conf"];
        if (!conf.IsSet())
        {
            v.Report(v.Spec, "conf", LegacyMessages.HasToBeDefined);
            return;
        }

        foreach (var field in (ReadOnlySpan<string>)["interval", "timeout"])
        {
            if (!conf[field].IsSet() || NodeReading.IsZeroDuration(conf[field]))
                v.Report(conf, field, LegacyMessages.Positive);
        }

        foreach (var field in (ReadOnlySpan<string>)["unhealthyThreshold", "healthyThreshold"])
        {
            if (conf[field].Int() == 0)
                v.Report(conf, field, LegacyMessages.Positive);
        }

        foreach (var field in (ReadOnlySpan<string>)["initialJitter", "intervalJitter", "noTrafficInterval"])
        {
            if (NodeReading.IsZeroDuration(conf[field]))
                v.Report(conf, field, LegacyMessages.Positive);
        }

        if (conf["healthyPanicThreshold"].Number() is < 0 or > 100)
            v.Report(conf, "healthyPanicThreshold", "must be in range [0.0 - 100.0]");
        if (conf["http"].IsSet())
            CheckHttp(v, conf["http"]);
        if (conf["http"].IsSet() && conf["tcp"].IsSet())
            v.Report(conf, "http and tcp cannot be defined at the same time");
    }

    private static void CheckHttp(Validation v, Node http)
    {
        if (http["path"].Str().Length == 0)
            v.Report(http, "path", "has to be defined and cannot be empty");
        foreach (var status in http["expectedStatuses"].Items)
        {
            if (status.Int() is < 100 or >= 600)
                v.Report(status, "must be in range [100, 600)");
        }

        foreach (var addition in http["requestHeadersToAdd"].Items)
        {
            if (!addition["header"].IsSet())
                v.Report(addition, "header", LegacyMessages.HasToBeDefined);
            else if (addition["header"]["key"].Str().Length == 0)
                v.Report(addition["header"], "key", LegacyMessages.CannotBeEmpty);
        }
    }
}
