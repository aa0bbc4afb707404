using System.Globalization;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Reads decoded values the way generated Go getters do: what is absent or odd has the zero value.</summary>
internal static class NodeReading
{
    /// <summary>The string, "" where there is none.</summary>
    public static string Str(this Node node) => node.AsString() ?? "";

    /// <summary>The whole number, 0 where there is none; jsonpb takes numbers in quotes too.</summary>
    public static long Int(this Node node) =>
        node.AsInteger() ?? (node.IsString
            && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0);

    /// <summary>The number, 0 where there is none.</summary>
    public static double Number(this Node node) =>
        node.AsNumber() ?? (node.IsString
            && double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0);

    public static bool Flag(this Node node) => node.AsBoolean() ?? false;

    /// <summary>A protobuf message, wrapper or map is set.</summary>
    public static bool IsSet(this Node node) => !node.IsNullOrMissing;

    /// <summary>A path element for a map key: <c>["k"]</c>.</summary>
    public static string Key(string key) => $"[{GoText.Quote(key)}]";

    /// <summary>A path element for a list index: <c>[2]</c>.</summary>
    public static string At(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    /// <summary>The string entries of a map sorted by key; of a repeated key the last counts.</summary>
    public static SortedDictionary<string, string> Map(this Node node)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in node.Entries)
            map[entry.Key ?? ""] = entry.Str();
        return map;
    }

    /// <summary>
    /// Which field of a oneof is set, "" for none; of several the last in the order of the message, which jsonpb reads last.
    /// </summary>
    public static string Oneof(this Node node, params ReadOnlySpan<string> fields)
    {
        for (var i = fields.Length - 1; i >= 0; i--)
        {
            if (node[fields[i]].IsSet())
                return fields[i];
        }

        return "";
    }

    /// <summary>A duration is written and it is zero.</summary>
    public static bool IsZeroDuration(Node node) => GoDuration.Parse(node.Str(), out var nanoseconds) is null && nanoseconds == 0;

    /// <summary>A duration is written and it is below zero.</summary>
    public static bool IsNegativeDuration(Node node) => GoDuration.Parse(node.Str(), out var nanoseconds) is null && nanoseconds < 0;
}
