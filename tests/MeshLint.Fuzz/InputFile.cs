using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;

namespace MeshLint.Fuzz;

/// <summary>Writes an input to a file from which it can be run again, and reads it.</summary>
/// <remarks>Texts stand in it as UTF-16 in base64, since they may hold what UTF-8 cannot say, and once more for the eye.</remarks>
internal static class InputFile
{
    public static void Write(string path, FuzzInput input, string what)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("failure", VisibleText.OneLine(what));
            json.WriteString("target", input.Target);
            json.WriteString("version", input.Version.Text());
            json.WriteNumber("layout", input.Layout);
            json.WriteStartArray("files");
            foreach (var (name, text) in input.Files)
            {
                json.WriteStartObject();
                json.WriteBase64String("path", MemoryMarshal.AsBytes(name.AsSpan()));
                json.WriteBase64String("text", MemoryMarshal.AsBytes(text.AsSpan()));
                json.WriteString("shown", VisibleText.OneLine(name));
                json.WriteStartArray("lines");
                foreach (var line in text.Split('\n'))
                    json.WriteStringValue(VisibleText.OneLine(line));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        File.WriteAllText(path, Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n");
    }

    public static FuzzInput Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var root = json.RootElement;
        if (!KumaVersions.TryParse(root.GetProperty("version").GetString(), out var version))
            throw new InvalidDataException($"{path}: the version is none");
        var files = root.GetProperty("files").EnumerateArray().Select(static f => (Text(f, "path"), Text(f, "text"))).ToList();
        return new FuzzInput(root.GetProperty("target").GetString() ?? "", version, root.GetProperty("layout").GetInt32(), files);
    }

    private static string Text(JsonElement file, string name) => new(MemoryMarshal.Cast<byte, char>(file.GetProperty(name).GetBytesFromBase64()));
}
