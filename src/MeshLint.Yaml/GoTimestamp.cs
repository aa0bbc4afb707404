namespace MeshLint.Yaml;

/// <summary>
/// The timestamps that go-yaml v2 takes under the tag !!timestamp: dates, and dates with a time, read by Go's <c>time.Parse</c>.
/// </summary>
internal static class GoTimestamp
{
    /// <summary>Whether a text is such a timestamp.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var at = 0;
        if (text.Length < 5 || text[..4].IndexOfAnyExceptInRange('0', '9') >= 0)
            return false;
        var year = int.Parse(text[..4], System.Globalization.CultureInfo.InvariantCulture);
        at = 4;
        if (!Sign(text, ref at, '-') || !Number(text, ref at, 1, 12, out var month) || !Sign(text, ref at, '-') || !Number(text, ref at,
            1, 31, out var day))
            return false;
        // The year 0 of the proleptic calendar is a leap year, as the year 4.
        if (day > DateTime.DaysInMonth(year == 0 ? 4 : year, month))
            return false;
        if (at == text.Length)
            return true;
        var separator = text[at++];
        if (separator is not ('T' or 't' or ' '))
            return false;
        while (separator == ' ' && at < text.Length && text[at] == ' ')
            at++;
        if (!IsClock(text, ref at))
            return false;
        return separator == ' ' ? at == text.Length : IsZone(text[at..]);
    }

    private static bool IsClock(ReadOnlySpan<char> text, ref int at)
    {
        if (!Number(text, ref at, 0, 23, out _) || !Sign(text, ref at, ':') || !Number(text, ref at, 0, 59, out _)
            || !Sign(text, ref at, ':') || !Number(text, ref at, 0, 59, out _))
            return false;
        if (at + 1 < text.Length && text[at] is '.' or ',' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
        }

        return true;
    }

    private static bool IsZone(ReadOnlySpan<char> zone) =>
        zone is "Z"
        || (zone.Length == 6 && zone[0] is '+' or '-' && zone[3] == ':'
            && int.TryParse(zone[1..3], System.Globalization.NumberStyles.None, null, out var hours) && hours <= 24
            && int.TryParse(zone[4..6], System.Globalization.NumberStyles.None, null, out var minutes) && minutes <= 60);

    private static bool Sign(ReadOnlySpan<char> text, ref int at, char sign)
    {
        if (at >= text.Length || text[at] != sign)
            return false;
        at++;
        return true;
    }

    // One or two digits.
    private static bool Number(ReadOnlySpan<char> text, ref int at, int from, int to, out int value)
    {
        value = 0;
        var start = at;
        while (at < text.Length && at - start < 2 && char.IsAsciiDigit(text[at]))
            value = (value * 10) + text[at++] - '0';
        return at > start && value >= from && value <= to;
    }
}
