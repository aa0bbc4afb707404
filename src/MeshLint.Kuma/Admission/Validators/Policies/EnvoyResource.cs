using System.Globalization;

namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>
/// Reads the text of a MeshProxyPatch <c>value</c> as the Envoy message that it must be (kuma: pkg/core/resources/apis/mesh/validators.go,
/// ValidateResourceYAML; golang/protobuf jsonpb).
/// </summary>
/// <remarks>
/// Fields of the message itself are read with their types; what is inside them is the control plane's and Envoy's business, for
/// which one would need all of Envoy's descriptors. Unknown fields never fail there.
/// </remarks>
internal static class EnvoyResource
{
    private const string UnknownMessage = "proto: not found";

    /// <summary>What the control plane says is wrong with the text, or null.</summary>
    /// <param name="modification">The kind of modification, e.g. <c>cluster</c>.</param>
    /// <param name="yaml">The text.</param>
    /// <param name="isPatch">A patch need not be a complete message.</param>
    public static string? Problem(string modification, string yaml, bool isPatch)
    {
        var message = EnvoyMessages.Of(modification);
        if (!TryRead(yaml, out var root, out var error))
            return error;
        if (!root.IsNullOrMissing)
        {
            if (!root.IsMapping)
                return CannotUnmarshal(root, "map[string]json.RawMessage");
            foreach (var field in message.Fields)
            {
                if (FieldProblem(root, field) is { } problem)
                    return problem;
            }
        }

        return isPatch ? null : message.Rules(root);
    }

    /// <summary>
    /// What the control plane says is wrong with the text of a whole Envoy resource that names its type, as ProxyTemplate takes it, or
    /// null.
    /// </summary>
    public static string? AnyProblem(string yaml)
    {
        if (!TryRead(yaml, out var root, out var error))
            return error;
        if (root.IsNullOrMissing)
            return UnknownMessage;
        if (!root.IsMapping)
            return CannotUnmarshal(root, "map[string]json.RawMessage");
        var type = root["@type"];
        if (!type.Exists)
            return "Any JSON doesn't have '@type'";
        if (!type.IsString)
            return $"can't unmarshal Any's '@type': {CannotUnmarshal(type, "string")}";
        var name = (type.Text ?? "")[((type.Text ?? "").LastIndexOf('/') + 1)..];
        return name switch
        {
            "envoy.config.cluster.v3.Cluster" => Problem("cluster", yaml, isPatch: false),
            "envoy.config.listener.v3.Listener" => Problem("listener", yaml, isPatch: false),
            _ when name.StartsWith("envoy.", StringComparison.Ordinal) => null,
            _ => UnknownMessage,
        };
    }

    /// <summary>The value of a field by its JSON name, else by its protobuf name; missing where it is <c>null</c>.</summary>
    public static Node Value(Node message, string protoName)
    {
        var value = message[JsonName(protoName)];
        if (!value.Exists)
            value = message[protoName];
        return value.IsNullOrMissing ? default : value;
    }

    /// <summary>
    /// Reads YAML; what is no YAML Kuma takes as JSON, of which its decoder reads the first value. JSON that is too large for our
    /// reader is not read and no error: it is left to the control plane.
    /// </summary>
    private static bool TryRead(string yaml, out Node root, out string? error)
    {
        error = null;
        if (TryReadYaml(yaml, out root))
            return true;
        error = GoJson.ScanFirst(yaml, out var end);
        return error is null && TryReadYaml(yaml[..end], out root);
    }

    private static bool TryReadYaml(string yaml, out Node root)
    {
        root = default;
        var source = new SourceText("value", yaml);
        var document = DocumentReader.ReadYaml(source);
        root = document.Root;
        return !document.IsBroken;
    }

    private static string? FieldProblem(Node message, EnvoyField field)
    {
        var value = Value(message, field.Name);
        if (!value.Exists)
            return null;
        switch (field.Shape)
        {
            case EnvoyShape.One:
                return ValueProblem(value, field);
            case EnvoyShape.List:
                if (!value.IsSequence)
                    return CannotUnmarshal(value, "[]json.RawMessage");
                break;
            default:
                if (!value.IsMapping)
                    return CannotUnmarshal(value, "map[string]json.RawMessage");
                break;
        }

        foreach (var item in value.Children)
        {
            if (ValueProblem(item, field) is { } problem)
                return problem;
        }

        return null;
    }

    private static string? ValueProblem(Node value, EnvoyField field)
    {
        if (value.IsNullOrMissing)
            return null;
        switch (field.Type)
        {
            case EnvoyType.String:
                return value.IsString ? null : CannotUnmarshal(value, "string");
            case EnvoyType.Bool:
                return value.Kind == NodeKind.Boolean ? null : CannotUnmarshal(value, "bool");
            case EnvoyType.UInt32:
                return NumberProblem(value, "uint32", uint.MaxValue);
            case EnvoyType.UInt64:
                return NumberProblem(value, "uint64", ulong.MaxValue);
            case EnvoyType.Duration:
                if (!value.IsString)
                    return CannotUnmarshal(value, "string");
                return GoDuration.Parse(value.Text ?? "", out _) is { } error ? $"bad Duration: {error}" : null;
            case EnvoyType.Enum:
                return EnumProblem(value, field);
            case EnvoyType.Any:
                if (!value.IsMapping)
                    return CannotUnmarshal(value, "map[string]json.RawMessage");
                return value["@type"].Exists ? null : "Any JSON doesn't have '@type'";
            default:
                return value.IsMapping ? null : CannotUnmarshal(value, "map[string]json.RawMessage");
        }
    }

    /// <summary>Numbers may be written as strings.</summary>
    private static string? NumberProblem(Node value, string type, ulong most)
    {
        if (value.Kind is not (NodeKind.Integer or NodeKind.Float or NodeKind.String))
            return CannotUnmarshal(value, type);
        var text = value.Text ?? "";
        if (value.IsString && GoJson.ScanFirst(text, out _) is { } error)
            return error == "EOF" ? "unexpected end of JSON input" : error;
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? null
            : $"json: cannot unmarshal number {text} into Go value of type {type}";
    }

    private static string? EnumProblem(Node value, EnvoyField field)
    {
        if (!value.IsString)
            return value.Kind == NodeKind.Integer ? null : CannotUnmarshal(value, "protoreflect.EnumNumber");
        return field.EnumNames.Contains(value.Text ?? "")
            ? null
            : $"unknown value {GoText.Quote($"\"{value.Text}\"")} for enum {field.EnumType}";
    }

    private static string CannotUnmarshal(Node value, string type)
    {
        var word = value.Kind switch
        {
            NodeKind.Mapping => "object",
            NodeKind.Sequence => "array",
            NodeKind.String => "string",
            NodeKind.Boolean => "bool",
            _ => "number",
        };
        return $"json: cannot unmarshal {word} into Go value of type {type}";
    }

    private static string JsonName(string protoName)
    {
        if (!protoName.Contains('_', StringComparison.Ordinal))
            return protoName;
        return string.Create(protoName.Length - protoName.AsSpan().Count('_'), protoName, static (span, name) =>
        {
            var upper = false;
            var length = 0;
            foreach (var c in name)
            {
                if (c == '_')
                {
                    upper = true;
                    continue;
                }

                span[length++] = upper ? char.ToUpperInvariant(c) : c;
                upper = false;
            }
        });
    }
}
