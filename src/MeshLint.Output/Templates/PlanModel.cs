using System.Globalization;
using System.Text.Json;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using Scriban.Runtime;

namespace MeshLint.Output.Templates;

/// <summary>What a template of the plan sees: all of <c>plan.json</c>, and the same findings and references in groups.</summary>
internal static class PlanModel
{
    /// <summary>Places that a group lists before it refers to plan.json.</summary>
    private const int PlacesShown = 50;

    /// <summary>The model of a plan, built by hand: nothing of it is looked up by reflection.</summary>
    public static ScriptObject Of(MigrationPlan plan)
    {
        var json = JsonDocument.Parse(PlanJson.WriteUtf8(plan));
        var model = new ScriptObject(16, false);
        foreach (var property in json.RootElement.EnumerateObject())
        {
            // The two long lists become values when a template asks for them; most templates take the groups instead.
            var value = property.Value;
            model[property.Name] = property.Name is "findings" or "references" ? Deferred(value) : ToValue(value);
        }

        AddGroups(model, json.RootElement);
        return model;
    }

    private static TemplateFunction Deferred(JsonElement json)
    {
        object? list = null;
        return new TemplateFunction([], (_, _, _) => list ??= ToValue(json));
    }

    // A template language cannot group, so what reads better in groups is grouped here.
    private static void AddGroups(ScriptObject plan, JsonElement json)
    {
        plan["findingGroups"] = Group(
            json.GetProperty("findings"), "row", "what",
            ["row", "what", "class", "decides", "removedIn", "effect", "consequence", "replacement"]);
        plan["referenceGroups"] = Group(json.GetProperty("references"), "mesh", "service", ["mesh", "service"]);
        foreach (var mesh in Items(plan, "meshes"))
        {
            var steps = Items(mesh, "steps");
            var services = Items(mesh, "services");
            mesh["remaining"] = List(steps.Where(static s => Text(s, "status") is "open" or "blocked" or "confirm"));
            mesh["finished"] = List(steps.Where(static s => Text(s, "status") == "done").Select(static s => s["id"]));
            mesh["notNeeded"] = List(steps.Where(static s => Text(s, "status") == "not-needed").Select(static s => s["id"]));
            mesh["hasServices"] = services.Count > 0;
            mesh["openDecisions"] = List(services.Where(static s => Text(s, "confidence") == "ask"));
            mesh["blockedServices"] = List(services.Where(static s => Items(s, "obstacles").Count > 0));
        }
    }

    private static ScriptArray Group(JsonElement items, string firstKey, string secondKey, string[] shared)
    {
        var groups = new ScriptArray();
        foreach (var members in items.EnumerateArray()
            .GroupBy(i => (First: i.GetProperty(firstKey).GetString(), Second: i.GetProperty(secondKey).GetString()))
                     .OrderBy(static g => g.Key.First, StringComparer.Ordinal).ThenBy(static g => g.Key.Second, StringComparer.Ordinal))
        {
            var count = members.Count();
            var group = new ScriptObject(shared.Length + 3, false)
            {
                ["count"] = count,
                ["places"] = List(members.Take(PlacesShown).Select(ToValue)),
                ["more"] = Math.Max(0, count - PlacesShown),
            };
            foreach (var key in shared)
                group[key] = ToValue(members.First().GetProperty(key));
            groups.Add(group);
        }

        return groups;
    }

    private static ScriptArray List(IEnumerable<object?> items) => [.. items];

    private static string? Text(ScriptObject owner, string key) => owner[key] as string;

    private static List<ScriptObject> Items(ScriptObject owner, string key) =>
        owner[key] is ScriptArray list ? [.. list.OfType<ScriptObject>()] : [];

    private static object? ToValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => ToObject(json),
        JsonValueKind.Array => List(json.EnumerateArray().Select(ToValue)),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetInt64(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        _ => null,
    };

    private static ScriptObject ToObject(JsonElement json)
    {
        var map = new ScriptObject(json.GetPropertyCount() + 1, false);
        foreach (var property in json.EnumerateObject())
            map[property.Name] = ToValue(property.Value);
        // Templates want "file:line" as one word.
        if (map["file"] is string file)
        {
            var line = map["line"] is long own ? own : json.GetProperty("range").GetProperty("start").GetProperty("line").GetInt64();
            map["at"] = $"{file}:{line.ToString(CultureInfo.InvariantCulture)}";
        }

        return map;
    }
}
