using System.Text.Json;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Testing;

/// <summary>Turns recorded JSON into documents without a detour over YAML.</summary>
public static class JsonNodes
{
    /// <summary>A document whose nodes have empty spans at the start of a text that holds the JSON.</summary>
    public static SourceDocument ToDocument(JsonElement json, string path = "recorded.json")
    {
        var source = new SourceText(path, json.GetRawText());
        var builder = new NodeTreeBuilder(source);
        Add(builder, json);
        return new SourceDocument(source, 0, new TextSpan(0, source.Text.Length), builder.Build(), []);
    }

    private static void Add(NodeTreeBuilder builder, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                builder.BeginMapping(default);
                foreach (var property in json.EnumerateObject())
                {
                    builder.Key(property.Name, default);
                    Add(builder, property.Value);
                }

                builder.End();
                break;
            case JsonValueKind.Array:
                builder.BeginSequence(default);
                foreach (var item in json.EnumerateArray())
                    Add(builder, item);
                builder.End();
                break;
            case JsonValueKind.String:
                builder.Scalar(NodeKind.String, json.GetString(), default, ScalarStyle.DoubleQuoted);
                break;
            case JsonValueKind.Number:
                var raw = json.GetRawText();
                builder.Scalar(raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? NodeKind.Integer : NodeKind.Float, raw, default, ScalarStyle.Plain);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                builder.Scalar(NodeKind.Boolean, json.GetBoolean() ? "true" : "false", default, ScalarStyle.Plain);
                break;
            default:
                builder.Scalar(NodeKind.Null, null, default, ScalarStyle.Plain);
                break;
        }
    }
}
