using MeshLint.Yaml;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MeshLint.Output.Emit;

/// <summary>Writes a tree as JSON.</summary>
public static class JsonNodeWriter
{
    /// <summary>Settings of every JSON file that MeshLint writes: indented by two, readable beyond ASCII, '\n' on every platform.</summary>
    public static JsonWriterOptions Indented { get; } = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The tree as indented JSON with a newline at the end.</summary>
    public static string Write(Node root) => ToText(writer => Write(writer, root));

    /// <summary>Writes the tree as the next value; nothing where the node is missing.</summary>
    public static void Write(Utf8JsonWriter writer, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                writer.WriteStartObject();
                foreach (var entry in node.UniqueEntries)
                {
                    writer.WritePropertyName(entry.Key ?? "");
                    Write(writer, entry);
                }

                writer.WriteEndObject();
                break;
            case NodeKind.Sequence:
                writer.WriteStartArray();
                foreach (var item in node.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case NodeKind.Boolean:
                writer.WriteBooleanValue(node.Text == "true");
                break;
            case NodeKind.Integer or NodeKind.Float when IsJsonNumber(node.Text ?? ""):
                writer.WriteRawValue(node.Text ?? "0", skipInputValidation: true);
                break;
            case NodeKind.Integer or NodeKind.Float or NodeKind.String:
                // JSON has no infinity and no NaN: such numbers stay text.
                writer.WriteStringValue(node.Text ?? "");
                break;
            case NodeKind.Null:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>What an action writes, as indented JSON text with a newline at the end.</summary>
    internal static string ToText(Action<Utf8JsonWriter> write) => VisibleText.InJson(Encoding.UTF8.GetString(ToUtf8(write).Span)) + "\n";

    /// <summary>What an action writes, as indented JSON in UTF-8.</summary>
    internal static ReadOnlyMemory<byte> ToUtf8(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            write(writer);
        return buffer.WrittenMemory;
    }

    // -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?
    private static bool IsJsonNumber(string text)
    {
        var i = text.StartsWith('-') ? 1 : 0;
        var integer = SkipDigits(text, ref i);
        if (integer == 0 || (integer > 1 && text[i - integer] == '0'))
            return false;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            if (SkipDigits(text, ref i) == 0)
                return false;
        }

        if (i < text.Length && text[i] is 'e' or 'E')
        {
            i++;
            if (i < text.Length && text[i] is '+' or '-')
                i++;
            if (SkipDigits(text, ref i) == 0)
                return false;
        }

        return i == text.Length;
    }

    private static int SkipDigits(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
            position++;
        return position - start;
    }
}
