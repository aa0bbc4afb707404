using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators.Legacy;

/// <summary>kuma 2.x: pkg/core/resources/apis/mesh/external_service_validator.go.</summary>
internal static class ExternalServiceValidator
{
    private static readonly TagRules Rules = new() { RequireService = true, Whole = TagCheck.KnownProtocol };

    public static void Validate(Validation v)
    {
        var networking = v.Spec["networking"];
        if (networking.IsSet())
            CheckNetworking(v, networking);
        else
            v.Report(v.Spec, "networking", "should have networking");

        TagCheck.Tags(Field.Of(v, v.Spec)["tags"], Rules);
        if (v.Spec["tags"][WellKnown.ServiceTag].Str() is { Length: > 0 } service
            && NetworkText.TrySplitHostPort(networking["address"].Str(), out var host, out _) && service == host)
            v.Report(v.Spec["tags"], NodeReading.Key(WellKnown.ServiceTag), "cannot be the same as networking.address");
    }

    private static void CheckNetworking(Validation v, Node networking)
    {
        CheckAddress(v, networking, networking["address"].Str());
        var tls = networking["tls"];
        if (tls["serverName"].IsSet() && tls["serverName"].Str().Length == 0)
            v.Report(tls, "serverName", LegacyMessages.CannotBeEmpty);
        foreach (var source in (ReadOnlySpan<string>)["caCert", "clientCert", "clientKey"])
            DataSources.CheckNotEmpty(v, tls[source]);
    }

    private static void CheckAddress(Validation v, Node networking, string address)
    {
        if (address.Length == 0)
        {
            v.Report(networking, "address", "address can't be empty");
            return;
        }

        if (!NetworkText.TrySplitHostPort(address, out var host, out var port))
            v.Report(networking, "address", "unable to parse address");
        if (!NetworkText.IsHost(host))
            v.Report(networking, "address", "address has to be a valid IP address or a domain name");
        if (!uint.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            v.Report(networking, "address", "unable to parse port in address");
        if (!AddressChecks.IsPort(number))
            v.Report(networking, "address", LegacyMessages.PortRange);
    }
}
