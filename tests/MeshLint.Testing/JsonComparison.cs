using System.Globalization;
using System.Text.Json;

namespace MeshLint.Testing;

/// <summary>Compares nodes with recorded JSON: order of keys and spelling of numbers do not count, everything else does.</summary>
public static class JsonComparison
{
    /// <summary>Null where both are equal, else where and how they first differ.</summary>
    public static string? FindDifference(Node actual, JsonElement expected, string path = "")
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when actual.IsMapping:
                foreach (var property in expected.EnumerateObject())
                {
                    if (!actual[property.Name].Exists)
                        return $"{path}.{property.Name}: missing, expected {Short(property.Value)}";
                    if (FindDifference(actual[property.Name], property.Value, $"{path}.{property.Name}") is { } inner)
                        return inner;
                }

                foreach (var entry in actual.Entries)
                {
                    if (!expected.TryGetProperty(entry.Key ?? "", out _))
                        return $"{path}.{entry.Key}: {entry.Kind} '{entry.Text}' is not expected";
                }

                return null;
            case JsonValueKind.Array when actual.IsSequence:
                if (actual.Count != expected.GetArrayLength())
                    return $"{path}: {actual.Count} items, expected {expected.GetArrayLength()}";
                for (var i = 0; i < actual.Count; i++)
                {
                    if (FindDifference(actual[i], expected[i], $"{path}[{i}]") is { } inner)
                        return inner;
                }

                return null;
            case JsonValueKind.String when actual.IsString && actual.Text == expected.GetString():
            case JsonValueKind.Number when actual.AsNumber() is { } number && number.Equals(expected.GetDouble()):
            case JsonValueKind.True or JsonValueKind.False when actual.AsBoolean() == (expected.ValueKind == JsonValueKind.True):
            case JsonValueKind.Null when actual.Kind == NodeKind.Null:
                return null;
            default:
                return string.Create(CultureInfo.InvariantCulture, $"{path}: {actual.Kind} '{actual.Text}', expected {Short(expected)}");
        }
    }

    private static string Short(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length > 120 ? text[..120] + "…" : text;
    }
}
