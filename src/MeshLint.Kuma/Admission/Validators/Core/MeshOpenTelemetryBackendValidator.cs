
namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma: pkg/core/resources/apis/meshopentelemetrybackend/api/v1alpha1/validator.go.</summary>
internal static class MeshOpenTelemetryBackendValidator
{
    public static void Validate(Validation v)
    {
        var protocol = v.Spec["protocol"].IsSet() ? v.Spec["protocol"].Str() : "grpc";
        var endpoint = v.Spec["endpoint"];
        if (endpoint.IsSet())
            CheckEndpoint(v, endpoint, protocol);
        if (protocol is not ("" or "grpc" or "http"))
            v.Report(v.Spec, "protocol", Messages.FieldOneOf("protocol", "grpc", "http"));
        var env = v.Spec["env"];
        if (env["mode"].Str() is not ("" or "Disabled" or "Optional" or "Required"))
            v.Report(env, "mode", Messages.FieldOneOf("mode", "Disabled", "Optional", "Required"));
        if (env["precedence"].Str() is not ("" or "ExplicitFirst" or "EnvFirst"))
            v.Report(env, "precedence", Messages.FieldOneOf("precedence", "ExplicitFirst", "EnvFirst"));
    }

    private static void CheckEndpoint(Validation v, Node endpoint, string protocol)
    {
        var address = endpoint["address"];
        if (address.IsSet() && address.Str().Length == 0)
            v.Report(endpoint, "address", Messages.MustNotBeEmpty);
        else if (address.IsSet() && !NetworkText.IsHost(address.Str()))
            v.Report(endpoint, "address", "address has to be a valid IP or hostname");
        if (endpoint["port"].IsSet() && !AddressChecks.IsPort(endpoint["port"].Int()))
            v.Report(endpoint, "port", Messages.ValidPort);

        var path = endpoint["path"].Str();
        if (path.Length == 0)
            return;
        if (protocol is "grpc" or "")
        {
            v.Report(endpoint, "path", "must not be set when protocol is grpc");
            return;
        }

        if (!path.StartsWith('/'))
            v.Report(endpoint, "path", "must start with /");
        if (path.AsSpan().ContainsAny('?', '#'))
            v.Report(endpoint, "path", "must not contain query or fragment");
    }
}
