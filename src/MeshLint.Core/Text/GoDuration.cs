using System.Globalization;
using System.Text;

namespace MeshLint.Core.Text;

/// <summary>Durations as Go's <c>time.ParseDuration</c> reads them: <c>1h30m</c>, <c>-1.5ms</c>, <c>0</c>.</summary>
public static class GoDuration
{
    private const ulong Limit = 1UL << 63;

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nanoseconds">The duration in nanoseconds; 0 where the text is none.</param>
    /// <returns>Go's own error text (<c>time: missing unit in duration "5"</c>), or null where the text is a duration.</returns>
    public static string? Parse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        ReadOnlySpan<char> rest = text;
        var negative = false;
        if (rest.Length > 0 && rest[0] is '-' or '+')
        {
            negative = rest[0] == '-';
            rest = rest[1..];
        }

        if (rest is "0")
            return null;
        if (rest.Length == 0)
            return Invalid(text);
        var total = 0UL;
        while (rest.Length > 0)
        {
            if (rest[0] != '.' && !char.IsAsciiDigit(rest[0]))
                return Invalid(text);
            var before = rest.Length;
            if (!ReadWhole(ref rest, out var whole))
                return Invalid(text);
            var hasDigits = rest.Length != before;
            var fraction = 0UL;
            var scale = 1.0;
            if (rest.Length > 0 && rest[0] == '.')
            {
                rest = rest[1..];
                before = rest.Length;
                ReadFraction(ref rest, out fraction, out scale);
                hasDigits |= rest.Length != before;
            }

            if (!hasDigits)
                return Invalid(text);
            var unitLength = rest.IndexOfAny(".0123456789");
            if (unitLength < 0)
                unitLength = rest.Length;
            if (unitLength == 0)
                return $"time: missing unit in duration {Quote(text)}";
            var unit = Unit(rest[..unitLength]);
            if (unit == 0)
                return $"time: unknown unit {Quote(rest[..unitLength].ToString())} in duration {Quote(text)}";
            rest = rest[unitLength..];
            if (whole > Limit / unit)
                return Invalid(text);
            whole *= unit;
            if (fraction > 0)
                whole += (ulong)(fraction * (unit / scale));
            if (whole > Limit)
                return Invalid(text);
            total += whole;
            if (total > Limit)
                return Invalid(text);
        }

        if (!negative && total > long.MaxValue)
            return Invalid(text);
        nanoseconds = negative ? unchecked(-(long)total) : (long)total;
        return null;
    }

    private static string Invalid(string text) => $"time: invalid duration {Quote(text)}";

    private static ulong Unit(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" or "\u00b5s" or "\u03bcs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => 0,
    };

    private static bool ReadWhole(ref ReadOnlySpan<char> rest, out ulong value)
    {
        value = 0;
        var i = 0;
        for (; i < rest.Length && char.IsAsciiDigit(rest[i]); i++)
        {
            if (value > Limit / 10)
                return false;
            value = (value * 10) + (ulong)(rest[i] - '0');
            if (value > Limit)
                return false;
        }

        rest = rest[i..];
        return true;
    }

    /// <summary>Reads digits after the point; digits beyond what fits are read over, as Go does.</summary>
    private static void ReadFraction(ref ReadOnlySpan<char> rest, out ulong value, out double scale)
    {
        value = 0;
        scale = 1;
        var overflow = false;
        var i = 0;
        for (; i < rest.Length && char.IsAsciiDigit(rest[i]); i++)
        {
            if (overflow)
                continue;
            if (value > (Limit - 1) / 10)
            {
                overflow = true;
                continue;
            }

            var next = (value * 10) + (ulong)(rest[i] - '0');
            if (next > Limit)
            {
                overflow = true;
                continue;
            }

            value = next;
            scale *= 10;
        }

        rest = rest[i..];
    }

    /// <summary>Go's package <c>time</c> has its own quoting: control characters and every byte beyond ASCII as <c>\xNN</c>.</summary>
    private static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x80 or < 0x20)
                builder.Append("\\x").Append(b.ToString("x2", CultureInfo.InvariantCulture));
            else if (b is (byte)'"' or (byte)'\\')
                builder.Append('\\').Append((char)b);
            else
                builder.Append((char)b);
        }

        return builder.Append('"').ToString();
    }
}
