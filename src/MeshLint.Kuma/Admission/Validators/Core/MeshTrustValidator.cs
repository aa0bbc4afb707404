namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>kuma: pkg/core/resources/apis/meshtrust/api/v1alpha1/{validator,deprecated}.go.</summary>
internal static class MeshTrustValidator
{
    public static void Validate(Validation v)
    {
        var bundles = v.Spec["caBundles"];
        if (bundles.Count == 0)
            v.Report(v.Spec, "caBundles", Messages.MustNotBeEmpty);
        foreach (var bundle in bundles.Items)
        {
            if (bundle["type"].Str() is not "Pem" and var type)
                v.ReportAt($"{bundles.GetPath()}.type", bundle["type"].Exists ? bundle["type"] : bundle, Messages.OneOf(type, "Pem"));
            else if (!bundle["pem"].IsSet())
                v.Report(bundle, "pem", Messages.MustBeDefined);
            else if (!IsCertificate(Pem.FindFirstType(bundle["pem"]["value"].Str())))
                v.Report(bundle["pem"], "value", "provided certificate has incorrect format");
        }

        var domain = v.Spec["trustDomain"].Str();
        if (domain.Length == 0)
            v.Report(v.Spec, "trustDomain", "trustDomain needs to be defined");
        if (NetworkText.Utf8Length(domain) > 253)
            v.Report(v.Spec, "trustDomain", "must not be longer than 253 characters");
    }

    public static void Warn(Validation v)
    {
        if (v.Behaviour.TrustOriginDeprecated && v.Spec["origin"].IsSet())
            v.Warn("setting spec.origin field is deprecated");
    }

    private static bool IsCertificate(string? type) =>
        type is not (null or "PRIVATE KEY" or "RSA PRIVATE KEY" or "EC PRIVATE KEY" or "DSA PRIVATE KEY" or "ENCRYPTED PRIVATE KEY");
}
