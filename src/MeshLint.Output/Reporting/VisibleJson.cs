using System.Text.Json;

namespace MeshLint.Output.Reporting;

/// <summary>Writes texts that a page shows as they are: nothing in them may hide or reorder what stands beside them.</summary>
internal static class VisibleJson
{
    public static void WriteVisible(this Utf8JsonWriter json, string property, string? text) =>
        json.WriteString(property, text is null ? null : VisibleText.OneLine(text));

    public static void WriteVisible(this Utf8JsonWriter json, string text) => json.WriteStringValue(VisibleText.OneLine(text));
}
