using MeshLint.Yaml;
using System.Globalization;
using System.Text;
using MeshLint.Sources;

namespace MeshLint.Output.Emit;

/// <summary>The documents of a file as they are read, for people and tools that want to see what the YAML means.</summary>
/// <remarks>
/// Empty documents are left out and lists are unpacked as kubectl's resource builder does it: an item without kind and apiVersion takes
/// them from the list, and a list within a list is refused.
/// </remarks>
public sealed class RenderedDocuments
{
    private readonly List<RenderedDocument> documents = [];
    private readonly List<RenderProblem> problems = [];

    private RenderedDocuments()
    {
    }

    /// <summary>What was read, in order.</summary>
    public IReadOnlyList<RenderedDocument> Documents => documents;

    /// <summary>What was refused, and what a reader should know besides.</summary>
    public IReadOnlyList<RenderProblem> Problems => problems;

    /// <summary>Reads a file.</summary>
    public static RenderedDocuments Read(SourceText source)
    {
        var result = new RenderedDocuments();
        foreach (var document in DocumentReader.Read(source))
            result.Add(document);
        return result;
    }

    private void Add(SourceDocument document)
    {
        foreach (var problem in document.Problems)
        {
            var isRefused = problem.Kind is DocumentProblemKind.Syntax or DocumentProblemKind.TooLarge;
            problems.Add(new RenderProblem(document.Source, problem.Span, problem.Message, isRefused));
        }

        var root = document.Root;
        if (root.IsNullOrMissing)
            return;
        var items = root["items"];
        if (!items.IsSequence || !root["apiVersion"].Exists)
        {
            documents.Add(new RenderedDocument(root, null, null));
            return;
        }

        foreach (var item in items.Items)
        {
            if (item["items"].IsSequence)
            {
                problems.Add(new RenderProblem(document.Source, item.Span, "a list cannot stand in a list; kubectl refuses it",
                    IsRefused: true));
                continue;
            }

            var isBare = item.IsMapping && string.IsNullOrEmpty(item["kind"].AsString())
                && string.IsNullOrEmpty(item["apiVersion"].AsString());
            var kind = root["kind"].AsString() ?? "";
            documents.Add(isBare
                ? new RenderedDocument(item, root["apiVersion"].AsString(), kind.EndsWith("List", StringComparison.Ordinal) ? kind[..^4]
                    : kind)
                : new RenderedDocument(item, null, null));
        }
    }

    /// <summary>The documents as a JSON array.</summary>
    /// <param name="files">What was read, file by file.</param>
    /// <param name="withProvenance">Whether each document says where its values stand.</param>
    public static string ToJson(IEnumerable<RenderedDocuments> files, bool withProvenance) => JsonNodeWriter.ToText(json =>
    {
        json.WriteStartArray();
        foreach (var document in files.SelectMany(f => f.documents))
        {
            if (!withProvenance)
            {
                JsonNodeWriter.Write(json, document.ToNode());
                continue;
            }

            json.WriteStartObject();
            json.WritePropertyName("document");
            JsonNodeWriter.Write(json, document.ToNode());
            json.WriteStartObject("provenance");
            foreach (var (path, place) in document.Places())
                json.WriteString(path, place);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The documents as a stream of YAML.</summary>
    /// <param name="files">What was read, file by file.</param>
    /// <param name="withProvenance">Whether comments behind each document say where its values stand.</param>
    public static string ToYaml(IEnumerable<RenderedDocuments> files, bool withProvenance)
    {
        var output = new StringBuilder();
        foreach (var document in files.SelectMany(f => f.documents))
        {
            if (output.Length > 0)
                output.Append("---\n");
            YamlWriter.Write(output, document.ToNode());
            if (!withProvenance)
                continue;
            foreach (var (path, place) in document.Places())
                output.Append(CultureInfo.InvariantCulture, $"# {OneLine(path)}: {OneLine(place)}\n");
        }

        return output.ToString();
    }

    // A key may hold line breaks and control characters; a comment may not.
    private static string OneLine(string text) => text.EnumerateRunes().All(GoText.IsPrintable) ? text : GoText.Quote(text);
}
