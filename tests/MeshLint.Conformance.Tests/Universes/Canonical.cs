using System.Text.Json;

namespace MeshLint.Conformance.Tests.Universes;

/// <summary>Texts of bodies that are equal where the bodies are, whatever the order of keys.</summary>
internal static class Canonical
{
    public static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", json.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Text(p.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", json.EnumerateArray().Select(Text)) + "]",
        JsonValueKind.String => json.GetString() ?? "",
        _ => json.GetRawText(),
    };

    public static string Text(Node node)
    {
        if (node.IsMapping)
            return "{" + string.Join(",", node.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{Text(e)}")) + "}";
        return node.IsSequence ? "[" + string.Join(",", node.Items.Select(Text)) + "]" : node.Text ?? "null";
    }
}
