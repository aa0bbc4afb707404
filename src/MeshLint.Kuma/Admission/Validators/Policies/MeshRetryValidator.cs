using System.Globalization;
using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshretry/api/v1alpha1/validator.go.</summary>
internal static class MeshRetryValidator
{
    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var to = spec["to"];
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | MeshService | MeshServiceSubset | Dataplane, MeshGateway | MeshHTTPRoute);
        to.ReportIf(!v.Behaviour.ToMayBeEmpty && to.Count == 0, Messages.NeedsOneItem);
        var kinds = PolicyParts.ToKindsOfRoutedPolicy(spec);
        var index = 0;
        foreach (var item in to.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(kinds));
            // Kuma's paths have a word more than the document.
            ValidateDefault(item["default"].Named($"spec.to[{index++}].default.conf"));
        }
    }

    private static void ValidateDefault(Field conf)
    {
        var tcp = conf["tcp"];
        var http = conf["http"];
        var grpc = conf["grpc"];
        conf.ReportIf(!tcp.IsSet && !http.IsSet && !grpc.IsSet, "at least one of the 'tcp', 'http', 'grpc' must be specified");
        if (tcp.IsSet)
        {
            tcp.ReportIf(!tcp["maxConnectAttempt"].IsSet, Messages.MustNotBeEmpty);
            Checks.IntegerGreaterThanZeroOrNil(tcp["maxConnectAttempt"]);
        }

        if (http.IsSet)
            ValidateHttp(http);
        if (grpc.IsSet)
            ValidateGrpc(grpc);
    }

    private static void ValidateHttp(Field http)
    {
        http.ReportIf(
            !http["numRetries"].IsSet && !http["perTryTimeout"].IsSet && !http["backOff"].IsSet && !http["retryOn"].IsSet
                && !http["retriableRequestHeaders"].IsSet
                && !http["retriableResponseHeaders"].IsSet && !http["rateLimitedBackOff"].IsSet && !http["hostSelection"].IsSet,
            Messages.MustNotBeEmpty);
        ValidateBackOff(http["backOff"]);
        ValidateRateLimitedBackOff(http["rateLimitedBackOff"]);
        foreach (var condition in http["retryOn"].Items)
            condition.ReportIf(!IsHttpCondition(condition.Text), $"unknown item '{condition.Text}'");
        ValidateHostSelection(http["hostSelection"]);
    }

    private static void ValidateGrpc(Field grpc)
    {
        grpc.ReportIf(
            !grpc["numRetries"].IsSet && !grpc["perTryTimeout"].IsSet && !grpc["backOff"].IsSet && !grpc["retryOn"].IsSet
                && !grpc["rateLimitedBackOff"].IsSet,
            Messages.MustNotBeEmpty);
        ValidateBackOff(grpc["backOff"]);
        ValidateRateLimitedBackOff(grpc["rateLimitedBackOff"]);
        foreach (var condition in grpc["retryOn"].Items)
        {
            condition.ReportIf(
                condition.Text is not ("Canceled" or "DeadlineExceeded" or "Internal" or "ResourceExhausted" or "Unavailable"),
                $"unknown item '{condition.Text}'");
        }
    }

    private static void ValidateBackOff(Field backOff) =>
        backOff.ReportIf(backOff.IsSet && !backOff["baseInterval"].IsSet && !backOff["maxInterval"].IsSet, Messages.MustNotBeEmpty);

    private static void ValidateRateLimitedBackOff(Field backOff)
    {
        if (!backOff.IsSet)
            return;
        var maxInterval = backOff["maxInterval"];
        maxInterval.ReportIf(maxInterval.IsSet && maxInterval.Nanoseconds <= 0, Messages.DefinedAndGreaterThanZero);
        var headers = backOff["resetHeaders"];
        headers.ReportIf(!headers.IsSet, Messages.MustBeDefined);
        foreach (var header in headers.Items)
            Checks.StringDefined(header["name"]);
    }

    private static void ValidateHostSelection(Field predicates)
    {
        var hasPriorities = false;
        foreach (var item in predicates.Items)
        {
            var predicate = item["predicate"];
            switch (predicate.Text)
            {
                case "OmitHostsWithTags":
                    item["tags"].ReportIf(!item["tags"].IsSet, Messages.MustBeDefined);
                    break;
                case "OmitPreviousPriorities":
                    predicate.ReportIf(hasPriorities, "OmitPreviousPriorities must only be specified once");
                    item["updateFrequency"].ReportIf(item["updateFrequency"].Integer <= 0, Messages.DefinedAndGreaterThanZero);
                    hasPriorities = true;
                    break;
                case "OmitPreviousHosts":
                    break;
                default:
                    predicate.Report($"unknown predicate type '{predicate.Text}'");
                    break;
            }
        }
    }

    private static bool IsHttpCondition(string text) => text switch
    {
        "5xx" or "GatewayError" or "Reset" or "Retriable4xx" or "ConnectFailure" or "EnvoyRatelimited" or "RefusedStream"
            or "Http3PostConnectFailure" => true,
        "HttpMethodConnect" or "HttpMethodDelete" or "HttpMethodGet" or "HttpMethodHead" or "HttpMethodOptions" or "HttpMethodPatch"
            or "HttpMethodPost"
            or "HttpMethodPut" or "HttpMethodTrace" => true,
        _ => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status) && HasStatusText(status),
    };

    /// <summary>Whether Go's <c>http.StatusText</c> knows the status.</summary>
    private static bool HasStatusText(int status) => status
        is (>= 100 and <= 103) or (>= 200 and <= 208) or 226
        or (>= 300 and <= 305) or 307 or 308
        or (>= 400 and <= 418) or (>= 421 and <= 426) or 428 or 429 or 431 or 451
        or (>= 500 and <= 508) or 510 or 511;
}
