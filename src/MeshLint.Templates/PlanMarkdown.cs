using System.Globalization;
using System.Text;
using System.Text.Json;
using HandlebarsDotNet;
using MeshLint.Core.Emit;
using MeshLint.Core.Migration;

namespace MeshLint.Templates;

/// <summary>A template that does not parse or does not run; the message says where.</summary>
public sealed class TemplateException(string message, Exception inner) : Exception(message, inner);

/// <summary>Renders <c>plan.md</c> from the plan through a Handlebars template (docs/migration-plan.md).</summary>
/// <remarks>
/// The template sees what <c>plan.json</c> holds, and the same findings and references in groups. <c>{{x}}</c> escapes for
/// Markdown, so a hostile name cannot become markup; <c>{{{x}}}</c> does not. Thread-safe; nothing is read from disk.
/// </remarks>
public static class PlanMarkdown
{
    /// <summary>File name of the template, among the built-in ones and in a user's folder.</summary>
    public const string TemplateName = "plan.md.hbs";

    /// <summary>Places that a group lists before it refers to plan.json.</summary>
    private const int PlacesShown = 50;

    /// <summary>The built-in template.</summary>
    public static string BuiltInTemplate { get; } = ReadTemplate();

    /// <summary>Renders the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="template">A template of the user's, or null for the built-in one.</param>
    /// <exception cref="TemplateException">The template is wrong.</exception>
    public static string Render(MigrationPlan plan, string? template = null)
    {
        using var json = JsonDocument.Parse(PlanJson.WriteUtf8(plan));
        var context = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in json.RootElement.EnumerateObject())
        {
            // The two long lists are turned into values while a template walks them; most templates take the groups instead.
            context[property.Name] = property.Name is "findings" or "references" ? property.Value.EnumerateArray().Select(ToValue) : ToValue(property.Value);
        }

