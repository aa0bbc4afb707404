namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>Checks an OpenTelemetry backend (kuma: pkg/core/validators/common_validators.go, ValidateOtelBackendRefOrEndpoint).</summary>
internal static class OpenTelemetryCheck
{
    private const string BackendKind = "MeshOpenTelemetryBackend";

    /// <summary>Checks endpoint and backendRef. Versions before 2.14 have no backendRef and check nothing here.</summary>
    /// <param name="openTelemetry">The backend's <c>openTelemetry</c>.</param>
    /// <param name="endpointNeedsPort">The kind wants <c>host:port</c>.</param>
    public static void ValidateTarget(Field openTelemetry, bool endpointNeedsPort = false)
    {
        if (!openTelemetry.Behaviour.OpenTelemetryBackends)
            return;
        var backendRef = openTelemetry["backendRef"];
        if (!openTelemetry.Behaviour.InlineEndpoint)
        {
            if (backendRef.IsSet)
                ValidateBackendRef(backendRef);
            else
                backendRef.Report(Messages.MustBeDefined);
            return;
        }

        var endpoint = openTelemetry["endpoint"];
        var hasEndpoint = endpoint.Text.Length > 0;
        if (hasEndpoint && backendRef.IsSet)
            openTelemetry.Report(Messages.OnlyOne("openTelemetry", "endpoint", "backendRef"));
        else if (backendRef.IsSet)
            ValidateBackendRef(backendRef);
        else if (!hasEndpoint)
            openTelemetry.Report(Messages.ExactlyOne("openTelemetry", "endpoint", "backendRef"));
        else if (endpoint.Text.AsSpan().ContainsAny('/', '?', '#'))
            endpoint.Report("must be in host:port format, not a URL");
        else if (endpointNeedsPort && !WebText.IsHostPort(endpoint.Text))
            endpoint.Report("must be in host:port format");
    }

    /// <summary>Whether a backend names its collector in place, which is deprecated since 2.14.</summary>
    public static bool HasInlineEndpoint(Field backends)
    {
        foreach (var backend in backends.Items)
        {
            var openTelemetry = backend["openTelemetry"];
            if (openTelemetry["endpoint"].Text.Length > 0 && !openTelemetry["backendRef"].IsSet)
                return true;
        }

        return false;
    }

    /// <summary>Checks the name of a log attribute; the first failing check alone is reported.</summary>
    public static void ValidateAttributeKey(Field key)
    {
        var text = key.Text;
        if (text.Length == 0)
            key.Report(Messages.MustBeDefined);
        else if (text.Contains('%', StringComparison.Ordinal))
            key.Report("must be a static OpenTelemetry attribute name; placeholders are only supported in values");
        else if (text.StartsWith("otel.", StringComparison.Ordinal))
            key.Report("must not use the reserved OpenTelemetry prefix 'otel.'");
        else if (!IsAttributeName(text))
            key.Report(
                "must start with a lowercase letter, use only lowercase letters, digits, '.' or '_', avoid consecutive delimiters, and "
                    + "end with a letter or digit");
    }

    private static bool IsAttributeName(string text)
    {
        if (!char.IsAsciiLetterLower(text[0]))
            return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] is '.' or '_')
                i++;
            if (i == text.Length || !(char.IsAsciiLetterLower(text[i]) || char.IsAsciiDigit(text[i])))
                return false;
        }

        return true;
    }

    private static void ValidateBackendRef(Field backendRef)
    {
        backendRef["kind"].ReportIf(backendRef["kind"].Text != BackendKind, Messages.FieldOneOf("kind", BackendKind));
        backendRef.ReportIf(backendRef["labels"].Count == 0, Messages.ExactlyOne("backendRef", "labels"));
    }
}
