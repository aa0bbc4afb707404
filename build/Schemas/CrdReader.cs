using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Versions;
using YamlDotNet.RepresentationModel;

namespace MeshLint.Build.Schemas;

/// <summary>Turns the schemas of CustomResourceDefinitions into records of the catalogue.</summary>
internal sealed class CrdReader(CatalogueWriter writer, GoFacts go, KumaVersion version)
{
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal) { "apiVersion", "kind", "metadata" };

    /// <summary>Reads one CRD file and adds the entry of its kind; Insights are left out, as nobody writes them.</summary>
    public void Read(string path)
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(path))
            yaml.Load(reader);
        var crd = (YamlMappingNode)yaml.Documents[0].RootNode;
        var kind = Scalar(Child(Child(crd, "spec"), "names"), "kind") ?? "";
        if (kind.EndsWith("Insight", StringComparison.Ordinal))
            return;
        if (KindCatalog.Find(kind) is null)
            throw new MissingFactException($"{version.Text()}: {Path.GetFileName(path)} has the kind '{kind}', KindCatalog has not");
        var versions = (YamlSequenceNode)(Child(Child(crd, "spec"), "versions") ?? throw new InvalidOperationException(path));
        var schema = Child(Child(versions[0], "schema"), "openAPIV3Schema") ?? throw new InvalidOperationException(path);
        var package = kind.ToLowerInvariant();
        var isPlugin = go.Has($"{package}.{kind}", version);
        var fields = new List<int>();
        var count = 0;
        foreach (var (name, property) in Properties(schema))
        {
            if (Skipped.Contains(name))
                continue;
            GoType? type = null;
            if (isPlugin && name == "spec")
                type = new GoType(GoKind.Struct, "v1alpha1." + kind, true, $"{package}.{kind}", null);
            else if (isPlugin && name == "status")
                type = new GoType(GoKind.Struct, $"v1alpha1.{kind}Status", true, $"{package}.{kind}Status", null);
            // Universal demands the spec of plugin kinds, whatever the CRD says (kuma: pkg/core/resources/model/resource.go, schema of a resource).
            AddField(fields, name, property, isPlugin && name == "spec", new GoField(name, true, type ?? Unknown, null));
            count++;
        }

        writer.Entry((int)version, CatalogueEntryKind.Kind, kind, writer.Record(
            [(int)SchemaShape.Object, 0, (int)(isPlugin ? GoKind.Struct : GoKind.None), 0, writer.Text(isPlugin ? kind : ""), 0, 0, 0, 0, 0, count, .. fields]));
    }

    private static GoType Unknown { get; } = new(GoKind.None, "", false, null, null);

    private int Schema(YamlNode schema, GoType type)
    {
        var node = (YamlMappingNode)schema;
        var jsonType = Scalar(node, "type");
        var properties = Properties(node);
        var additional = Child(node, "additionalProperties");
        var intOrString = Scalar(node, "x-kubernetes-int-or-string") == "true";
        var shape = intOrString ? SchemaShape.IntOrString : jsonType switch
        {
            "object" => additional is YamlMappingNode ? SchemaShape.Map : SchemaShape.Object,
            "array" => SchemaShape.List,
            "string" => SchemaShape.String,
            "integer" => SchemaShape.Integer,
            "number" => SchemaShape.Number,
            "boolean" => SchemaShape.Boolean,
            null => SchemaShape.Any,
            _ => throw new InvalidOperationException($"type {jsonType}"),
        };

        var flags = (Scalar(node, "nullable") == "true" ? CatalogueFormat.FlagNullable : 0)
                    | (Scalar(node, "x-kubernetes-preserve-unknown-fields") == "true" ? CatalogueFormat.FlagPreserveUnknown : 0);
        var constraints = Constraints(node);
        var values = Strings(node, "enum");
        var keys = Strings(node, "x-kubernetes-list-map-keys");
        var item = 0;
        if (shape == SchemaShape.Map)
            item = Schema(additional ?? throw new InvalidOperationException("a map without values"), type.Item ?? Unknown) + 1;
        else if (shape == SchemaShape.List)
            item = Schema(Child(node, "items") ?? throw new InvalidOperationException("a list without items"), type.Item ?? Unknown) + 1;

        var required = Strings(node, "required").Select(id => id).ToHashSet();
        var goFields = type.Struct is { } name ? go.Fields(name, version) : null;
        var fields = new List<int>();
        foreach (var (key, property) in properties)
        {
            GoField? goField = null;
            if (goFields is not null)
            {
                goField = goFields.Find(f => f.Key == key)
                          ?? throw new MissingFactException($"{version.Text()}: the schema of {type.Struct} has '{key}', the struct in build/facts/go-structs.txt has not");
            }

            AddField(fields, key, property, required.Contains(writer.Text(key)), goField ?? new GoField(key, true, Unknown, null));
        }

        if (goFields is not null)
        {
            foreach (var field in goFields)
            {
                if (!properties.Exists(p => p.Name == field.Key))
                    throw new MissingFactException($"{version.Text()}: the struct {type.Struct} in build/facts/go-structs.txt has '{field.Key}', the schema has not");
            }
        }

        var structName = type.Struct is { } full ? full[(full.IndexOf('.', StringComparison.Ordinal) + 1)..] : "";
        return writer.Record(
        [
            (int)shape, flags, (int)type.Kind, writer.Text(type.Display), writer.Text(structName), writer.Text(Scalar(node, "format")),
            constraints.Count / 2, .. constraints, values.Count, .. values, keys.Count, .. keys, item, properties.Count, .. fields,
        ]);
    }

    private void AddField(List<int> fields, string name, YamlNode property, bool required, GoField goField)
    {
        var record = Schema(property, goField.Type);
        var flags = (required ? CatalogueFormat.FieldRequired : 0) | (goField.OmitEmpty ? CatalogueFormat.FieldOmitEmpty : 0)
                    | (goField.Type.Pointer ? CatalogueFormat.FieldPointer : 0);
        var hasDefault = Child(property, "default") is not null;
        fields.AddRange([writer.Text(name), record, flags | (hasDefault ? CatalogueFormat.FieldHasDefault : 0), writer.Text(goField.Embedded)]);
        if (!hasDefault)
            return;
        var value = Child(property, "default") as YamlScalarNode ?? throw new InvalidOperationException($"the default of {name} is no scalar");
        var kind = Scalar(property, "type") switch
        {
            "string" => SchemaShape.String,
            "integer" => SchemaShape.Integer,
            "boolean" => SchemaShape.Boolean,
            null => value.Style == YamlDotNet.Core.ScalarStyle.Plain ? SchemaShape.Integer : SchemaShape.String,
            var other => throw new InvalidOperationException($"a default of type {other}"),
        };
        fields.AddRange([(int)kind, writer.Text(value.Value)]);
    }

    private List<int> Constraints(YamlMappingNode node)
    {
        var result = new List<int>();
        foreach (var (key, code) in new[]
                 {
                     ("minLength", CatalogueFormat.ConstraintMinLength), ("maxLength", CatalogueFormat.ConstraintMaxLength),
                     ("minItems", CatalogueFormat.ConstraintMinItems), ("maxItems", CatalogueFormat.ConstraintMaxItems),
                 })
        {
            if (Scalar(node, key) is { } text)
                result.AddRange([code, int.Parse(text, CultureInfo.InvariantCulture)]);
        }

        foreach (var (key, code) in new[]
                 {
                     ("minimum", CatalogueFormat.ConstraintMinimum), ("maximum", CatalogueFormat.ConstraintMaximum), ("pattern", CatalogueFormat.ConstraintPattern),
                 })
        {
            if (Scalar(node, key) is { } text)
                result.AddRange([code, writer.Text(text)]);
        }

        return result;
    }

    private List<int> Strings(YamlMappingNode node, string key) =>
        Child(node, key) is YamlSequenceNode list ? [.. list.Select(v => writer.Text(((YamlScalarNode)v).Value))] : [];

    private static List<(string Name, YamlNode Schema)> Properties(YamlNode node) =>
        Child(node, "properties") is YamlMappingNode map ? [.. map.Select(p => (((YamlScalarNode)p.Key).Value ?? "", p.Value))] : [];

    private static YamlNode? Child(YamlNode? node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Scalar(YamlNode? node, string key) => (Child(node, key) as YamlScalarNode)?.Value;
}