        AddGroups(context, json.RootElement);
        try
        {
            return Compile(template ?? BuiltInTemplate)(context).ReplaceLineEndings("\n");
        }
        catch (HandlebarsException exception)
        {
            throw new TemplateException(exception.Message, exception);
        }
    }

    private static HandlebarsTemplate<object, object> Compile(string template)
    {
        var engine = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new MarkdownEncoder(), ThrowOnUnresolvedBindingExpression = false });
        engine.RegisterHelper("code", static (output, _, arguments) => output.WriteSafeString(Markdown.Code(Text(arguments, 0))));
        engine.RegisterHelper("cell", static (output, _, arguments) => output.WriteSafeString(Markdown.Code(Text(arguments, 0), inTable: true)));
        engine.RegisterHelper("html", static (output, _, arguments) => output.WriteSafeString(Markdown.Html(Text(arguments, 0))));
        engine.RegisterHelper("join", static (output, _, arguments) =>
            output.WriteSafeString(string.Join(", ", ((arguments.Length > 0 ? arguments[0] : null) as IEnumerable<object?> ?? []).Select(static v => Markdown.Escape(Convert.ToString(v, CultureInfo.InvariantCulture) ?? "")))));
        engine.RegisterHelper("plural", static (output, _, arguments) =>
            output.WriteSafeString($"{Text(arguments, 0)} {(Text(arguments, 0) == "1" ? Text(arguments, 1) : Text(arguments, 2))}"));
        engine.RegisterHelper("is", static (output, options, context, arguments) =>
        {
            var matches = false;
            for (var i = 1; i < arguments.Length; i++)
                matches |= Text(arguments, 0) == Text(arguments, i);
            if (matches)
                options.Template(output, context);
            else
                options.Inverse(output, context);
        });
        var compiled = engine.Compile(template);
        return (context, data) => compiled(context, data);
    }

    private static string Text(Arguments arguments, int index) =>
        index < arguments.Length ? Convert.ToString(arguments[index], CultureInfo.InvariantCulture) ?? "" : "";

    // A template language cannot group, so what reads better in groups is grouped here.
    private static void AddGroups(Dictionary<string, object?> plan, JsonElement json)
    {
        plan["findingGroups"] = Group(json.GetProperty("findings"), "row", "what", ["row", "what", "class", "decides", "removedIn", "effect", "consequence", "replacement"]);
        plan["referenceGroups"] = Group(json.GetProperty("references"), "mesh", "service", ["mesh", "service"]);
        foreach (var mesh in Items(plan, "meshes"))
        {
            var steps = Items(mesh, "steps");
            mesh["remaining"] = steps.Where(static s => (string?)s["status"] is "open" or "blocked" or "confirm").Cast<object?>().ToList();
            mesh["finished"] = steps.Where(static s => (string?)s["status"] == "done").Select(static s => s["id"]).ToList();
            mesh["notNeeded"] = steps.Where(static s => (string?)s["status"] == "not-needed").Select(static s => s["id"]).ToList();
            mesh["hasServices"] = Items(mesh, "services").Count > 0;
            mesh["openDecisions"] = Items(mesh, "services").Where(static s => (string?)s["confidence"] == "ask").Cast<object?>().ToList();
            mesh["blockedServices"] = Items(mesh, "services").Where(static s => Items(s, "obstacles").Count > 0).Cast<object?>().ToList();
        }
    }

    private static List<object?> Group(JsonElement items, string firstKey, string secondKey, string[] shared)
    {
        var groups = new List<object?>();
        foreach (var members in items.EnumerateArray().GroupBy(i => (First: i.GetProperty(firstKey).GetString(), Second: i.GetProperty(secondKey).GetString()))
                     .OrderBy(static g => g.Key.First, StringComparer.Ordinal).ThenBy(static g => g.Key.Second, StringComparer.Ordinal))
        {
            var count = members.Count();
            var group = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["count"] = count,
                ["places"] = members.Take(PlacesShown).Select(ToValue).ToList(),
                ["more"] = Math.Max(0, count - PlacesShown),
            };
            foreach (var key in shared)
                group[key] = ToValue(members.First().GetProperty(key));
            groups.Add(group);
        }

        return groups;
    }

    private static List<Dictionary<string, object?>> Items(Dictionary<string, object?> owner, string key) =>
        owner.GetValueOrDefault(key) is List<object?> list ? [.. list.OfType<Dictionary<string, object?>>()] : [];

    private static object? ToValue(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var property in json.EnumerateObject())
                    map[property.Name] = ToValue(property.Value);
                // Templates want "file:line" as one word.
                if (map.TryGetValue("file", out var file))
                    map["at"] = map.TryGetValue("line", out var line) ? $"{file}:{line}" : $"{file}:{json.GetProperty("range").GetProperty("start").GetProperty("line").GetInt32().ToString(CultureInfo.InvariantCulture)}";
                return map;
            case JsonValueKind.Array:
                return json.EnumerateArray().Select(ToValue).ToList();
            case JsonValueKind.String:
                return json.GetString();
            case JsonValueKind.Number:
                return json.GetInt64();
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            default:
                return null;
        }
    }

    private static string ReadTemplate()
    {
        using var stream = typeof(PlanMarkdown).Assembly.GetManifestResourceStream(TemplateName) ?? throw new InvalidOperationException($"{TemplateName} is embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed class MarkdownEncoder : ITextEncoder
    {
        public void Encode(StringBuilder? text, TextWriter target) => target.Write(Markdown.Escape(text?.ToString() ?? ""));

        public void Encode(string? text, TextWriter target) => target.Write(Markdown.Escape(text ?? ""));

        public void Encode<T>(T? text, TextWriter target)
            where T : IEnumerator<char>
        {
            var output = new StringBuilder();
            while (text is not null && text.MoveNext())
                output.Append(text.Current);
            target.Write(Markdown.Escape(output.ToString()));
        }
    }
}
