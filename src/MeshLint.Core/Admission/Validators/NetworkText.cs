using System.Globalization;

namespace MeshLint.Core.Admission.Validators;

/// <summary>Addresses, host names and URLs as the Go libraries of the control plane read them.</summary>
internal static class NetworkText
{
    /// <summary>An IP address without zone (Go: <c>net.ParseIP</c>): no leading zeros, no brackets.</summary>
    public static bool IsIp(string? text) => text is not null && TryParseIp(text, out _);

    /// <summary>A DNS name and no IP address (govalidator: <c>IsDNSName</c>); underscores and upper case pass.</summary>
    public static bool IsDnsName(string? text)
    {
        if (text is null || text.Length == 0 || Utf8Length(text) - text.AsSpan().Count('.') > 255 || IsIp(text))
            return false;
        var rest = text.AsSpan();
        if (rest[^1] == '.' || (rest[^1] == '_' && !IsDnsLabels(rest)))
            rest = rest[..^1];
        return IsDnsLabels(rest);
    }

    /// <summary>Neither of the addresses that mean "every interface".</summary>
    public static bool IsWildcard(string address) => address is "0.0.0.0" or "::";

    /// <summary>Splits <c>host:port</c> and <c>[v6]:port</c> (Go: <c>net.SplitHostPort</c>); both empty on failure.</summary>
    public static bool TrySplitHostPort(string text, out string host, out string port)
    {
        host = port = "";
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return false;
        int bracketFrom = 0, closeFrom = 0;
        string found;
        if (text[0] == '[')
        {
            var end = text.IndexOf(']');
            if (end < 0 || end + 1 != colon)
                return false;
            found = text[1..end];
            (bracketFrom, closeFrom) = (1, end + 1);
        }
        else
        {
            found = text[..colon];
            if (found.Contains(':', StringComparison.Ordinal))
                return false;
        }

        if (text.IndexOf('[', bracketFrom) >= 0 || text.IndexOf(']', closeFrom) >= 0)
            return false;
        host = found;
        port = text[(colon + 1)..];
        return true;
    }

    /// <summary>Reads an absolute URI or absolute path (Go: <c>url.ParseRequestURI</c>).</summary>
    /// <param name="text">The text.</param>
    /// <param name="port">The port written in it; "" where there is none.</param>
    public static bool TryParseRequestUri(string text, out string port)
    {
        port = "";
        if (text.Length == 0 || text.Any(c => c is < ' ' or '\x7f'))
            return false;
        if (text == "*")
            return true;
        if (!TryReadScheme(text, out var scheme, out var rest))
            return false;
        var question = rest.IndexOf('?');
        if (question >= 0)
            rest = rest[..question];
        if (!rest.StartsWith('/'))
            return scheme.Length > 0;
        if (scheme.Length > 0 && rest.StartsWith("//", StringComparison.Ordinal))
        {
            rest = rest[2..];
            var slash = rest.IndexOf('/');
            var authority = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? "" : rest[slash..];
            if (!TryReadAuthority(authority, out port))
                return false;
        }

        return HasValidEscapes(rest);
    }

    /// <summary>Number of bytes in UTF-8; Go's <c>len</c>.</summary>
    public static int Utf8Length(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    /// <summary>The 16 bytes of an address, IPv4 mapped into IPv6.</summary>
    public static bool TryParseIp(string text, out UInt128 value)
    {
        if (text.Contains(':', StringComparison.Ordinal))
            return TryParseIpV6(text, out value);
        value = 0;
        if (!TryParseIpV4(text, out var v4))
            return false;
        value = ((UInt128)0xffff << 32) | v4;
        return true;
    }

    private static bool TryParseIpV4(ReadOnlySpan<char> text, out uint value)
    {
        value = 0;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0'))
                return false;
            var number = uint.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);
            if (number > 255)
                return false;
            value = (value << 8) | number;
        }

        return parts == 4;
    }

    private static bool TryParseIpV6(string text, out UInt128 value)
    {
        value = 0;
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        var left = new List<ushort>(8);
        var right = new List<ushort>(8);
        if (gap < 0)
        {
            if (!TryReadGroups(text, left) || left.Count != 8)
                return false;
        }
        else
        {
            if (gap > 0 && !TryReadGroups(text[..gap], left))
                return false;
            if (gap + 2 < text.Length && !TryReadGroups(text[(gap + 2)..], right))
                return false;
            if (left.Count + right.Count > 7 || text[..gap].Contains('.', StringComparison.Ordinal))
                return false;
        }

        for (var i = 0; i < 8; i++)
        {
            var group = i < left.Count ? left[i] : i >= 8 - right.Count ? right[i - (8 - right.Count)] : (ushort)0;
            value = (value << 16) | group;
        }

        return true;
    }

    private static bool TryReadGroups(string text, List<ushort> groups)
    {
        var parts = text.Split(':');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (i == parts.Length - 1 && part.Contains('.', StringComparison.Ordinal))
            {
                if (groups.Count > 6 || !TryParseIpV4(part, out var v4))
                    return false;
                groups.Add((ushort)(v4 >> 16));
                groups.Add((ushort)v4);
                return true;
            }

            if (part.Length is 0 or > 4 || groups.Count == 8 || !ushort.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group))
                return false;
            groups.Add(group);
        }

        return true;
    }

    private static bool IsDnsLabels(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.Length is 0 or > 63 || label[0] == '-')
                return false;
            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                    return false;
            }
        }

        return true;
    }

    private static bool TryReadScheme(string text, out string scheme, out string rest)
    {
        (scheme, rest) = ("", text);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetter(c) || (i > 0 && (char.IsAsciiDigit(c) || c is '+' or '-' or '.')))
                continue;
            if (c != ':')
                return true;
            if (i == 0)
                return false;
            (scheme, rest) = (text[..i], text[(i + 1)..]);
            return true;
        }

        return true;
    }

    private static bool TryReadAuthority(string authority, out string port)
    {
        port = "";
        var at = authority.LastIndexOf('@');
        if (at >= 0 && (!authority.AsSpan(0, at).ToString().All(IsUserInfo) || !HasValidEscapes(authority[..at])))
            return false;
        var host = authority[(at + 1)..];
        var portFrom = host.Length;
        if (host.StartsWith('['))
        {
            var close = host.LastIndexOf(']');
            if (close < 0)
                return false;
            portFrom = close + 1;
        }
        else if (host.LastIndexOf(':') is >= 0 and var colon)
        {
            portFrom = colon;
        }

        var written = host[portFrom..];
        if (written.Length > 0 && (written[0] != ':' || written.AsSpan(1).ContainsAnyExceptInRange('0', '9')))
            return false;
        if (!host[..portFrom].All(IsHostCharacter))
            return false;
        port = written.Length > 0 ? written[1..] : "";
        return true;
    }

    private static bool IsUserInfo(char c) => char.IsAsciiLetterOrDigit(c) || "-._:~!$&'()*+,;=%@".Contains(c, StringComparison.Ordinal);

    private static bool IsHostCharacter(char c) => c >= 0x80 || char.IsAsciiLetterOrDigit(c) || "-_.~!$&'()*+,;=:[]<>\"".Contains(c, StringComparison.Ordinal);

    private static bool HasValidEscapes(string text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 3))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return false;
            if (i + 3 >= text.Length)
                break;
        }

        return true;
    }
}
