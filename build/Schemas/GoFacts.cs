using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Versions;

namespace MeshLint.Build.Schemas;

/// <summary>A Go type as <c>facts/go-structs.txt</c> spells it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Display">How Go prints it in a decoder's message.</param>
/// <param name="Pointer">It stands behind a pointer.</param>
/// <param name="Struct">For structs: <c>package.Name</c>.</param>
/// <param name="Item">For slices and maps: the type of items or values.</param>
internal sealed record GoType(GoKind Kind, string Display, bool Pointer, string? Struct, GoType? Item);

/// <summary>A field of a Go struct; <paramref name="Embedded"/> names the embedded struct that it comes from.</summary>
internal sealed record GoField(string Key, bool OmitEmpty, GoType Type, string? Embedded);

/// <summary>The facts about Go structs, by Kuma line.</summary>
internal sealed class GoFacts
{
    private readonly Dictionary<string, List<(KumaVersion First, KumaVersion Last, string Fields)>> structs = new(StringComparer.Ordinal);

    public GoFacts(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var head = line[..colon].Split(' ');
            var range = head[1].Split('-');
            if (!structs.TryGetValue(head[0], out var list))
                structs.Add(head[0], list = []);
            list.Add((Parse(range[0]), Parse(range[1]), line[(colon + 1)..].Trim()));
        }
    }

    public bool Has(string name, KumaVersion version) => Find(name, version) is not null;

    /// <summary>The fields of a struct, those of embedded structs among them.</summary>
    public List<GoField> Fields(string name, KumaVersion version)
    {
        var text = Find(name, version) ?? throw new MissingFactException($"{version.Text()}: build/facts/go-structs.txt has no {name}");
        var package = name[..name.IndexOf('.', StringComparison.Ordinal)];
        var fields = new List<GoField>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part[0] == '+')
            {
                var embedded = Resolve(part[1..], package, version);
                var structName = embedded.Struct ?? throw new InvalidOperationException($"{name} embeds what is no struct");
                foreach (var inner in Fields(structName, version))
                    fields.Add(inner with { Embedded = structName[(structName.IndexOf('.', StringComparison.Ordinal) + 1)..] });
                continue;
            }

            var space = part.IndexOf(' ', StringComparison.Ordinal);
            var key = part[..space];
            fields.Add(new GoField(key.TrimEnd('?'), key.EndsWith('?'), Resolve(part[(space + 1)..], package, version), null));
        }

        return fields;
    }

    private GoType Resolve(string text, string package, KumaVersion version)
    {
        if (text[0] == '*')
            return Resolve(text[1..], package, version) with { Pointer = true };
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (text.StartsWith("[]", StringComparison.Ordinal))
        {
            var item = Resolve(text[2..], package, version);
            return new GoType(GoKind.Slice, "[]" + item.Display, false, null, item);
        }

        if (text.StartsWith("map:", StringComparison.Ordinal))
        {
            var item = Resolve(text[4..], package, version);
            return new GoType(GoKind.Map, "map[string]" + item.Display, false, null, item);
        }

        if (equals > 0)
            return Resolve(text[(equals + 1)..], package, version) with { Display = Print(Qualify(text[..equals], package)) };
        switch (text)
        {
            case "string": return new GoType(GoKind.String, text, false, null, null);
            case "bool": return new GoType(GoKind.Bool, text, false, null, null);
            case "int": return new GoType(GoKind.Int, text, false, null, null);
            case "int32": return new GoType(GoKind.Int32, text, false, null, null);
            case "int64": return new GoType(GoKind.Int64, text, false, null, null);
            case "uint": return new GoType(GoKind.Uint, text, false, null, null);
            case "uint32": return new GoType(GoKind.Uint32, text, false, null, null);
            case "uint64": return new GoType(GoKind.Uint64, text, false, null, null);
            case "dur": return new GoType(GoKind.Duration, "string", false, null, null);
            case "intstr": return new GoType(GoKind.IntOrString, "int32", false, null, null);
            case "any": return new GoType(GoKind.Any, "", false, null, null);
            case "bytes": return new GoType(GoKind.Bytes, "[]uint8", false, null, null);
            default:
                var name = Qualify(text, package);
                if (!Has(name, version))
                    throw new MissingFactException($"{version.Text()}: build/facts/go-structs.txt has no {name}");
                return new GoType(GoKind.Struct, Print(name), false, name, null);
        }
    }

    private static string Qualify(string name, string package) => name[0] == '.' ? package + name : name;

    /// <summary>Go prints the last element of a package's path, which is <c>v1alpha1</c> for all API packages.</summary>
    private static string Print(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return name[..dot] is "tls" or "datasource" or "metadata" or "mesh" or "v1" ? name : "v1alpha1" + name[dot..];
    }

    private string? Find(string name, KumaVersion version)
    {
        if (structs.TryGetValue(name, out var list))
        {
            foreach (var (first, last, fields) in list)
            {
                if (version >= first && version <= last)
                    return fields;
            }
        }

        return null;
    }

    private static KumaVersion Parse(string text) =>
        KumaVersions.TryParse(text, out var version) ? version : throw new InvalidOperationException($"'{text}' is no Kuma line");
}
