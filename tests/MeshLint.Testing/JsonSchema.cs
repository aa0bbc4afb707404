using System.Text.Json;

namespace MeshLint.Testing;

/// <summary>Checks JSON against the part of JSON Schema that MeshLint's own schemas use: type, enum, const, properties, required, additionalProperties, items, $ref.</summary>
public static class JsonSchema
{
    /// <summary>Every place that the schema refuses, with the reason; empty where the value fits.</summary>
    public static List<string> Validate(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Validate(schema, schema, value, "$", errors);
        return errors;
    }

    private static void Validate(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> errors)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            Validate(root, Resolve(root, reference.GetString() ?? ""), value, path, errors);
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1)).Any(t => HasType(value, t.GetString())))
            errors.Add($"{path}: {value.ValueKind} is not of type {type}");
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            errors.Add($"{path}: is not {constant}");
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
            errors.Add($"{path}: '{value}' is not one of {values}");
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
                Validate(root, items, item, $"{path}[{index++}]", errors);
        }

        if (value.ValueKind != JsonValueKind.Object)
            return;
        if (schema.TryGetProperty("required", out var required))
            errors.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString() ?? "", out _)).Select(r => $"{path}: '{r}' is missing"));
        var properties = schema.TryGetProperty("properties", out var known) ? known : default;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(property.Name, out var inner))
                Validate(root, inner, property.Value, $"{path}.{property.Name}", errors);
            else if (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False)
                errors.Add($"{path}: '{property.Name}' is not in the schema");
            else if (additional.ValueKind == JsonValueKind.Object)
                Validate(root, additional, property.Value, $"{path}.{property.Name}", errors);
        }
    }

    private static JsonElement Resolve(JsonElement root, string reference)
    {
        foreach (var part in reference.Split('/').Skip(1))
            root = root.GetProperty(part);
        return root;
    }

    private static bool HasType(JsonElement value, string? type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new InvalidOperationException($"type '{type}' is not supported"),
    };
}
