using MeshLint.Yaml;
using System.Globalization;

namespace MeshLint.Kuma.Go;

/// <summary>Reads times as Go's <c>time.Parse(time.RFC3339, …)</c> does, with its texts.</summary>
internal static class GoTime
{
    private const string Layout = "2006-01-02T15:04:05Z07:00";

    private static readonly (string Element, int Digits, int Low, int High, string Name)[] Numbers =
    [
        ("2006", 4, 0, 9999, "year"),
        ("01", 2, 1, 12, "month"),
        ("02", 2, 1, 31, "day"),
        ("15", 2, 0, 23, "hour"),
        ("04", 2, 0, 59, "minute"),
        ("05", 2, 0, 59, "second"),
    ];

    /// <summary>Why the text is no RFC 3339 time; null where it is one.</summary>
    public static string? FindError(string text)
    {
        var rest = text;
        Span<int> values = stackalloc int[Numbers.Length];
        for (var i = 0; i < Numbers.Length; i++)
        {
            var (element, digits, low, high, name) = Numbers[i];
            if (i > 0)
            {
                var separator = i < 3 ? "-" : i == 3 ? "T" : ":";
                if (!rest.StartsWith(separator, StringComparison.Ordinal))
                    return CannotParse(text, rest, separator);
                rest = rest[1..];
            }

            if (rest.Length < digits
                || !int.TryParse(rest.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return CannotParse(text, rest, element);
            if (value < low || value > high)
                return OutOfRange(text, name);
            values[i] = value;
            rest = rest[digits..];
        }

        if (rest.Length > 1 && rest[0] is '.' or ',' && char.IsAsciiDigit(rest[1]))
            rest = rest.AsSpan(1).TrimStart("0123456789").ToString();
        if (FindZoneError(text, ref rest) is { } error)
            return error;
        if (rest.Length > 0)
            return $"parsing time {GoText.Quote(text)}: extra text: {GoText.Quote(rest)}";
        return values[0] > 0 && values[2] > DateTime.DaysInMonth(values[0], values[1]) ? OutOfRange(text, "day") : null;
    }

    private static string? FindZoneError(string text, ref string rest)
    {
        if (rest.StartsWith('Z'))
        {
            rest = rest[1..];
            return null;
        }

        if (rest.Length < 6 || rest[0] is not ('+' or '-') || rest[3] != ':'
            || !int.TryParse(rest.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(rest.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
            return CannotParse(text, rest, "Z07:00");
        rest = rest[6..];
        return hours > 24 ? OutOfRange(text, "time zone offset hour") : minutes > 60 ? OutOfRange(text, "time zone offset minute") : null;
    }

    private static string CannotParse(string text, string rest, string element) =>
        $"parsing time {GoText.Quote(text)} as \"{Layout}\": cannot parse {GoText.Quote(rest)} as \"{element}\"";

    private static string OutOfRange(string text, string what) => $"parsing time {GoText.Quote(text)}: {what} out of range";
}
