
namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/rate_limit_validator.go.</summary>
internal static class RateLimitValidator
{
    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "sources", TagRules.AnyTag);
        TagCheck.Selectors(v, "destinations", TagRules.AnyTag);
        var conf = v.Spec["conf"];
        if (!conf.IsSet())
            v.Report(v.Spec, "conf", "must have conf");
        var http = conf["http"];
        if (!http.IsSet())
            return;
        if (http["requests"].Int() == 0)
            v.Report(http, "requests", "requests must be set");
        if (!http["interval"].IsSet())
            v.Report(http, "interval", "interval must be set");
        var index = 0;
        foreach (var header in http["onRateLimit"]["headers"].Items)
        {
            // The path says header and gives the index as a key.
            var path = $"{http["onRateLimit"].GetPath()}.header[\"{index++}\"]";
            if (header["key"].Str().Length == 0)
                v.ReportAt(path, header, "key must be set");
            if (header["value"].Str().Length == 0)
                v.ReportAt(path, header, "value must be set");
        }
    }
}
