using System.Globalization;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>Reads scalars of stored bodies. What is missing or of another type reads as absent; hostile documents never throw.</summary>
internal static class Values
{
    /// <summary>An integer, also where protobuf JSON quotes it; null for anything else and what does not fit.</summary>
    public static int? Int(Node node)
    {
        var value = node.AsInteger();
        if (value is null && node.AsString() is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
            value = parsed;
        return value is >= int.MinValue and <= int.MaxValue ? (int)value.Value : null;
    }

    public static string Text(Node node) => node.AsString() ?? "";

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
