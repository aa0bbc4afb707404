using System.Text.Json;

namespace MeshLint.Build.Recordings;

/// <summary>The kinds of recordings that are sampled, in the order in which they are written.</summary>
/// <remarks>
/// Left out are the few answers that say nothing about a document: in 2.9 and 2.10 ZoneIngress and GlobalSecret were sent to addresses that
/// these lines do not serve yet, and of one Zone of 2.13 the order of two labels is not recorded.
/// </remarks>
internal static class RecordingKinds
{
    public static IReadOnlyList<RecordingKind> All { get; } =
    [
        new("admission-universal", 720, Id, UniversalStratum, static (version, line) => version switch
        {
            "2.9" or "2.10" => Text(line.GetProperty("document"), "type") is "ZoneIngress" or "GlobalSecret",
            "2.13" => Text(line.GetProperty("document"), "type") == "Zone" && IsRefused(line),
            _ => false,
        }),
        new("admission-kubernetes", 480, Id, KubernetesStratum, Never),
        new("kubernetes", 80, Id, static line => Text(line.GetProperty("settings"), "federated") + Size(line), Never),
        new("universes-zone", 36, Id, UniverseStratum, Never),
        new("universes-multizone", 18, Id, UniverseStratum, Never),
        new("legacy", 36, static line => Id(line)[..Id(line).LastIndexOf('-')], static _ => "", Never),
        new("validators", int.MaxValue, static line => line.GetRawText(), static line => Text(line, "kind"), Never),
    ];

    /// <summary>A property as text; empty where it is absent.</summary>
    public static string Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) ? value.ToString() : "";

    private static string Id(JsonElement line) => Text(line, "id");

    private static bool Never(string version, JsonElement line) => false;

    private static bool IsRefused(JsonElement line) => Text(line.GetProperty("expected"), "accepted") == "False";

    // Kind, verdict, place and where the document came from: what makes two answers alike.
    private static string UniversalStratum(JsonElement line)
    {
        var expected = line.GetProperty("expected");
        return string.Join(' ', Text(line.GetProperty("document"), "type"), Text(expected, "accepted"), Text(line, "place"), Text(line, "source"), Text(expected, "title"));
    }

    private static string KubernetesStratum(JsonElement line)
    {
        var expected = line.GetProperty("expected");
        var mutated = line.GetProperty("mutations").GetArrayLength() > 0;
        var document = line.GetProperty("document");
        return string.Join(' ', Text(document, "kind"), Text(line, "mode"), Text(expected, "stage"), Text(expected, "webhook"), mutated ? "mutated" : "");
    }

    private static string UniverseStratum(JsonElement line)
    {
        var mesh = line.GetProperty("documents")[0].GetProperty("resource");
        var mode = mesh.TryGetProperty("meshServices", out var services) ? Text(services, "mode") : "";
        return $"{mode} {(mesh.TryGetProperty("mtls", out _) ? "mtls" : "")}";
    }

    // Small worlds and large ones.
    private static string Size(JsonElement line) => (line.GetProperty("documents").GetArrayLength() / 8).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
