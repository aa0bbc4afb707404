using MeshLint.Yaml;
using System.Buffers;

namespace MeshLint.Kuma.Go;

/// <summary>IP addresses as Go's packages <c>net</c> and <c>net/netip</c> read them.</summary>
public static class GoAddress
{
    private const int IPv6Groups = 8;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Go's <c>net.ParseIP</c>: no zone, no leading zeros in IPv4.</summary>
    public static bool IsIP(ReadOnlySpan<char> text) => IsIPv4(text, sloppy: false) || IsIPv6(text, sloppy: false);

    /// <summary>Kubernetes' <c>ParseIPSloppy</c>: leading zeros in IPv4 are fine.</summary>
    public static bool IsIPSloppy(ReadOnlySpan<char> text) => IsIPv4(text, sloppy: true) || IsIPv6(text, sloppy: true);

    /// <summary>Go's <c>netip.ParseAddr</c> for an IPv6 address, which may carry a zone.</summary>
    public static bool IsIPv6WithZone(ReadOnlySpan<char> text)
    {
        var zone = text.IndexOf('%');
        return zone < 0 ? IsIPv6(text, sloppy: false) : zone < text.Length - 1 && IsIPv6(text[..zone], sloppy: false);
    }

    /// <summary>Go's <c>net.ParseCIDR</c>: an address and the number of its leading bits.</summary>
    public static bool IsCidr(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0)
            return false;
        var address = text[..slash];
        var bits = text[(slash + 1)..];
        var most = IsIPv4(address, sloppy: false) ? 32 : IsIPv6(address, sloppy: false) ? 128 : -1;
        if (most < 0 || bits.Length == 0 || bits.ContainsAnyExceptInRange('0', '9'))
            return false;
        bits = bits.TrimStart('0');
        return bits.Length == 0 || (bits.Length <= 3 && int.Parse(bits, System.Globalization.CultureInfo.InvariantCulture) <= most);
    }

    public static bool IsIPv4(ReadOnlySpan<char> text, bool sloppy)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length == 0 || part.ContainsAnyExceptInRange('0', '9'))
                return false;
            if (sloppy)
                part = part.TrimStart('0');
            else if (part.Length > 1 && part[0] == '0')
                return false;
            if (part.Length > 3 || (part.Length == 3 && part.CompareTo("255", StringComparison.Ordinal) > 0))
                return false;
        }

        return parts == 4;
    }

    private static bool IsIPv6(ReadOnlySpan<char> text, bool sloppy)
    {
        var groups = 0;
        var hasGap = false;
        if (text.StartsWith("::"))
        {
            hasGap = true;
            text = text[2..];
            if (text.Length == 0)
                return true;
        }

        while (true)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains('.'))
            {
                groups += 2;
                return IsIPv4(group, sloppy) && (hasGap ? groups < IPv6Groups : groups == IPv6Groups);
            }

            if (group.Length is 0 or > 4 || group.ContainsAnyExcept(HexDigits))
                return false;
            groups++;
            if (colon < 0)
                return hasGap ? groups < IPv6Groups : groups == IPv6Groups;
            text = text[(colon + 1)..];
            if (!text.StartsWith(":"))
                continue;
            if (hasGap)
                return false;
            hasGap = true;
            text = text[1..];
            if (text.Length == 0)
                return groups < IPv6Groups;
        }
    }
}
