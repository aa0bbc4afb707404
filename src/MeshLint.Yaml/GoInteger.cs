using System.Globalization;

namespace MeshLint.Yaml;

/// <summary>Integers as Go's strconv reads them: <c>ParseInt</c>, and where that fails <c>ParseUint</c>.</summary>
internal static class GoInteger
{
    /// <summary>The decimal spelling of an integer between -2^63 and 2^64-1.</summary>
    /// <param name="text">Digits, with a sign and (for base 0) one of the prefixes 0x, 0o, 0b and 0.</param>
    /// <param name="radix">2, or 0 for what the prefix says.</param>
    /// <param name="canonical">The decimal spelling.</param>
    public static bool TryParse(ReadOnlySpan<char> text, int radix, out string? canonical)
    {
        canonical = null;
        if (text.IsEmpty)
            return false;
        var isSigned = text[0] is '+' or '-';
        var isNegative = text[0] == '-';
        var digits = isSigned ? text[1..] : text;
        if (digits.IsEmpty)
            return false;
        if (radix == 0)
            digits = TakePrefix(digits, out radix);
        if (!TryMagnitude(digits, radix, out var magnitude))
            return false;
        if (magnitude <= long.MaxValue || (isNegative && magnitude == 1UL << 63))
        {
            canonical = (isNegative ? unchecked(-(long)magnitude) : (long)magnitude).ToString(CultureInfo.InvariantCulture);
            return true;
        }

        // Only without a sign is the upper half of the unsigned integers read.
        canonical = isSigned ? null : magnitude.ToString(CultureInfo.InvariantCulture);
        return !isSigned;
    }

    private static ReadOnlySpan<char> TakePrefix(ReadOnlySpan<char> digits, out int radix)
    {
        radix = 10;
        if (digits[0] != '0')
            return digits;
        radix = digits.Length < 3 ? 8 : digits[1] switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };
        if (digits.Length >= 3 && radix != 0)
            return digits[2..];
        radix = 8;
        return digits[1..];
    }

    private static bool TryMagnitude(ReadOnlySpan<char> digits, int radix, out ulong magnitude)
    {
        magnitude = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10) : 99;
            if (digit >= radix)
                return false;
            var high = Math.BigMul(magnitude, (ulong)radix, out var low);
            if (high != 0 || low > ulong.MaxValue - (ulong)digit)
                return false;
            magnitude = low + (ulong)digit;
        }

        return true;
    }
}
