
namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>ZoneIngress and ZoneEgress (kuma: pkg/core/resources/apis/mesh/zone_{ingress,egress}_validator.go).</summary>
internal static class ZoneProxyValidator
{
    public static void ValidateIngress(Validation v)
    {
        var networking = v.Spec["networking"];
        CheckAdminPort(v, networking);
        var address = networking["advertisedAddress"].Str();
        var port = networking["advertisedPort"].Int();
        if (address.Length == 0 && port != 0)
            v.Report(networking, "advertisedAddress", "has to be defined with advertisedPort");
        if (port == 0 && address.Length > 0)
            v.Report(networking, "advertisedPort", "has to be defined with advertisedAddress");
        CheckAddress(v, networking, "address");
        CheckAddress(v, networking, "advertisedAddress");
        CheckPort(v, networking);
        if (port != 0)
            AddressChecks.CheckPort(v, networking, "advertisedPort");

        // Kuma's path says availableService, without the s.
        var prefix = v.Spec.GetPath() is { Length: > 0 } root ? root + "." : "";
        var index = 0;
        foreach (var service in v.Spec["availableServices"].Items)
            TagCheck.Tags(
                Field.Of(v, service)["tags"].Named($"{prefix}availableService{NodeReading.At(index++)}.tags"),
                new TagRules { RequireService = true });
    }

    public static void ValidateEgress(Validation v)
    {
        var networking = v.Spec["networking"];
        CheckAdminPort(v, networking);
        CheckAddress(v, networking, "address");
        CheckPort(v, networking);
    }

    private static void CheckAdminPort(Validation v, Node networking)
    {
        var admin = networking["admin"];
        if (admin.IsSet() && admin["port"].Int() == networking["port"].Int() && NetworkText.CoversLoopback(networking["address"].Str()))
            v.Report(admin, "port", "must differ from port");
    }

    private static void CheckAddress(Validation v, Node networking, string field)
    {
        if (networking[field].Str().Length > 0)
            AddressChecks.CheckProxyAddress(v, networking, field, ".address");
    }

    private static void CheckPort(Validation v, Node networking)
    {
        if (networking.IsSet())
            AddressChecks.CheckPort(v, networking, "port");
        else
            v.Report(v.Spec, "networking.port", LegacyMessages.PortRange);
    }
}
