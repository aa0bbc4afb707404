using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MeshLint.Conformance.Tests;

/// <summary>Counts agreements per aspect and keeps the first differences.</summary>
internal sealed class Score
{
    private const int KeptPerAspect = 6;

    private readonly SortedDictionary<string, (int Agreed, int Total)> counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> differences = new(StringComparer.Ordinal);

    public bool IsFull => counts.Count > 0 && counts.Values.All(static c => c.Agreed == c.Total);

    public void Text(string aspect, string key, string? expected, string? actual) => Add(aspect, expected == actual, () => $"{key}\n    expected: {expected}\n    actual:   {actual}");

    public void Json(string aspect, string key, JsonNode? expected, JsonNode? actual) =>
        Add(aspect, JsonNode.DeepEquals(expected, actual), () => $"{key}\n    expected: {Sorted(expected)}\n    actual:   {Sorted(actual)}");

    /// <summary>Compares lists of Kubernetes objects by namespace and name.</summary>
    public void All(string aspect, string id, JsonElement expected, IEnumerable<JsonObject> actual)
    {
        static string Key(JsonNode? node) => $"{node?["metadata"]?["namespace"]}/{node?["metadata"]?["name"]}";
        var rest = actual.ToDictionary(Key, StringComparer.Ordinal);
        foreach (var item in expected.ValueKind == JsonValueKind.Array ? expected.EnumerateArray() : [])
        {
            var node = JsonNode.Parse(item.GetRawText());
            rest.Remove(Key(node), out var own);
            Json(aspect, id, node, own);
        }

        foreach (var item in rest.Values)
            Json(aspect, id, null, item);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (aspect, (agreed, total)) in counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{aspect}: {agreed}/{total}");
            foreach (var difference in differences.GetValueOrDefault(aspect) ?? [])
                text.AppendLine(CultureInfo.InvariantCulture, $"  {difference}");
        }

        return text.ToString();
    }

    private void Add(string aspect, bool agrees, Func<string> describe)
    {
        var (agreed, total) = counts.GetValueOrDefault(aspect);
        counts[aspect] = (agreed + (agrees ? 1 : 0), total + 1);
        if (agrees)
            return;
        if (!differences.TryGetValue(aspect, out var list))
            differences.Add(aspect, list = []);
        if (list.Count < KeptPerAspect)
            list.Add(describe());
    }

    /// <summary>Keys in order, so that two texts can be compared by eye.</summary>
    private static string Sorted(JsonNode? node) => Sort(node)?.ToJsonString() ?? "null";

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => KeyValuePair.Create(p.Key, Sort(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
