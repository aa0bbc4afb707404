using MeshLint.Core.Documents;

namespace MeshLint.Core.Admission.Validators;

/// <summary>Durations as Go (<c>1h30m</c>), protobuf (<c>1.5s</c>) and Kuma's mTLS backends (<c>10d</c>) write them.</summary>
internal static class Durations
{
    /// <summary>Length in nanoseconds; null where the node holds no duration.</summary>
    public static double? Nanoseconds(Node node)
    {
        if (node.Str() is not { Length: > 0 } text)
            return null;
        var negative = text[0] == '-';
        var rest = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        if (rest is "0")
            return 0;
        var total = 0.0;
        if (rest.IsEmpty)
            return null;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var number))
                return null;
            rest = rest[digits..];
            var unitLength = rest.IndexOfAny("0123456789.");
            var unit = unitLength < 0 ? rest : rest[..unitLength];
            double? scale = unit switch
            {
                "ns" => 1,
                "us" or "µs" or "μs" => 1e3,
                "ms" => 1e6,
                "s" => 1e9,
                "m" => 60e9,
                "h" => 3600e9,
                _ => null,
            };
            if (scale is null)
                return null;
            total += number * scale.Value;
            rest = rest[unit.Length..];
        }

        return negative ? -total : total;
    }

    /// <summary>A duration is written and it is zero.</summary>
    public static bool IsZero(Node node) => Nanoseconds(node) == 0;

    /// <summary>A duration is written and it is below zero.</summary>
    public static bool IsNegative(Node node) => Nanoseconds(node) < 0;

    /// <summary>Whether an expiration of an mTLS backend can be read (kuma: core_mesh.ParseDuration): digits and one unit up to years, or <c>0</c>.</summary>
    public static bool IsExpiration(string text)
    {
        if (text == "0")
            return true;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && text[digits..] is "y" or "w" or "d" or "h" or "m" or "s" or "ms";
    }
}
