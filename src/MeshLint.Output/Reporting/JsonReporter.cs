using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MeshLint.Diagnostics;

namespace MeshLint.Output.Reporting;

/// <summary>The documented JSON form of findings: <c>docs/output-formats.md</c>, <c>docs/schema/diagnostics.schema.json</c>.</summary>
/// <remarks>
/// Lines and columns are 1-based, columns count UTF-16 code units, ends are exclusive, paths are relative to the root with '/'.
/// Members are added in later versions 1, never changed; a change raises <see cref="Version"/>.
/// </remarks>
public static class JsonReporter
{
    /// <summary>Version of the form.</summary>
    public const int Version = 1;

    public static void Write(TextWriter writer, Report report)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            // Readable text; what JSON itself needs escaped still is, and what does not show is escaped afterwards.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in DiagnosticOrder.Sort(report.Diagnostics, DiagnosticOrder.ByPlace))
        {
            Write(json, diagnostic);
            if (json.BytesPending + buffer.WrittenCount > 64 * 1024)
                Drain(json, buffer, writer);
        }

        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("files", report.Counts.Files);
        json.WriteNumber("documents", report.Counts.Documents);
        json.WriteNumber("resources", report.Counts.Resources);
        json.WriteNumber("errors", report.Errors);
        json.WriteNumber("warnings", report.Warnings);
        json.WriteNumber("infos", report.Infos);
        json.WriteEndObject();
        json.WriteEndObject();
        Drain(json, buffer, writer);
        writer.Write('\n');
    }

    private static void Drain(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, TextWriter writer)
    {
        json.Flush();
        writer.Write(VisibleText.InJson(Encoding.UTF8.GetString(buffer.WrittenSpan)));
        buffer.ResetWrittenCount();
    }

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Descriptor.Id);
        json.WriteString("slug", diagnostic.Descriptor.Slug);
        json.WriteString("severity", Words.Of(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        WritePlace(json, diagnostic.Location);
        if (diagnostic.Resource is { } resource)
        {
            json.WriteStartObject("resource");
            json.WriteString("kind", resource.Kind);
            json.WriteString("mesh", resource.Mesh);
            json.WriteString("namespace", resource.Namespace);
            json.WriteString("name", resource.Name);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("resource");
        }

        if (diagnostic.Admission is { } refusal)
        {
            json.WriteStartObject("admission");
            json.WriteString("field", refusal.Field);
            json.WriteString("reason", refusal.Reason);
            json.WriteEndObject();
        }

        if (!diagnostic.Versions.IsEmpty)
        {
            json.WriteStartArray("kumaVersions");
            foreach (var version in diagnostic.Versions)
                json.WriteStringValue(version.Text());
            json.WriteEndArray();
        }

        json.WriteStartArray("related");
        foreach (var related in diagnostic.Related)
        {
            json.WriteStartObject();
            json.WriteString("message", related.Message);
            WritePlace(json, related.Location);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in diagnostic.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteString("help", diagnostic.Help ?? "");
        json.WriteStartArray("fixes");
        foreach (var fix in diagnostic.Fixes)
            WriteFix(json, fix);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, Fix fix)
    {
        json.WriteStartObject();
        json.WriteString("title", fix.Title);
        json.WriteString("safety", fix.Safety switch
        {
            FixSafety.Safe => "safe",
            FixSafety.Unsafe => "unsafe",
            _ => "shown-only",
        });
        json.WriteStartArray("edits");
        foreach (var edit in fix.Edits)
        {
            json.WriteStartObject();
            WritePlace(json, new Location(edit.Source, edit.Span));
            json.WriteString("text", edit.NewText);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, Location location)
    {
        json.WriteString("file", location.Source.Path);
        json.WriteStartObject("range");
        WritePosition(json, "start", location.Source.GetPosition(location.Span.Start));
        WritePosition(json, "end", location.Source.GetPosition(location.Span.End));
        json.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter json, string name, LinePosition position)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", position.Line);
        json.WriteNumber("column", position.Column);
        json.WriteEndObject();
    }
}
