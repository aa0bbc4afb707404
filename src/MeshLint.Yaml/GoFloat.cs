using System.Globalization;

namespace MeshLint.Yaml;

/// <summary>Floats as Go prints them where they are keys.</summary>
internal static class GoFloat
{
    private const int ExponentFrom = 6;

    /// <summary>What <c>strconv.FormatFloat(value, 'g', -1, 32)</c> gives: the shortest digits of the float32.</summary>
    public static string KeyText(string canonical)
    {
        if (canonical is ".inf" or "-.inf" or ".nan")
            return canonical;
        var value = (float)double.Parse(canonical, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!float.IsFinite(value))
            return value < 0 ? "-.inf" : ".inf";
        var spelled = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = spelled[0] == '-' ? "-" : "";
        var (digits, point) = Digits(spelled.AsSpan(sign.Length));
        if (digits.Length == 0)
            return sign + "0";
        var exponent = point - 1;
        if (exponent is < -4 or >= ExponentFrom)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (point <= 0)
            return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length
            ? $"{sign}{digits}{new string('0', point - digits.Length)}"
            : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    // The digits without zeros around them, and how many of them stand before the point.
    private static (string Digits, int Point) Digits(ReadOnlySpan<char> spelled)
    {
        var e = spelled.IndexOf('E');
        var exponent = e < 0 ? 0 : int.Parse(spelled[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? spelled : spelled[..e];
        var dot = mantissa.IndexOf('.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var all = string.Concat(whole, dot < 0 ? "" : mantissa[(dot + 1)..]);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole.Length - leading + exponent);
    }
}
