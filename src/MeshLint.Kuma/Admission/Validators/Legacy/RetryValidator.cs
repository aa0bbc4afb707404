
namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/retry_validator.go.</summary>
internal static class RetryValidator
{
    private const string EmptyField = "field cannot be empty";

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

        if (!conf["http"].IsSet() && !conf["grpc"].IsSet() && !conf["tcp"].IsSet())
        {
            v.Report(conf, "missing protocol [grpc|http|tcp] configuration");
            return;
        }

        CheckHttp(v, conf["http"]);
        CheckGrpc(v, conf["grpc"]);
        if (conf["tcp"].IsSet() && conf["tcp"]["maxConnectAttempts"].Int() == 0)
            v.Report(conf["tcp"], "maxConnectAttempts", LegacyMessages.GreaterThanZero);
    }

    private static void CheckHttp(Validation v, Node http)
    {
        if (!http.IsSet())
            return;
        var statuses = http["retriableStatusCodes"].Count;
        if (IsEmpty(http) && statuses == 0 && http["retriableMethods"].Count == 0)
            v.Report(http, EmptyField);
        CheckAttempts(v, http);
        foreach (var method in http["retriableMethods"].Items)
        {
            if (method.Str() == "NONE" || method.AsInteger() == 0)
                v.Report(method, EmptyField);
        }

        foreach (var condition in http["retryOn"].Items)
        {
            if (condition.Str() == "retriable_status_codes" && statuses == 0)
                v.Report(condition, "retriableStatusCodes cannot be empty when this option is specified");
        }
    }

    private static void CheckGrpc(Validation v, Node grpc)
    {
        if (!grpc.IsSet())
            return;
        if (IsEmpty(grpc))
            v.Report(grpc, EmptyField);
        var positions = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var index = 0;
        foreach (var condition in grpc["retryOn"].Items)
        {
            if (!positions.TryGetValue(condition.Str(), out var known))
                positions[condition.Str()] = known = [];
            known.Add(index++);
        }

        foreach (var (condition, indexes) in positions)
        {
            if (indexes.Count > 1)
                v.Report(grpc, "retryOn", $"repeated value {GoText.Quote(condition)} at indexes [{string.Join(", ", indexes)}]");
        }

        CheckAttempts(v, grpc);
    }

    private static bool IsEmpty(Node section) =>
        !section["numRetries"].IsSet() && !section["perTryTimeout"].IsSet() && !section["backOff"].IsSet() && section["retryOn"].Count == 0;

    private static void CheckAttempts(Validation v, Node section)
    {
        if (section["numRetries"].IsSet() && section["numRetries"].Int() == 0)
            v.Report(section, "numRetries", LegacyMessages.GreaterThanZeroWhenDefined);
        if (NodeReading.IsZeroDuration(section["perTryTimeout"]))
            v.Report(section, "perTryTimeout", LegacyMessages.GreaterThanZeroWhenDefined);

        var backOff = section["backOff"];
        if (!backOff.IsSet())
            return;
        if (!backOff["baseInterval"].IsSet())
            v.Report(backOff, "baseInterval", LegacyMessages.HasToBeDefined);
        else if (NodeReading.IsZeroDuration(backOff["baseInterval"]))
            v.Report(backOff, "baseInterval", LegacyMessages.GreaterThanZero);
        else if (NodeReading.IsZeroDuration(backOff["maxInterval"]))
            v.Report(backOff, "maxInterval", LegacyMessages.GreaterThanZeroWhenDefined);
    }
}
