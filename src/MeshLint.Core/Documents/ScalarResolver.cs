using System.Globalization;
using System.Numerics;

namespace MeshLint.Core.Documents;

/// <summary>Decides the JSON type of a plain YAML scalar as sigs.k8s.io/yaml (go-yaml v2, YAML 1.1) does, which Kuma and kubectl both use.</summary>
internal static class ScalarResolver
{
    /// <summary>The type, and for numbers and booleans the JSON spelling of the value.</summary>
    public static NodeKind Resolve(string text, out string? canonical)
    {
        canonical = text;
        if (text.Length == 0)
        {
            canonical = null;
            return NodeKind.Null;
        }

        switch (text[0])
        {
            case '~' when text.Length == 1:
            case 'n' or 'N' when text is "null" or "Null" or "NULL":
                canonical = null;
                return NodeKind.Null;
            case 'y' or 'Y' or 't' or 'T' or 'o' or 'O' or 'n' or 'N' or 'f' or 'F':
                if (text is "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON")
                {
                    canonical = "true";
                    return NodeKind.Boolean;
                }

                if (text is "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF")
                {
                    canonical = "false";
                    return NodeKind.Boolean;
                }

                return NodeKind.String;
            case '+' or '-' or '.' or (>= '0' and <= '9'):
                return ResolveNumber(text, out canonical);
            default:
                return NodeKind.String;
        }
    }

    private static NodeKind ResolveNumber(string text, out string? canonical)
    {
        canonical = text;
        var plain = text.Contains('_', StringComparison.Ordinal) ? text.Replace("_", "", StringComparison.Ordinal) : text;
        if (IsDecimal(plain))
        {
            var digits = plain[0] is '+' or '-' ? plain.AsSpan(1) : plain;
            if (digits.Length > 1 && digits[0] == '0')
            {
                // Go's ParseInt with base 0: a leading zero means octal; with a digit 8 or 9 it is no integer but still a float.
                if (digits.IndexOfAnyInRange('8', '9') >= 0)
                    return Float(plain, out canonical);
                return Radix(plain, digits[1..], 8, out canonical) ? NodeKind.Integer : NodeKind.String;
            }

            canonical = plain[0] == '+' ? plain[1..] : plain;
            if (canonical == "-0")
                canonical = "0";
            return canonical.Length < 19 || Int128.TryParse(canonical, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wide) && wide <= ulong.MaxValue && wide >= long.MinValue
                ? NodeKind.Integer
                : Float(plain, out canonical);
        }

        var start = plain.Length > 0 && plain[0] is '+' or '-' ? 1 : 0;
        if (plain.Length > start + 2 && plain[start] == '0')
        {
            var radix = plain[start + 1] switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };
            if (radix != 0)
            {
                if (Radix(plain, plain.AsSpan(start + 2), radix, out canonical))
                    return NodeKind.Integer;
                canonical = text;
                return NodeKind.String;
            }
        }

        if (plain is ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF" or ".nan" or ".NaN" or ".NAN")
            return NodeKind.Float;
        if (IsFloat(plain))
            return Float(plain, out canonical);
        canonical = text;
        return NodeKind.String;
    }

    private static NodeKind Float(string plain, out string? canonical)
    {
        canonical = plain;
        if (double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            canonical = value == Math.Floor(value) && Math.Abs(value) < 1e15
                ? ((long)value).ToString(CultureInfo.InvariantCulture)
                : value.ToString("R", CultureInfo.InvariantCulture);
        }

        return NodeKind.Float;
    }

    private static bool Radix(string plain, ReadOnlySpan<char> digits, int radix, out string? canonical)
    {
        canonical = null;
        BigInteger value = 0;
        if (digits.Length is 0 or > 64)
            return false;
        foreach (var c in digits)
        {
            var digit = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'f' => c - 'a' + 10,
                >= 'A' and <= 'F' => c - 'A' + 10,
                _ => 99,
            };
            if (digit >= radix)
                return false;
            value = (value * radix) + digit;
        }

        if (value > ulong.MaxValue)
            return false;
        canonical = (plain[0] == '-' ? -value : value).ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static bool IsDecimal(string text)
    {
        var start = text[0] is '+' or '-' ? 1 : 0;
        return text.Length > start && text.AsSpan(start).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    // [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    private static bool IsFloat(string text)
    {
        var i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var digits = 0;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
            digits++;
        }

        if (i < text.Length && text[i] == '.')
        {
            i++;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                i++;
                digits++;
            }
        }

        if (digits == 0)
            return false;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-')
                i++;
            var exponent = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            if (i == exponent)
                return false;
        }

        return i == text.Length;
    }
}
