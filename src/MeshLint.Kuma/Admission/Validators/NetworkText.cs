using System.Net;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Addresses of proxies as the Go libraries of the control plane read them.</summary>
internal static class NetworkText
{
    /// <summary>An IP address, or a DNS name as govalidator sees one.</summary>
    public static bool IsHost(string text) => GoAddress.IsIP(text) || WebText.IsDnsName(text);

    /// <summary>One of the addresses that mean "every interface".</summary>
    public static bool IsWildcard(string address) => address is "0.0.0.0" or "::";

    /// <summary>Whether what listens on an address is reached on 127.0.0.1.</summary>
    public static bool CoversLoopback(string address)
    {
        if (!GoAddress.IsIP(address))
            return false;
        var ip = IPAddress.Parse(address);
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        return ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) || ip.Equals(IPAddress.Loopback);
    }

    /// <summary>Number of bytes in UTF-8; Go's <c>len</c>.</summary>
    public static int Utf8Length(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    /// <summary>Splits <c>host:port</c> and <c>[v6]:port</c> (Go: <c>net.SplitHostPort</c>); both empty on failure.</summary>
    public static bool TrySplitHostPort(string text, out string host, out string port)
    {
        host = port = "";
        if (!WebText.IsHostPort(text))
            return false;
        var colon = text.LastIndexOf(':');
        host = text[0] == '[' ? text[1..(colon - 1)] : text[..colon];
        port = text[(colon + 1)..];
        return true;
    }
}
