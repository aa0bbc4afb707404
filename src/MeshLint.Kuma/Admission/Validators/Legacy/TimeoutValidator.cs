
namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/timeout_validator.go.</summary>
internal static class TimeoutValidator
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

        CheckSection(v, conf["tcp"], LegacyMessages.GreaterThanZero, "idleTimeout");
        CheckSection(v, conf["http"], LegacyMessages.GreaterThanZeroWhenDefined, "requestTimeout", "idleTimeout");
        CheckSection(v, conf["grpc"], LegacyMessages.GreaterThanZeroWhenDefined, "streamIdleTimeout", "maxStreamDuration");
    }

    private static void CheckSection(Validation v, Node section, string reason, params ReadOnlySpan<string> timeouts)
    {
        if (!section.IsSet())
            return;
        var isAnySet = false;
        foreach (var timeout in timeouts)
        {
            isAnySet |= section[timeout].IsSet();
            if (NodeReading.IsZeroDuration(section[timeout]))
                v.Report(section, timeout, reason);
        }

        if (!isAnySet)
            v.Report(section, "at least one timeout in section has to be defined");
    }
}
