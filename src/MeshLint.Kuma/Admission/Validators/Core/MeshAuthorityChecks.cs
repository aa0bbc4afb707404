using MeshLint.Kuma.Schemas.Decoding;

namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>
/// The rules that the manager of Meshes adds when a Mesh is stored: its name and its certificate authorities, 2.x only
/// (kuma: pkg/core/managers/apis/mesh/mesh_validator.go, pkg/plugins/ca).
/// </summary>
internal static class MeshAuthorityChecks
{
    private const int MaxSecretName = 255;

    public static void Validate(Validation v)
    {
        if (NetworkText.Utf8Length(v.Resource.Name) > 63)
            ResourceNames.Report(v, "cannot be longer than 63 characters");
        var mtls = v.Spec["mtls"];
        foreach (var backend in mtls["backends"].Items)
        {
            var type = backend["type"].Str();
            if (type is not ("builtin" or "provided"))
            {
                v.Report(backend, "type", "could not find installed plugin for this type");
                return;
            }

            if (mtls["skipValidation"].Flag())
                continue;
            if (type == "builtin")
                CheckBuiltin(v, backend);
            else
                CheckProvided(v, backend);
        }
    }

    private static void CheckBuiltin(Validation v, Node backend)
    {
        if (ProtoErrorFinder.Find(backend["conf"], ConfigMessages.BuiltinAuthority, out _) is { } error)
            v.Report(backend, "conf", $"could not convert backend config: {error}");
        var name = backend["name"].Str();
        var secret = $"{v.Resource.Name}.ca-builtin-cert-{name}";
        if (NetworkText.Utf8Length(secret) > MaxSecretName)
            ReportName($"Backend name is too long. Max length: {MaxSecretName}");
        if (!WebText.IsDnsName(secret) || secret.AsSpan().ContainsAnyInRange('A', 'Z'))
            ReportName($"{GoText.Quote(name)} name must be valid dns name");

        // The plugin spells out a path of its own below that of the configuration.
        void ReportName(string reason) =>
            v.ReportAt($"{backend.GetPath()}.conf.mtls.backends.name", backend["name"].Exists ? backend["name"] : backend, reason);
    }

    private static void CheckProvided(Validation v, Node backend)
    {
        var conf = backend["conf"];
        if (ProtoErrorFinder.Find(conf, ConfigMessages.ProvidedAuthority, out _) is { } error)
        {
            v.Report(backend, "conf", $"could not convert backend config: {error}");
            return;
        }

        var isFine = CheckSource(v, backend, "cert");
        isFine &= CheckSource(v, backend, "key");
        if (!isFine)
            return;

        // The key is loaded first and its failure is told for both.
        foreach (var part in (ReadOnlySpan<string>)["key", "cert"])
        {
            if (conf[part]["secret"].Str() is { Length: > 0 } secret && !v.SecretExists(v.Resource.Name, secret))
            {
                var subject = v.Behaviour.NotFoundSubject;
                var reason =
                    $"could not load data: {subject} not found: type=\"Secret\" name={GoText.Quote(secret)} "
                        + $"mesh={GoText.Quote(v.Resource.Name)}";
                v.Report(conf, "cert", reason);
                v.Report(conf, "key", reason);
                return;
            }
        }

        if (FindPairProblem(conf) is { } problem)
            v.Report(conf, "cert", $"not a valid TLS key pair: {problem}");
    }

    private static bool CheckSource(Validation v, Node backend, string part)
    {
        var source = backend["conf"][part];
        if (!source.IsSet())
        {
            v.Report(backend, $"conf.{part}", LegacyMessages.HasToBeDefined);
            return false;
        }

        foreach (var kind in (ReadOnlySpan<string>)["secret", "inline", "file", "inlineString"])
        {
            if (!source[kind].IsSet())
                continue;
            if (kind == "inlineString" || source[kind].Str().Length > 0)
                return true;
            v.Report(source, kind, LegacyMessages.CannotBeEmpty);
            return false;
        }

        v.Report(source, "data source has to be chosen. Available sources: secret, file, inline");
        return false;
    }

    /// <summary>
    /// What Go's <c>tls.X509KeyPair</c> says about texts that hold no PEM; null where they do, or where they are not in the document.
    /// </summary>
    private static string? FindPairProblem(Node conf)
    {
        if (ReadInline(conf["cert"]) is not { } certificate || ReadInline(conf["key"]) is not { } key)
            return null;
        var certificateType = Pem.FindFirstType(certificate);
        if (certificateType is null)
            return "tls: failed to find any PEM data in certificate input";
        if (certificateType != "CERTIFICATE" && !certificate.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            return certificateType.EndsWith("PRIVATE KEY", StringComparison.Ordinal)
                ? "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been "
                    + "switched"
                : "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the following types: "
                    + $"[{certificateType}]";
        }

        return Pem.FindFirstType(key) switch
        {
            null => "tls: failed to find any PEM data in key input",
            "CERTIFICATE" => "tls: found a certificate rather than a key in the PEM for the private key",
            _ => null,
        };
    }

    private static string? ReadInline(Node source)
    {
        if (source["inlineString"].IsString)
            return source["inlineString"].Str();
        var buffer = new byte[source["inline"].Str().Length];
        return source["inline"].IsString && Convert.TryFromBase64String(source["inline"].Str(), buffer, out var length)
            ? System.Text.Encoding.UTF8.GetString(buffer, 0, length)
            : null;
    }
}
