using System.Globalization;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas.Decoding;

/// <summary>
/// Finds the error that jsonpb reports for a message (github.com/golang/protobuf/jsonpb/decode.go; docs/kuma/admission.md#decoding).
/// </summary>
/// <remarks>The first error in field order ends decoding.</remarks>
internal static class ProtoErrorFinder
{
    private const string RawObject = "map[string]json.RawMessage";
    private const string RawArray = "[]json.RawMessage";

    /// <summary>The error of a message, or null.</summary>
    /// <param name="node">The JSON value.</param>
    /// <param name="message">The message that it should be.</param>
    /// <param name="at">The value that the error is about.</param>
    public static string? Find(Node node, ProtoMessage message, out Node at)
    {
        at = default;
        if (node.IsNullOrMissing)
            return null;
        if (!node.IsMapping)
            return Mismatch(node, RawObject, out at);
        foreach (var field in message.Fields)
        {
            var value = Value(node, field);
            if (value.IsNullOrMissing)
                continue;
            if (Field(value, field, out at) is { } error)
                return error;
        }

        return null;
    }

    /// <summary>The value of a field: under its JSON name, else under its proto name.</summary>
    public static Node Value(Node message, ProtoField field)
    {
        var value = message[field.JsonName];
        return value.Exists || field.JsonName == field.ProtoName ? value : message[field.ProtoName];
    }

    private static string? Field(Node node, ProtoField field, out Node at)
    {
        at = default;
        if (field.IsRepeated)
        {
            if (node.Kind == NodeKind.Null)
                return null;
            if (!node.IsSequence)
                return Mismatch(node, RawArray, out at);
            foreach (var item in node.Items)
            {
                if (Single(item, field, out at) is { } error)
                    return error;
            }

            return null;
        }

        if (field.Type is ProtoType.Map or ProtoType.MessageMap)
        {
            if (node.Kind == NodeKind.Null)
                return null;
            if (!node.IsMapping)
                return Mismatch(node, RawObject, out at);
            foreach (var entry in node.Entries)
            {
                var error = field.Type == ProtoType.Map ? Text(entry, out at) : Find(entry, field.Message, out at);
                if (error is not null)
                    return error;
            }

            return null;
        }

        return Single(node, field, out at);
    }

    private static string? Single(Node node, ProtoField field, out Node at)
    {
        at = default;
        switch (field.Type)
        {
            case ProtoType.String or ProtoType.StringValue:
                return Text(node, out at);
            case ProtoType.Bool or ProtoType.BoolValue:
                return node.Kind is NodeKind.Boolean or NodeKind.Null ? null : Mismatch(node, "bool", out at);
            case ProtoType.UInt32 or ProtoType.UInt32Value:
                return Number(node, "uint32", out at);
            case ProtoType.UInt64:
                return Number(node, "uint64", out at);
            case ProtoType.DoubleValue:
                return Number(node, "float64", out at);
            case ProtoType.FloatValue:
                return Number(node, "float32", out at);
            case ProtoType.BytesValue:
                return Bytes(node, out at);
            case ProtoType.Duration:
                if (node.Kind == NodeKind.Null)
                    return null;
                if (!node.IsString)
                    return Mismatch(node, "string", out at);
                if (GoDuration.Parse(node.Text ?? "", out _) is not { } error)
                    return null;
                at = node;
                return $"bad Duration: {error}";
            case ProtoType.Struct:
                return node.IsMapping || node.Kind == NodeKind.Null ? null : $"bad StructValue: {Mismatch(node, RawObject, out at)}";
            case ProtoType.Enum:
                return Enum(node, field.Enum, out at);
            default:
                return Find(node, field.Message, out at);
        }
    }

    private static string? Text(Node node, out Node at)
    {
        at = default;
        return node.IsString || node.Kind == NodeKind.Null ? null : Mismatch(node, "string", out at);
    }

    private static string? Enum(Node node, ProtoEnum enumeration, out Node at)
    {
        at = node;
        if (node.IsString)
        {
            return enumeration.NumberOf(node.Text ?? "") is null
                ? $"unknown value {GoText.Quote(GoValues.Token(node.Text ?? ""))} for enum {enumeration.Name}"
                : null;
        }

        if (node.Kind == NodeKind.Null)
            return null;
        if (node.Kind is not (NodeKind.Integer or NodeKind.Float))
            return Mismatch(node, "protoreflect.EnumNumber", out at);
        return int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null
            : Mismatch(node, $"number {node.Text}", "protoreflect.EnumNumber", out at);
    }

    /// <summary>Numbers may stand in quotes; what is between the quotes is then read as JSON.</summary>
    private static string? Number(Node node, string type, out Node at)
    {
        at = node;
        var text = node.Text ?? "";
        switch (node.Kind)
        {
            case NodeKind.Null:
                return null;
            case NodeKind.String:
                if (type.StartsWith("float", StringComparison.Ordinal) && text is "NaN" or "Infinity" or "-Infinity")
                    return null;
                var raw = GoValues.Token(text)[1..^1];
                if (GoJson.ScanWhole(raw) is { } error)
                    return error;
                raw = raw.Trim();
                if (raw == "null")
                    return null;
                if (raw is "true" or "false")
                    return Mismatch(node, "bool", type, out at);
                if (raw[0] is '{' or '[' or '"')
                    return Mismatch(node, raw[0] switch { '{' => "object", '[' => "array", _ => "string" }, type, out at);
                text = raw;
                break;
            case NodeKind.Integer or NodeKind.Float:
                break;
            default:
                return Mismatch(node, type, out at);
        }

        var fits = type switch
        {
            "uint32" => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            "uint64" => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            "float32" => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single) && float.IsFinite(single),
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
        };
        return fits ? null : Mismatch(node, $"number {text}", type, out at);
    }

    private static string? Bytes(Node node, out Node at)
    {
        at = node;
        switch (node.Kind)
        {
            case NodeKind.Null:
                return null;
            case NodeKind.String:
                var bad = GoValues.FindBadBase64(node.Text ?? "");
                return bad < 0 ? null : $"illegal base64 data at input byte {bad.ToString(CultureInfo.InvariantCulture)}";
            case NodeKind.Sequence:
                foreach (var item in node.Items)
                {
                    if (item.Kind == NodeKind.Null
                        || (item.Kind == NodeKind.Integer
                            && byte.TryParse(item.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                        continue;
                    return Mismatch(
                        item,
                        item.Kind is NodeKind.Integer or NodeKind.Float ? $"number {item.Text}" : GoValues.TypeName(item),
                        "uint8",
                        out at);
                }

                return null;
            default:
                return Mismatch(node, "[]uint8", out at);
        }
    }

    private static string Mismatch(Node node, string type, out Node at) => Mismatch(node, GoValues.TypeName(node), type, out at);

    private static string Mismatch(Node node, string value, string type, out Node at)
    {
        at = node;
        return $"json: cannot unmarshal {value} into Go value of type {type}";
    }
}
