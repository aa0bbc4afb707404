using System.Globalization;
using System.Text.Json;

namespace MeshLint.Yaml.Tests;

/// <summary>
/// Equality of JSON values as the recordings ask it: the order of keys does not count, 1 equals 1.0, beyond 64 bits numbers are doubles.
/// </summary>
internal static class JsonEquality
{
    public static bool AreEqual(JsonElement a, JsonElement b)
    {
        if (a.ValueKind != b.ValueKind)
            return false;
        switch (a.ValueKind)
        {
            case JsonValueKind.Object:
                var left = a.EnumerateObject().ToList();
                return left.Count == b.EnumerateObject().Count() && left.All(p => b.TryGetProperty(p.Name, out var other)
                    && AreEqual(p.Value, other));
            case JsonValueKind.Array:
                return a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().Zip(b.EnumerateArray()).All(p => AreEqual(p.First,
                    p.Second));
            case JsonValueKind.Number:
                return AreEqualNumbers(a.GetRawText(), b.GetRawText());
            case JsonValueKind.String:
                return a.GetString() == b.GetString();
            default:
                return true;
        }
    }

    private static bool AreEqualNumbers(string a, string b)
    {
        if (long.TryParse(a, CultureInfo.InvariantCulture, out var x) && long.TryParse(b, CultureInfo.InvariantCulture, out var y))
            return x == y;
        return double.Parse(a, CultureInfo.InvariantCulture).Equals(double.Parse(b, CultureInfo.InvariantCulture))
            || (double.Parse(a, CultureInfo.InvariantCulture) == 0 && double.Parse(b, CultureInfo.InvariantCulture) == 0);
    }
}
