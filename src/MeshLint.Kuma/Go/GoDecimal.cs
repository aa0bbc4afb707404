using MeshLint.Yaml;
using System.Globalization;

namespace MeshLint.Kuma.Go;

/// <summary>
/// A decimal number of any size as Kuma's int-or-string fields hold it (github.com/shopspring/decimal): digits and a power of ten.
/// </summary>
/// <remarks>Nothing is ever scaled, so <c>1e2000000000</c> costs as little as <c>1</c>.</remarks>
public readonly struct GoDecimal
{
    private readonly bool negative;
    private readonly string? digits;
    private readonly long exponent;

    private GoDecimal(bool negative, string digits, long exponent)
    {
        this.negative = negative;
        this.digits = digits.TrimStart('0');
        this.exponent = exponent;
    }

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => string.IsNullOrEmpty(digits) ? 0 : negative ? -1 : 1;

    public static GoDecimal Of(long value) => new(value < 0, value.ToString(CultureInfo.InvariantCulture).TrimStart('-'), 0);

    /// <summary>
    /// Reads what <c>decimal.NewFromString</c> takes: an optional sign, digits with at most one point, an exponent of 32 bits.
    /// </summary>
    public static bool TryParse(string text, out GoDecimal value)
    {
        value = default;
        var mantissa = text.AsSpan();
        var exponent = 0L;
        var e = mantissa.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            var written = mantissa[(e + 1)..];
            if (!IsWhole(written) || !int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exp))
                return false;
            exponent = exp;
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.');
        string whole;
        if (point < 0)
        {
            whole = mantissa.ToString();
        }
        else
        {
            var fraction = mantissa[(point + 1)..];
            if (fraction.Contains('.'))
                return false;
            whole = string.Concat(mantissa[..point], fraction);
            exponent -= fraction.Length;
        }

        if (!IsWhole(whole) || exponent is < int.MinValue or > int.MaxValue)
            return false;
        value = new GoDecimal(whole[0] == '-', whole.TrimStart('+', '-'), exponent);
        return true;
    }

    /// <summary>Whether the number is greater than a whole number that is not negative.</summary>
    public bool IsGreaterThan(int limit)
    {
        if (Sign <= 0 || digits is null)
            return false;
        if (limit == 0)
            return true;
        var text = limit.ToString(CultureInfo.InvariantCulture);
        var magnitude = digits.Length + exponent;
        if (magnitude != text.Length)
            return magnitude > text.Length;
        var length = Math.Max(digits.Length, text.Length);
        return string.CompareOrdinal(digits.PadRight(length, '0'), text.PadRight(length, '0')) > 0;
    }

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] is '+' or '-')
            text = text[1..];
        return text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
    }
}
