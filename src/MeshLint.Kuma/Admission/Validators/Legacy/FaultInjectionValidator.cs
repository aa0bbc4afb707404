using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/fault_injection_validator.go.</summary>
internal static class FaultInjectionValidator
{
    private static readonly TagRules HttpDestinations = new() { AtLeastOne = true, Whole = CheckProtocol };

    public static void Validate(Validation v)
    {
        TagCheck.Selectors(v, "sources", TagRules.AnyTag);
        TagCheck.Selectors(v, "destinations", HttpDestinations);
        var conf = v.Spec["conf"];
        var delay = conf["delay"];
        var abort = conf["abort"];
        var bandwidth = conf["responseBandwidth"];
        if (!HasFault(delay, "value") && !HasFault(abort, "httpStatus") && !HasFault(bandwidth, "limit"))
            v.Report(v.Spec, "conf", "must have at least one of the faults configured");

        if (HasFault(delay, "value"))
        {
            CheckPercentage(v, delay);
            if (!delay["value"].IsSet())
                v.Report(delay, "value", LegacyMessages.CannotBeEmpty);
        }

        if (HasFault(abort, "httpStatus"))
        {
            CheckPercentage(v, abort);
            if (!abort["httpStatus"].IsSet())
                v.Report(abort, "httpStatus", LegacyMessages.CannotBeEmpty);
            else if (!IsKnownStatus(abort["httpStatus"].Int()))
                v.Report(abort, "httpStatus", "http status code is incorrect");
        }

        if (HasFault(bandwidth, "limit"))
        {
            CheckPercentage(v, bandwidth);
            if (!bandwidth["limit"].IsSet())
                v.Report(bandwidth, "limit", LegacyMessages.CannotBeEmpty);
            else if (!NamesBandwidth(bandwidth["limit"].Str()))
                v.Report(bandwidth, "limit", "has to be in kbps/mbps/gbps units");
        }
    }

    /// <summary>A percentage that must be there and lie in 0 to 100; MeshGatewayRoute's mirrors ask for one too.</summary>
    public static void CheckPercentage(Validation v, Node parent)
    {
        if (!parent["percentage"].IsSet())
            v.Report(parent, "percentage", LegacyMessages.CannotBeEmpty);
        else if (parent["percentage"].Number() is < 0 or > 100)
            v.Report(parent, "percentage", LegacyMessages.PercentageRange);
    }

    private static bool HasFault(Node fault, string field) => fault["percentage"].IsSet() || fault[field].IsSet();

    private static void CheckProtocol(Field tags)
    {
        var protocol = tags.Entry(WellKnown.ProtocolTag);
        if (!protocol.Node.Exists)
        {
            tags.Report("protocol must be specified");
            return;
        }

        var value = tags.Behaviour.ProtocolTagInAnyCase ? protocol.Text.ToLowerInvariant() : protocol.Text;
        protocol.ReportIf(value is not ("http" or "http2" or "grpc"), "must be one of the [http, http2, grpc]");
    }

    /// <summary>The unit stands anywhere in the text; the number may be missing.</summary>
    private static bool NamesBandwidth(string text) =>
        text.Contains("gbps", StringComparison.Ordinal) || text.Contains("mbps", StringComparison.Ordinal)
            || text.Contains("kbps", StringComparison.Ordinal);

    /// <summary>Statuses that Go's net/http has a text for.</summary>
    private static bool IsKnownStatus(long status) => status is
        (>= 100 and <= 103) or (>= 200 and <= 208) or 226 or (>= 300 and <= 305) or 307 or 308
        or (>= 400 and <= 418) or (>= 421 and <= 426) or 428 or 429 or 431 or 451 or (>= 500 and <= 508) or 510 or 511;
}
