using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;

namespace MeshLint.Kuma.Admission;

/// <summary>What holding a plugin kind's document against its schema gives.</summary>
/// <param name="Errors">Everything that the schema forbids.</param>
/// <param name="UnknownFields">Fields that vanish.</param>
/// <param name="NeedsDecoding">What is stored differs from what is written.</param>
/// <param name="MayFail">Decoding may fail.</param>
internal sealed record PluginBody(
    IReadOnlyList<SchemaError> Errors, ImmutableArray<UnknownField> UnknownFields, bool NeedsDecoding, bool MayFail)
{
    private static readonly SchemaNode StringSchema = new([]) { Shape = SchemaShape.String, Format = "", GoType = "", GoStruct = "" };

    private static readonly SchemaNode LabelsSchema = new([])
    {
        Shape = SchemaShape.Map,
        Format = "",
        GoType = "",
        GoStruct = "",
        Item = StringSchema,
    };

    private static readonly SchemaNode RootSchema = new([]) { Shape = SchemaShape.Object, Format = "", GoType = "", GoStruct = "" };

    /// <summary>
    /// Checks the whole Universal document: <c>type</c>, <c>name</c>, <c>mesh</c>, <c>labels</c>, <c>spec</c> and <c>status</c>.
    /// </summary>
    public static PluginBody Inspect(MeshResource resource, SchemaNode schema, KumaVersion version)
    {
        var root = resource.Root;
        var hasDefaults = version.Behaviour.UniversalSchemaDefaults;
        var validator = new StructuralValidator(root, hasDefaults, version.Behaviour.IntegersChecked);
        List<SchemaError>? missing = null;
        foreach (var key in (ReadOnlySpan<string>)["type", "name", "spec"])
        {
            if (!root[key].Exists)
                (missing ??= []).Add(new SchemaError(SchemaErrorKind.Required, root, $".{key}", RootSchema));
        }

        if (root["type"] is { IsString: true } type && type.Text != resource.Kind)
        {
            var typeSchema = new SchemaNode([])
            {
                Shape = SchemaShape.String,
                Format = "",
                GoType = "",
                GoStruct = "",
                Enum = [resource.Kind],
            };
            (missing ??= []).Add(new SchemaError(SchemaErrorKind.Enum, type, "type", typeSchema));
        }

        foreach (var child in root.Entries)
        {
            switch (child.Key)
            {
                case "type" or "name":
                    validator.Visit(child, StringSchema);
                    break;
                case "mesh" when !(hasDefaults && child.Kind == NodeKind.Null):
                    validator.Visit(child, StringSchema);
                    break;
                case "labels":
                    validator.Visit(child, LabelsSchema);
                    break;
                case "spec" or "status" when schema.Find(child.Key) is { } field:
                    validator.Visit(child, field.Schema);
                    break;
            }
        }

        IReadOnlyList<SchemaError> errors = missing is null ? validator.Errors : [.. missing, .. validator.Errors];
        return new PluginBody(
            errors,
            errors.Count > 0 ? [] : FieldsOf(resource, validator.Unknown, version, foldsCase: true),
            validator.NeedsDecoding,
            validator.MayFail);
    }

    /// <summary>The unknown fields with what else could stand there and which version knows them.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="unknown">The fields.</param>
    /// <param name="version">The version that judges.</param>
    /// <param name="foldsCase">A key in another case is read nevertheless, so it is no unknown field.</param>
    public static ImmutableArray<UnknownField> FieldsOf(
        MeshResource resource, IReadOnlyList<(Node Node, SchemaNode Parent)> unknown, KumaVersion version, bool foldsCase)
    {
        if (unknown.Count == 0)
            return [];
        var fields = ImmutableArray.CreateBuilder<UnknownField>(unknown.Count);
        foreach (var (node, parent) in unknown)
        {
            if (foldsCase && parent.FindFolded(node.Key ?? "") is not null)
                continue;
            var (since, until) = SchemaHistory.Find(resource, node, version);
            fields.Add(new UnknownField(node, node.GetPath(resource.Root), [.. parent.Fields.Select(f => f.Name)], since, until));
        }

        return fields.ToImmutable();
    }
}
