using MeshLint.Yaml;
using System.Globalization;
using System.Text;

namespace MeshLint.Kuma.Go;

/// <summary>Go's <c>time.Duration</c>: nanoseconds in 64 bits, its text forms and the errors of <c>time.ParseDuration</c>.</summary>
public static class GoDuration
{
    /// <summary>Longest text that <see cref="Format(long, Span{char})"/> or <see cref="FormatProtobuf(long, Span{char})"/> write.</summary>
    public const int MaxLength = 32;

    private const ulong Limit = 1UL << 63;

    /// <summary>Reads a duration.</summary>
    /// <param name="text">Such as <c>1h30m</c> or <c>-1.5s</c>.</param>
    /// <param name="nanoseconds">The value; 0 where it is none.</param>
    /// <returns>Null, or Go's message: <c>time: missing unit in duration "5"</c>.</returns>
    public static string? Parse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var rest = text.AsSpan();
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
        ulong total = 0;
        while (rest.Length > 0)
        {
            if (rest[0] != '.' && !char.IsAsciiDigit(rest[0]))
                return Invalid(text);
            var before = rest.Length;
            if (!ReadInteger(ref rest, out var value))
                return Invalid(text);
            var hasInteger = before != rest.Length;
            var hasFraction = false;
            ulong fraction = 0;
            var scale = 1.0;
            if (rest.Length > 0 && rest[0] == '.')
            {
                rest = rest[1..];
                before = rest.Length;
                ReadFraction(ref rest, out fraction, out scale);
                hasFraction = before != rest.Length;
            }

            if (!hasInteger && !hasFraction)
                return Invalid(text);
            var length = 0;
            while (length < rest.Length && rest[length] != '.' && !char.IsAsciiDigit(rest[length]))
                length++;
            if (length == 0)
                return $"time: missing unit in duration {Quote(text)}";
            var unit = Unit(rest[..length]);
            if (unit == 0)
                return $"time: unknown unit {Quote(rest[..length].ToString())} in duration {Quote(text)}";
            rest = rest[length..];
            if (value > Limit / unit)
                return Invalid(text);
            value *= unit;
            if (fraction > 0)
            {
                value += (ulong)(fraction * (unit / scale));
                if (value > Limit)
                    return Invalid(text);
            }

            total += value;
            if (total > Limit)
                return Invalid(text);
        }

        if (!negative && total > Limit - 1)
            return Invalid(text);
        nanoseconds = negative ? unchecked((long)(0 - total)) : (long)total;
        return null;
    }

    /// <summary>Go's own spelling: <c>1h0m0s</c>, <c>1.5s</c>, <c>10ms</c>.</summary>
    public static string Format(long nanoseconds)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        return Format(nanoseconds, buffer).ToString();
    }

    /// <summary>Go's own spelling, written into a buffer of <see cref="MaxLength"/> characters.</summary>
    public static ReadOnlySpan<char> Format(long nanoseconds, Span<char> buffer)
    {
        var value = nanoseconds < 0 ? unchecked(0 - (ulong)nanoseconds) : (ulong)nanoseconds;
        var position = buffer.Length;
        buffer[--position] = 's';
        if (value < 1_000_000_000)
        {
            if (value == 0)
                return "0s";
            var digits = 0;
            if (value >= 1_000_000)
            {
                digits = 6;
                buffer[--position] = 'm';
            }
            else if (value >= 1_000)
            {
                digits = 3;
                buffer[--position] = 'µ';
            }
            else
            {
                buffer[--position] = 'n';
            }

            WriteFraction(buffer, ref position, ref value, digits);
            WriteInteger(buffer, ref position, value);
        }
        else
        {
            WriteFraction(buffer, ref position, ref value, 9);
            WriteInteger(buffer, ref position, value % 60);
            value /= 60;
            if (value > 0)
            {
                buffer[--position] = 'm';
                WriteInteger(buffer, ref position, value % 60);
                value /= 60;
                if (value > 0)
                {
                    buffer[--position] = 'h';
                    WriteInteger(buffer, ref position, value);
                }
            }
        }

        if (nanoseconds < 0)
            buffer[--position] = '-';
        return buffer[position..];
    }

    /// <summary>The spelling of protobuf's JSON: seconds with 0, 3, 6 or 9 decimals (<c>3600s</c>, <c>0.010s</c>).</summary>
    public static ReadOnlySpan<char> FormatProtobuf(long nanoseconds, Span<char> buffer)
    {
        var value = nanoseconds < 0 ? unchecked(0 - (ulong)nanoseconds) : (ulong)nanoseconds;
        var fraction = value % 1_000_000_000;
        value /= 1_000_000_000;
        var position = buffer.Length;
        buffer[--position] = 's';
        if (fraction > 0)
        {
            var digits = 9;
            while (fraction % 1000 == 0)
            {
                fraction /= 1000;
                digits -= 3;
            }

            for (var i = 0; i < digits; i++)
            {
                buffer[--position] = (char)('0' + (fraction % 10));
                fraction /= 10;
            }

            buffer[--position] = '.';
        }

        WriteInteger(buffer, ref position, value);
        if (nanoseconds < 0)
            buffer[--position] = '-';
        return buffer[position..];
    }

    private static void WriteFraction(Span<char> buffer, ref int position, ref ulong value, int digits)
    {
        var print = false;
        for (var i = 0; i < digits; i++)
        {
            var digit = value % 10;
            print |= digit != 0;
            if (print)
                buffer[--position] = (char)('0' + digit);
            value /= 10;
        }

        if (print)
            buffer[--position] = '.';
    }

    private static void WriteInteger(Span<char> buffer, ref int position, ulong value)
    {
        do
        {
            buffer[--position] = (char)('0' + (value % 10));
            value /= 10;
        }
        while (value > 0);
    }

    private static bool ReadInteger(ref ReadOnlySpan<char> rest, out ulong value)
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

    /// <summary>Digits past what fits are dropped, as Go drops them.</summary>
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

    private static string Invalid(string text) => $"time: invalid duration {Quote(text)}";

    /// <summary>Package time quotes in its own way: control characters and everything beyond ASCII byte by byte.</summary>
    private static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is < 0x20 or >= 0x80)
                builder.Append("\\x").Append(b.ToString("x2", CultureInfo.InvariantCulture));
            else if (b is (byte)'"' or (byte)'\\')
                builder.Append('\\').Append((char)b);
            else
                builder.Append((char)b);
        }

        return builder.Append('"').ToString();
    }
}
