namespace MeshLint.Kuma.Specs;

/// <summary>Reads fields of references; what is missing or of another type reads as absent.</summary>
internal static class NodeReading
{
    /// <summary>A string, or "".</summary>
    public static string Word(this Node node) => node.AsString() ?? "";

    /// <summary>An integer that fits, or null.</summary>
    public static int? Whole(this Node node) => node.AsInteger() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : null;
}
