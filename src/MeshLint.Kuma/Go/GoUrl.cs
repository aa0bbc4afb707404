using MeshLint.Yaml;
using System.Buffers;

namespace MeshLint.Kuma.Go;

/// <summary>A URL as Go's <c>net/url</c> splits it.</summary>
/// <param name="Scheme">In lower case; "" where there is none.</param>
/// <param name="Opaque">What follows the scheme where that does not begin with a slash.</param>
/// <param name="HasUser">A user stands before the host.</param>
/// <param name="Host">Host and port.</param>
/// <param name="Path">The path, still escaped.</param>
/// <param name="Query">What follows the question mark.</param>
/// <param name="Fragment">What follows the hash; always "" for a request's URI.</param>
public sealed record GoUrl(string Scheme, string Opaque, bool HasUser, string Host, string Path, string Query, string Fragment)
{
    private const string Unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    private const string HostCharacters = Unreserved + "!$&'()*+,;=:[]<>\"";

    private static readonly SearchValues<char> UserCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:~!$&'()*+,;=%@");

    /// <summary>The port of the host as written, "" where there is none.</summary>
    public string Port
    {
        get
        {
            var colon = Host.LastIndexOf(':');
            return colon >= 0 && IsOptionalPort(Host.AsSpan(colon)) ? Host[(colon + 1)..] : "";
        }
    }

    /// <summary>Go's <c>url.Parse</c>; null where that gives an error.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="strictColons">Refuse a host with several colons outside brackets, as programs built for Go 1.26 do.</param>
    public static GoUrl? Parse(string text, bool strictColons)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var url = Split(hash < 0 ? text : text[..hash], isRequest: false, strictColons);
        if (url is null || hash < 0)
            return url;
        return HasValidEscapes(text.AsSpan(hash + 1)) ? url with { Fragment = text[(hash + 1)..] } : null;
    }

    /// <summary>
    /// Go's <c>url.ParseRequestURI</c>, which wants an absolute URL or path and knows no fragment; null where that gives an error.
    /// </summary>
    public static GoUrl? ParseRequest(string text, bool strictColons) =>
        text.Length == 0 ? null : Split(text, isRequest: true, strictColons);

    private static GoUrl? Split(string text, bool isRequest, bool strictColons)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.Contains('\x7f', StringComparison.Ordinal))
            return null;
        if (text == "*")
            return new GoUrl("", "", HasUser: false, "", "*", "", "");
        if (!TrySplitScheme(text, out var scheme, out var rest))
            return null;
        scheme = scheme.ToLowerInvariant();
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        if (question >= 0)
            rest = rest[..question];

        if (!rest.StartsWith('/'))
        {
            if (scheme.Length > 0)
                return new GoUrl(scheme, rest, HasUser: false, "", "", query, "");
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (isRequest || rest.AsSpan(0, slash < 0 ? rest.Length : slash).Contains(':'))
                return null;
        }

        var host = "";
        var hasUser = false;
        var hasAuthority = scheme.Length > 0 || (!isRequest && !rest.StartsWith("///", StringComparison.Ordinal));
        if (hasAuthority && rest.StartsWith("//", StringComparison.Ordinal))
        {
            var slash = rest.IndexOf('/', 2);
            var authority = slash < 0 ? rest[2..] : rest[2..slash];
            rest = slash < 0 ? "" : rest[slash..];
            var at = authority.LastIndexOf('@');
            hasUser = at >= 0;
            host = authority[(at + 1)..];
            if (!IsHost(host, strictColons) || (hasUser && !IsUser(authority.AsSpan(0, at))))
                return null;
        }

        return HasValidEscapes(rest) ? new GoUrl(scheme, "", hasUser, host, rest, query, "") : null;
    }

    private static bool TrySplitScheme(string text, out string scheme, out string rest)
    {
        scheme = "";
        rest = text;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetter(c))
                continue;
            if (c == ':')
            {
                scheme = text[..i];
                rest = text[(i + 1)..];
                return i > 0;
            }

            if (i == 0 || !(char.IsAsciiDigit(c) || c is '+' or '-' or '.'))
                return true;
        }

        return true;
    }

    private static bool IsUser(ReadOnlySpan<char> user) => !user.ContainsAnyExcept(UserCharacters) && HasValidEscapes(user);

    private static bool IsHost(ReadOnlySpan<char> host, bool strictColons)
    {
        if (!host.StartsWith("["))
        {
            var colon = strictColons ? host.IndexOf(':') : host.LastIndexOf(':');
            return (colon < 0 || IsOptionalPort(host[colon..])) && HasHostCharacters(host);
        }

        var close = host.LastIndexOf(']');
        if (close < 0 || !IsOptionalPort(host[(close + 1)..]))
            return false;
        var name = host[1..close];
        var zone = name.IndexOf("%25");
        if (zone < 0)
            return HasHostCharacters(name) && GoAddress.IsIPv6WithZone(name);
        return HasHostCharacters(name[..zone]) && HasValidEscapes(name[zone..]) && name.Length > zone + 3
            && GoAddress.IsIPv6WithZone(name[..zone]);
    }

    /// <summary>In a host only bytes beyond ASCII, and the percent sign, may be escaped.</summary>
    private static bool HasHostCharacters(ReadOnlySpan<char> host)
    {
        for (var i = 0; i < host.Length; i++)
        {
            if (host[i] == '%')
            {
                if (!IsEscape(host[i..]) || (char.IsBetween(host[i + 1], '0', '7') && !host[i..].StartsWith("%25")))
                    return false;
                i += 2;
            }
            else if (host[i] < 0x80 && !HostCharacters.Contains(host[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasValidEscapes(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('%'); i >= 0;)
        {
            if (!IsEscape(text[i..]))
                return false;
            text = text[(i + 3)..];
            i = text.IndexOf('%');
        }

        return true;
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length > 2 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);

    /// <summary>Nothing, or a colon and digits, of which there may be none.</summary>
    private static bool IsOptionalPort(ReadOnlySpan<char> port) =>
        port.Length == 0 || (port[0] == ':' && !port[1..].ContainsAnyExceptInRange('0', '9'));
}
