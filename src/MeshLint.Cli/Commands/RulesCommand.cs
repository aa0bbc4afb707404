using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;
using MeshLint.Kuma.Versions;

namespace MeshLint.Cli.Commands;

/// <summary><c>meshlint rules</c>: the catalogue.</summary>
internal static class RulesCommand
{
    public static Command Create(CliHost host)
    {
        var format = new Option<string>("--format")
        {
            Description = "Format of the list",
            HelpName = "text|json",
            DefaultValueFactory = _ => "text",
        };
        var command = new Command("rules", "List every rule with its id, slug, severity and title");
        command.Options.Add(format);
        command.SetAction(result =>
        {
            switch (result.GetValue(format))
            {
                case "text":
                    WriteText(host.Out);
                    break;
                case "json":
                    WriteJson(host.Out);
                    break;
                case var other:
                    throw new UsageException(Spelling.Unknown("format of the list", other, ["text", "json"]));
            }

            return ExitCode.Clean;
        });
        return command;
    }

    internal static string SeverityName(Severity severity) => severity.ToString().ToLowerInvariant();

    private static void WriteText(TextWriter output)
    {
        var width = RuleCatalog.Descriptors.Max(d => d.Slug.Length);
        foreach (var descriptor in RuleCatalog.Descriptors)
            output.Write(
                $"{descriptor.Id}  {descriptor.Slug.PadRight(width)}  {SeverityName(descriptor.Severity),-7}  {descriptor.Title}\n");
    }

    private static void WriteJson(TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteStartArray("rules");
        foreach (var descriptor in RuleCatalog.Descriptors)
        {
            json.WriteStartObject();
            json.WriteString("id", descriptor.Id);
            json.WriteString("slug", descriptor.Slug);
            json.WriteString("title", descriptor.Title);
            json.WriteString("category", descriptor.Category.ToString().ToLowerInvariant());
            json.WriteString("severity", SeverityName(descriptor.Severity));
            json.WriteString("since", descriptor.Since?.Text());
            json.WriteString("until", descriptor.Until?.Text());
            json.WriteString("helpUri", descriptor.HelpUri);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }
}
