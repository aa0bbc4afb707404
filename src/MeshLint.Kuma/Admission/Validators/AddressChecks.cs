
namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Ports and addresses of proxies (kuma: pkg/core/resources/apis/mesh/validators.go, dataplane_validator.go).</summary>
internal static class AddressChecks
{
    public static bool IsPort(long port) => port is >= 1 and <= 65535;

    /// <summary>A required port with the words of the protobuf kinds.</summary>
    public static void CheckPort(Validation v, Node parent, string field)
    {
        if (!IsPort(parent[field].Int()))
            v.Report(parent, field, LegacyMessages.PortRange);
    }

    /// <summary>The address of a proxy: set, no wildcard, an IP address or DNS name.</summary>
    /// <param name="v">The validation.</param>
    /// <param name="parent">The node that holds the address.</param>
    /// <param name="field">The key of the address.</param>
    /// <param name="suffix">Appended to the path in the report; zone proxies repeat the word.</param>
    public static void CheckProxyAddress(Validation v, Node parent, string field, string suffix = "")
    {
        var address = parent[field].Str();
        if (address.Length == 0)
        {
            Report("address can't be empty");
            return;
        }

        if (NetworkText.IsWildcard(address))
            Report("must not be 0.0.0.0 or ::");
        if (!NetworkText.IsHost(address))
            Report("address has to be valid IP address or domain name");

        void Report(string reason) => v.Report(parent, field + suffix, reason);
    }
}
