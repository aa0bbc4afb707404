using System.Globalization;
using MeshLint.Core.Documents;
using MeshLint.Core.Schemas;

namespace MeshLint.Core.Admission.Validators.Core;

/// <summary>Reads a free-form struct as a message, as Kuma's <c>util_proto.ToTyped</c> does, and tells jsonpb's first error.</summary>
internal static class ConfigReader
{
    /// <summary>The error, depth first in the order of the message's fields; null where the struct can be read.</summary>
    public static string? FindError(Node value, ProtoMessage message)
    {
        if (value.IsNullOrMissing)
            return null;
        if (!value.IsMapping)
            return WrongType(value, "map[string]json.RawMessage");
        foreach (var field in message.Fields)
        {
            var member = value[field.JsonName];
            if (member.IsNullOrMissing)
                continue;
            if (!field.IsRepeated)
            {
                if (FindFieldError(member, field) is { } error)
                    return error;
                continue;
            }

            if (!member.IsSequence)
                return WrongType(member, "[]json.RawMessage");
            foreach (var item in member.Items)
            {
                if (FindFieldError(item, field) is { } error)
                    return error;
            }
        }

        return null;
    }

    private static string? FindFieldError(Node value, ProtoField field)
    {
        switch (field.Type)
        {
            case ProtoType.Message:
                return FindError(value, field.Message);
            case ProtoType.String:
                return value.IsString ? null : WrongType(value, "string");
            case ProtoType.Bool or ProtoType.BoolValue:
                return value.Kind == NodeKind.Boolean ? null : WrongType(value, "bool");
            case ProtoType.UInt32 or ProtoType.UInt32Value:
                return FindNumberError(value);
            case ProtoType.BytesValue:
                return value.IsString ? FindBase64Error(value.Str()) : value.IsSequence ? null : WrongType(value, "[]uint8");
            case ProtoType.Enum:
                if (value.IsString)
                    return field.Enum.NumberOf(value.Str()) is null ? $"unknown value {GoText.Quote(GoText.Quote(value.Str()))} for enum {field.Enum.Name}" : null;
                return value.Kind is NodeKind.Integer or NodeKind.Float ? null : WrongType(value, "protoreflect.EnumNumber");
            case ProtoType.Map:
                if (!value.IsMapping)
                    return WrongType(value, "map[string]json.RawMessage");
                foreach (var entry in value.Entries)
                {
                    if (!entry.IsString && !entry.IsNullOrMissing)
                        return WrongType(entry, "string");
                }

                return null;
            default:
                return null;
        }
    }

    private static string? FindNumberError(Node value)
    {
        switch (value.Kind)
        {
            case NodeKind.Integer or NodeKind.Float:
                return value.AsInteger() is >= 0 and <= uint.MaxValue ? null : $"json: cannot unmarshal number {value.Text} into Go value of type uint32";
            case NodeKind.String when uint.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _):
                return null;
            case NodeKind.String when value.Text is { Length: > 0 } text:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                    ? $"json: cannot unmarshal number {text} into Go value of type uint32"
                    : $"invalid character '{text[0]}' looking for beginning of value";
            case NodeKind.String:
                return "unexpected end of JSON input";
            default:
                return WrongType(value, "uint32");
        }
    }

    /// <summary>Go's base64 error: the standard alphabet, padded; line feeds do not count as bad.</summary>
    private static string? FindBase64Error(string text)
    {
        var position = 0;
        var quantum = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (c is '\r' or '\n')
            {
                position++;
                continue;
            }

            if (c == '=')
            {
                if (quantum < 2)
                    return Illegal(position);
                var padding = 4 - quantum;
                for (; padding > 0; position++)
                {
                    if (position >= text.Length)
                        return Illegal(text.Length);
                    if (text[position] is '\r' or '\n')
                        continue;
                    if (text[position] != '=')
                        return Illegal(position - 1);
                    padding--;
                }

                while (position < text.Length && text[position] is '\r' or '\n')
                    position++;
                return position < text.Length ? Illegal(position) : null;
            }

            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
                return Illegal(position);
            quantum = (quantum + 1) % 4;
            position++;
        }

        return quantum == 0 ? null : Illegal(text.Length - quantum);

        static string Illegal(int at) => string.Create(CultureInfo.InvariantCulture, $"illegal base64 data at input byte {at}");
    }

    private static string WrongType(Node value, string goType)
    {
        var kind = value.Kind switch
        {
            NodeKind.Mapping => "object",
            NodeKind.Sequence => "array",
            NodeKind.String => "string",
            NodeKind.Boolean => "bool",
            _ => "number",
        };
        return $"json: cannot unmarshal {kind} into Go value of type {goType}";
    }
}
