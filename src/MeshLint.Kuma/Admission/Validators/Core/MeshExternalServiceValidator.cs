
namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>
/// kuma: pkg/core/resources/apis/meshexternalservice/api/v1alpha1/{validator,deprecated}.go;
/// docs/kuma/multi-zone.md#meshexternalservices.
/// </summary>
internal static class MeshExternalServiceValidator
{
    private static readonly ImmutableArray<string> TlsVersions = ["TLSAuto", "TLS10", "TLS11", "TLS12", "TLS13"];

    public static void Validate(Validation v)
    {
        if (v.Behaviour.NamesAreLabels1035)
            ResourceNames.CheckLabel1035(v);
        else
            ResourceNames.CheckLength(v, v.Behaviour.LengthOfDisplayName ? v.DisplayName : v.CoreName, 63);

        CheckMatch(v);
        var extension = v.Spec["extension"];
        var tls = v.Spec["tls"];
        if (!extension.IsSet())
        {
            CheckEndpoints(v);
            if (tls.IsSet())
                CheckTls(v, tls);
        }
        else if (v.Behaviour.SecureDataSource)
        {
            CheckDataSources(v, tls["verification"]);
        }

        if (extension.IsSet() && extension["type"].Str().Length == 0)
            v.Report(extension, "type", Messages.MustNotBeEmpty);
    }

    public static void Warn(Validation v)
    {
        ResourceNames.WarnLabel1035(v);
        ServerNames.Warn(v, $"{v.Spec["match"]["port"].Int()}");
    }

    private static void CheckMatch(Validation v)
    {
        var match = v.Spec["match"];
        if (match["type"].Str() is not ("" or "HostnameGenerator") and var type)
            v.Report(match, "type", $"unrecognized type '{type}' - only 'HostnameGenerator' is supported");
        if (!AddressChecks.IsPort(match["port"].Int()))
            v.Report(v.Spec, "match.port", Messages.ValidPort);
        if (match["protocol"].Str() is not ("tcp" or "grpc" or "http" or "http2"))
            v.Report(v.Spec, "match.protocol", Messages.FieldOneOf("protocol", "tcp", "grpc", "http", "http2"));
    }

    private static void CheckEndpoints(Validation v)
    {
        foreach (var endpoint in v.Spec["endpoints"].Items)
        {
            var address = endpoint["address"].Str();
            if (!NetworkText.IsHost(address))
                v.Report(endpoint, "address", "address has to be a valid IP or hostname");
            else if (!AddressChecks.IsPort(endpoint["port"].Int()))
                v.Report(endpoint, "port", Messages.ValidPort);
        }
    }

    private static void CheckTls(Validation v, Node tls)
    {
        if (tls["version"].IsSet())
            CheckVersion(v, tls["version"]);
        var verification = tls["verification"];
        if (!verification.IsSet())
            return;
        if (verification["serverName"].IsSet() && !WebText.IsDnsName(verification["serverName"].Str()))
            v.Report(verification, "serverName", "must be a valid DNS name");
        if (verification["mode"].Str() is not ("" or "SkipSAN" or "SkipCA" or "SkipAll" or "Secured"))
            v.Report(verification, "mode", Messages.FieldOneOf("mode", "SkipSAN", "SkipCA", "SkipAll", "Secured"));
        foreach (var name in verification["subjectAltNames"].Items)
        {
            if (name["type"].Str() is not ("Prefix" or "Exact"))
                v.Report(name, "type", Messages.FieldOneOf("type", "Prefix", "Exact"));
        }

        var hasCertificate = verification["clientCert"].IsSet();
        var hasKey = verification["clientKey"].IsSet();
        if (hasCertificate && !hasKey)
            v.Report(verification, "clientKey", Messages.MustBeDefined + " when clientCert is defined");
        if (!hasCertificate && hasKey)
            v.Report(verification, "clientCert", Messages.MustBeDefined + " when clientKey is defined");
        if (v.Behaviour.SecureDataSource)
            CheckDataSources(v, verification);
    }

    private static void CheckVersion(Validation v, Node version)
    {
        var least = Check("min");
        var most = Check("max");
        if (least > 0 && most > 0 && least > most)
            v.Report(version, "min", "min version must be lower than max");

        int Check(string field)
        {
            if (!version[field].IsSet())
                return 0;
            var order = TlsVersions.IndexOf(version[field].Str());
            if (order < 0)
                v.Report(version, field, Messages.FieldOneOf(field, TlsVersions.AsSpan()));
            return order;
        }
    }

    /// <summary>3.0: a control plane must not be made to read its own files and environment.</summary>
    private static void CheckDataSources(Validation v, Node verification)
    {
        foreach (var field in (ReadOnlySpan<string>)["caCert", "clientCert", "clientKey"])
        {
            var source = verification[field];
            if (source["type"].Str() is "File" or "EnvVar")
                v.Report(source, "type", Messages.OneOf(source["type"].Str(), "Secret", "InsecureInline"));
            else
                DataSources.CheckSecure(v, source);
        }
    }
}
