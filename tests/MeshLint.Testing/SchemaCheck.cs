using System.Text.Json;

namespace MeshLint.Testing;

/// <summary>Checks JSON against the part of JSON Schema that our schemas use. A keyword that it does not know is a problem, not a silence.</summary>
public static class SchemaCheck
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "default", "examples"];

    /// <summary>What does not fit, with the place; empty where everything does.</summary>
    public static IReadOnlyList<string> Problems(JsonElement schema, JsonElement value)
    {
        var problems = new List<string>();
        Check(schema, schema, value, "$", problems);
        return problems;
    }

    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$ref":
                    var target = root;
                    foreach (var part in (keyword.Value.GetString() ?? "").Split('/').Skip(1))
                        target = target.GetProperty(part);
                    Check(root, target, value, path, problems);
                    break;
                case "type":
                    var types = keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().ToArray() : [keyword.Value];
                    if (!types.Any(t => IsType(value, t.GetString())))
                        problems.Add($"{path}: {value.ValueKind} is not {keyword.Value}");
                    break;
                case "enum":
                    if (!keyword.Value.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)))
                        problems.Add($"{path}: {value} is not one of {keyword.Value}");
                    break;
                case "const":
                    if (!JsonElement.DeepEquals(keyword.Value, value))
                        problems.Add($"{path}: {value} is not {keyword.Value}");
                    break;
                case "pattern":
                    if (value.ValueKind == JsonValueKind.String && !System.Text.RegularExpressions.Regex.IsMatch(value.GetString() ?? "", keyword.Value.GetString() ?? "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
                        problems.Add($"{path}: {value} does not match {keyword.Value}");
                    break;
                case "minimum":
                    if (value.ValueKind == JsonValueKind.Number && value.GetDouble() < keyword.Value.GetDouble())
                        problems.Add($"{path}: {value} is below {keyword.Value}");
                    break;
                case "required":
                    if (value.ValueKind == JsonValueKind.Object)
                        problems.AddRange(keyword.Value.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString() ?? "", out _)).Select(r => $"{path}: '{r}' is missing"));
                    break;
                case "properties":
                    if (value.ValueKind == JsonValueKind.Object)
                    {
                        foreach (var property in keyword.Value.EnumerateObject())
                        {
                            if (value.TryGetProperty(property.Name, out var member))
                                Check(root, property.Value, member, $"{path}.{property.Name}", problems);
                        }
                    }

                    break;
                case "additionalProperties":
                    if (value.ValueKind == JsonValueKind.Object)
                    {
                        foreach (var member in value.EnumerateObject())
                        {
                            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _))
                                continue;
                            if (keyword.Value.ValueKind == JsonValueKind.False)
                                problems.Add($"{path}: '{member.Name}' is not known");
                            else if (keyword.Value.ValueKind == JsonValueKind.Object)
                                Check(root, keyword.Value, member.Value, $"{path}.{member.Name}", problems);
                        }
                    }

                    break;
                case "items":
                    if (value.ValueKind == JsonValueKind.Array)
                    {
                        var i = 0;
                        foreach (var item in value.EnumerateArray())
                            Check(root, keyword.Value, item, $"{path}[{i++}]", problems);
                    }

                    break;
                default:
                    if (!Annotations.Contains(keyword.Name))
                        problems.Add($"{path}: the schema keyword '{keyword.Name}' is not understood");
                    break;
            }
        }
    }

    private static bool IsType(JsonElement value, string? type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
