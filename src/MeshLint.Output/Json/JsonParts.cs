using System.Text.Json;

namespace MeshLint.Output.Json;

/// <summary>What several JSON files of MeshLint write in the same way.</summary>
internal static class JsonParts
{
    /// <summary>First and last position, as lines and columns that begin with 1.</summary>
    public static void WriteRange(Utf8JsonWriter writer, Location location)
    {
        writer.WriteStartObject("range");
        WritePosition("start", location.Span.Start);
        WritePosition("end", location.Span.End);
        writer.WriteEndObject();

        void WritePosition(string name, int offset)
        {
            var position = location.Source.GetPosition(offset);
            writer.WriteStartObject(name);
            writer.WriteNumber("line", position.Line);
            writer.WriteNumber("column", position.Column);
            writer.WriteEndObject();
        }
    }

    /// <summary>File and line.</summary>
    public static void WriteSource(Utf8JsonWriter writer, Location location)
    {
        writer.WriteStartObject("source");
        writer.WriteString("file", location.Source.Path);
        writer.WriteNumber("line", location.Source.GetPosition(location.Span.Start).Line);
        writer.WriteEndObject();
    }

    /// <summary>Pairs as an object.</summary>
    public static void WriteLabels(Utf8JsonWriter writer, string name, LabelSet labels)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in labels)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    /// <summary>Texts as an array.</summary>
    public static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    /// <summary>Items as an array.</summary>
    public static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            write(writer, item);
        writer.WriteEndArray();
    }

    /// <summary><c>NoSuchName</c> as <c>no-such-name</c>.</summary>
    public static string Kebab(string name)
    {
        var output = new System.Text.StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (output.Length > 0 && (char.IsAsciiLetterUpper(c) || (char.IsAsciiDigit(c) && !char.IsAsciiDigit(output[^1]))))
                output.Append('-');
            output.Append(char.ToLowerInvariant(c));
        }

        return output.ToString();
    }
}
