using System.Text.Json;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Versions;

namespace MeshLint.Build.Schemas;

/// <summary>Turns the JSON schemas of protobuf kinds, with the facts that they leave out, into records of the catalogue.</summary>
internal sealed class ProtoReader
{
    private const string Package = "kuma.mesh.v1alpha1.";
    private readonly CatalogueWriter writer;
    private readonly KumaVersion version;
    private readonly Dictionary<string, (string? Lines, List<(string Name, string Type, string? Oneof)> Fields)> facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> done = new(StringComparer.Ordinal);

    public ProtoReader(CatalogueWriter writer, string factsPath, string folder, KumaVersion version)
    {
        this.writer = writer;
        this.version = version;
        foreach (var line in File.ReadLines(factsPath))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var head = line[..colon].Split(' ');
            var fields = new List<(string, string, string?)>();
            foreach (var part in line[(colon + 1)..].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var bar = part.IndexOf(" |", StringComparison.Ordinal);
                var body = bar < 0 ? part : part[..bar];
                var space = body.IndexOf(' ', StringComparison.Ordinal);
                fields.Add((body[..space], body[(space + 1)..], bar < 0 ? null : part[(bar + 2)..]));
            }

            facts.Add(head[0], (head.Length > 1 ? head[1] : null, fields));
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            if (!document.RootElement.TryGetProperty("definitions", out var definitions))
                continue;
            foreach (var definition in definitions.EnumerateObject())
                schemas.TryAdd(Short(definition.Name), definition.Value.Clone());
        }
    }

    /// <summary>Adds an entry for every message of the line that the facts know; <paramref name="missing"/> gets what they lack.</summary>
    public void ReadAll(List<string> missing)
    {
        foreach (var name in facts.Keys.Order(StringComparer.Ordinal))
        {
            try
            {
                if (Exists(name))
                    writer.Entry((int)version, CatalogueEntryKind.Message, name, Message(name));
            }
            catch (MissingFactException fact)
            {
                missing.Add(fact.Message);
            }
        }
    }

    private bool Exists(string name)
    {
        if (facts[name].Lines is not { } lines)
            return schemas.ContainsKey(name);
        var range = lines.Split('-');
        return KumaVersions.TryParse(range[0], out var first) && KumaVersions.TryParse(range[1], out var last) && version >= first && version <= last;
    }

    private int Message(string name)
    {
        if (done.TryGetValue(name, out var id))
            return id;
        if (!facts.TryGetValue(name, out var fact))
            throw new MissingFactException($"{version.Text()}: build/facts/proto-messages.txt has no {name}");
        var known = fact.Fields;
        var order = known.ConvertAll(f => f.Name);
        JsonElement properties = default;
        if (fact.Lines is null)
        {
            if (!schemas.TryGetValue(name, out var schema))
                throw new MissingFactException($"{version.Text()}: no schema in 'protos' defines {name}, which build/facts/proto-messages.txt has");
            order = schema.TryGetProperty("properties", out properties) ? [.. properties.EnumerateObject().Select(p => p.Name)] : [];
        }

        var numbers = new List<int> { writer.Text(FullName(name)), order.Count };
        foreach (var field in order)
        {
            var index = known.FindIndex(f => f.Name == field);
            if (index < 0)
                throw new MissingFactException($"{version.Text()}: build/facts/proto-messages.txt has no {name}.{field}");
            var type = known[index].Type;
            var repeated = type.StartsWith("[]", StringComparison.Ordinal);
            if (repeated)
                type = type[2..];
            var property = properties.ValueKind == JsonValueKind.Object ? properties.GetProperty(field) : default;
            var (protoType, record) = Type(type, repeated && property.ValueKind == JsonValueKind.Object ? property.GetProperty("items") : property);
            numbers.AddRange([writer.Text(field), writer.Text(JsonName(field)), (int)protoType, repeated ? 1 : 0, writer.Text(known[index].Oneof), record + 1]);
        }

        return done[name] = writer.Record(numbers);
    }

    private (ProtoType Type, int Record) Type(string type, JsonElement schema) => type switch
    {
        "string" => (ProtoType.String, -1),
        "bool" => (ProtoType.Bool, -1),
        "uint32" => (ProtoType.UInt32, -1),
        "uint64" => (ProtoType.UInt64, -1),
        "StringValue" => (ProtoType.StringValue, -1),
        "BoolValue" => (ProtoType.BoolValue, -1),
        "UInt32Value" => (ProtoType.UInt32Value, -1),
        "DoubleValue" => (ProtoType.DoubleValue, -1),
        "FloatValue" => (ProtoType.FloatValue, -1),
        "BytesValue" => (ProtoType.BytesValue, -1),
        "duration" => (ProtoType.Duration, -1),
        "struct" => (ProtoType.Struct, -1),
        "map" => (ProtoType.Map, -1),
        _ when type.StartsWith("enum ", StringComparison.Ordinal) => (ProtoType.Enum, Enum(type[5..], schema)),
        _ when type.StartsWith("map ", StringComparison.Ordinal) => (ProtoType.MessageMap, Message(type[4..])),
        _ => (ProtoType.Message, Message(type)),
    };

    /// <summary>The schema lists names and numbers in turns.</summary>
    private int Enum(string name, JsonElement schema)
    {
        var values = new List<int>();
        string? last = null;
        foreach (var value in schema.GetProperty("enum").EnumerateArray())
        {
            if (value.ValueKind == JsonValueKind.String)
                last = value.GetString();
            else
                values.AddRange([writer.Text(last ?? throw new InvalidOperationException(name)), value.GetInt32()]);
        }

        return writer.Record([writer.Text(FullName(name)), values.Count / 2, .. values]);
    }

    private static string Short(string name) => name.StartsWith(Package, StringComparison.Ordinal) ? name[Package.Length..] : name;

    private static string FullName(string name) => name.StartsWith("kuma.", StringComparison.Ordinal) ? name : Package + name;

    /// <summary>protoc's camel case: an underscore goes and the letter behind it becomes a capital.</summary>
    private static string JsonName(string name)
    {
        var result = new System.Text.StringBuilder();
        var upper = false;
        foreach (var c in name)
        {
            if (c == '_')
            {
                upper = true;
                continue;
            }

            result.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return result.ToString();
    }
}
