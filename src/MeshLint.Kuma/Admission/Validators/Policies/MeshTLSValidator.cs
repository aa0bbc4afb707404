using static MeshLint.Kuma.Admission.Validators.Policies.TargetRefKinds;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>kuma: pkg/plugins/policies/meshtls/api/v1alpha1/validator.go, api/common/v1alpha1/tls/tls.go.</summary>
internal static class MeshTLSValidator
{
    private static readonly string[] Versions = ["TLSAuto", "TLS10", "TLS11", "TLS12", "TLS13"];

    private static readonly string[] Ciphers =
    [
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-RSA-CHACHA20-POLY1305",
    ];

    public static void Validate(Validation v)
    {
        var spec = Field.Spec(v);
        var from = PolicyParts.From(spec);
        var rules = spec.Where(v.Behaviour.InboundRules, "rules");
        PolicyParts.ValidateTop(v, spec, Mesh | MeshSubset | Dataplane, inbound: PolicyParts.AffectsInbounds(rules, from));
        spec.ReportIf(rules.Count > 0 && from.Count > 0, "field 'from' must be empty when 'rules' is defined");

        var isMeshWide = PolicyParts.TopKind(spec) == Mesh;
        foreach (var rule in rules.Items)
            ValidateDefault(rule["default"], isMeshWide);
        foreach (var item in from.Items)
        {
            TargetRefCheck.Validate(item["targetRef"], new TargetRefOptions(Mesh));
            ValidateDefault(item["default"], isMeshWide);
        }
    }

    private static void ValidateDefault(Field conf, bool isMeshWide)
    {
        var mode = conf["mode"];
        mode.ReportIf(mode.IsSet && mode.Text is not ("Strict" or "Permissive"), Messages.FieldOneOf("mode", "Strict", "Permissive"));

        var ciphers = conf["tlsCiphers"];
        if (ciphers.Count > 0 && !isMeshWide)
            ciphers.Report("tlsCiphers can only be defined with top level targetRef kind: Mesh");
        else
            ciphers.ReportIf(!AreKnown(ciphers), Messages.FieldOneOf("tlsCiphers", Ciphers));

        var version = conf["tlsVersion"];
        if (!version.IsSet)
            return;
        if (!isMeshWide)
            version.Report("tlsVersion can only be defined with top level targetRef kind: Mesh");
        else
            ValidateVersion(version["min"], version["max"]);
    }

    private static bool AreKnown(Field ciphers)
    {
        foreach (var cipher in ciphers.Items)
        {
            if (!Ciphers.Contains(cipher.Text))
                return false;
        }

        return true;
    }

    private static void ValidateVersion(Field min, Field max)
    {
        var lowest = Rank(min, "min");
        var highest = Rank(max, "max");
        min.ReportIf(lowest > 0 && highest > 0 && lowest > highest, "min version must be lower than max");

        static int Rank(Field version, string name)
        {
            if (!version.IsSet)
                return 0;
            var rank = Array.IndexOf(Versions, version.Text);
            version.ReportIf(rank < 0, Messages.FieldOneOf(name, Versions));
            return rank;
        }
    }
}
