using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>URLs, paths and names as github.com/asaskevich/govalidator judges them, which Kuma asks.</summary>
internal static class WebText
{
    private const int MaxUrlRunes = 2083;
    private const int MinUrlBytes = 3;
    private const int MaxWindowsPath = 32767;

    // Go's \d and \s are ASCII; a character beyond U+FFFF is one rune there and so no part of \x{00a1}-\x{ffff}.
    private const string Word = @"a-zA-Z\u00a1-\ud7ff\ue000-\uffff";
    private const string V4Byte = @"(25[0-5]|(2[0-4]|1?[0-9])?[0-9])";
    private const string V4 = $@"(({V4Byte}\.){{3}}{V4Byte})";
    private const string Hex = "[0-9a-fA-F]{1,4}";

    private const string IPLiteral =
        $@"(({Hex}:){{7}}{Hex}|({Hex}:){{1,7}}:|({Hex}:){{1,6}}:{Hex}|({Hex}:){{1,5}}(:{Hex}){{1,2}}|({Hex}:){{1,4}}(:{Hex}){{1,3}}|({Hex}:){{1,3}}(:{Hex}){{1,4}}"
        + $@"|({Hex}:){{1,2}}(:{Hex}){{1,5}}|{Hex}:(:{Hex}){{1,6}}|:((:{Hex}){{1,7}}|:)|fe80:(:[0-9a-fA-F]{{0,4}}){{0,4}}%[0-9a-zA-Z]+|::(ffff(:0{{1,4}})?:)?{V4}|({Hex}:){{1,4}}:{V4})";

    private const string UrlAddress =
        @"([1-9][0-9]?|1[0-9][0-9]|2[01][0-9]|22[0-3]|24[0-9]|25[0-5])(\.([0-9]{1,2}|1[0-9][0-9]|2[0-4][0-9]|25[0-5])){2}\.([0-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";

    private const string UrlSubdomain = @"(www\.|[a-zA-Z0-9]+([-_.]?[a-zA-Z0-9])*[a-zA-Z0-9]\.[a-zA-Z0-9]+)";

    private const string UrlName =
        $@"([a-zA-Z0-9]([a-zA-Z0-9_-]+)?[a-zA-Z0-9]([-.][a-zA-Z0-9]+)*|{UrlSubdomain}?)?([{Word}0-9]+-?-?)*[{Word}0-9]+(\.[{Word}]+)?";

    private const string UrlPattern =
        $@"\A((ftp|tcp|udp|wss?|https?)://)?([^\t\n\f\r ]+(:[^\t\n\f\r ]*)?@)?({UrlAddress}|\[{IPLiteral}\]|{UrlName})\.?(:[0-9]{{1,5}})?([/?#][^\t\n\f\r ]*)?\z";

    // Without backtracking: the pattern nests repetitions, and the text is anybody's.
    private static readonly Lazy<Regex> Url = new(
        static () => new Regex(UrlPattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant));

    private static readonly SearchValues<char> DnsCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    private static readonly SearchValues<char> NotInWindowsPath = SearchValues.Create("/:*?\"<>|\r\n");

    /// <summary>govalidator's <c>IsURL</c>; <c>host:port</c> without a scheme is one.</summary>
    public static bool IsUrl(string text, KumaVersion version)
    {
        if (text.StartsWith('.') || Encoding.UTF8.GetByteCount(text) <= MinUrlBytes || text.EnumerateRunes().Count() >= MaxUrlRunes)
            return false;
        var needsScheme = text.Contains(':', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal);
        if (GoUrl.Parse(needsScheme ? "http://" + text : text, HasStrictColons(version)) is not { } url || url.Host.StartsWith('.'))
            return false;
        if (url.Host.Length == 0 && url.Path.Length > 0 && !Uri.UnescapeDataString(url.Path).Contains('.', StringComparison.Ordinal))
            return false;
        return Url.Value.IsMatch(text);
    }

    /// <summary>Whether the Go that a Kuma line was built with refuses a URL's host with several colons.</summary>
    public static bool HasStrictColons(KumaVersion version) => version.Behaviour.StrictUrlColons;

    /// <summary>govalidator's <c>IsFilePath</c>: an absolute Unix path or a Windows path.</summary>
    public static bool IsFilePath(string text) =>
        IsWindowsPath(text)
            ? Encoding.UTF8.GetByteCount(text) - 3 <= MaxWindowsPath
            : text.StartsWith('/') && !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>govalidator's <c>IsDNSName</c>.</summary>
    public static bool IsDnsName(string text)
    {
        if (text.Length == 0 || text.Length - text.AsSpan().Count('.') > 255 || GoAddress.IsIP(text))
            return false;
        var name = text[^1] == '.' ? text.AsSpan(0, text.Length - 1) : text;
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            // The name as a whole may end in an underscore, which a label of full length then leaves room for.
            var room = range.End.Value == text.Length && label.EndsWith("_") ? 64 : 63;
            if (label.Length == 0 || label.Length > room || label[0] == '-' || label.ContainsAnyExcept(DnsCharacters))
                return false;
        }

        return true;
    }

    /// <summary>Go's <c>net.SplitHostPort</c> splits the text; host and port may be empty.</summary>
    public static bool IsHostPort(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return false;
        var host = text.AsSpan(0, colon);
        if (text[0] == '[')
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            if (close < 0 || close + 1 != colon)
                return false;
            host = host[1..^1];
        }
        else if (host.Contains(':'))
        {
            return false;
        }

        return !host.ContainsAny('[', ']') && !text.AsSpan(colon).ContainsAny('[', ']');
    }

    private static bool IsWindowsPath(string text)
    {
        if (text.Length < 3 || !char.IsAsciiLetter(text[0]) || text[1] != ':' || text[2] != '\\')
            return false;
        var rest = text.AsSpan(3);
        return !rest.ContainsAny(NotInWindowsPath) && !rest.StartsWith("\\") && rest.IndexOf("\\\\") < 0;
    }
}
