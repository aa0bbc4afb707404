using System.Buffers;
using System.Text;

namespace MeshLint.Yaml;

/// <summary>
/// Reads a file into documents as kubectl and kumactl do. Never throws for bad input: a broken document costs that document only.
/// </summary>
/// <remarks>
/// A file is cut into pieces first (<see cref="DocumentSplitter"/>), so that the reader recovers at the next one; each piece is one
/// document.
/// Limits keep hostile files cheap: nesting to <see cref="MaxDepth"/>, at most <see cref="MaxNodes"/> nodes after aliases are expanded.
/// </remarks>
public static class DocumentReader
{
    /// <summary>Deepest nesting that is read; real configuration stays below 40.</summary>
    public const int MaxDepth = 256;

    /// <summary>Most nodes of one document once aliases are expanded.</summary>
    public const int MaxNodes = 1_000_000;

    /// <summary>Most nodes that aliases may add to a document.</summary>
    public const int MaxAliasNodes = 100_000;

    private static readonly SearchValues<char> AsciiControls = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F");

    private static readonly SearchValues<char> AllControls = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F"
        + "\u0080\u0081\u0082\u0083\u0084\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008D\u008E\u008F\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009D\u009E\u009F\uFFFE\uFFFF");

    /// <summary>Cuts a text into pieces. Those that hold nothing but blanks and comments are left out, but counted.</summary>
    /// <remarks>A file that begins with '{' is a stream of JSON objects for kubectl and YAML for kumactl; the form of its first document
    /// decides.</remarks>
    public static List<DocumentPart> Split(SourceText source)
    {
        if (!DocumentSplitter.IsJson(source.Text))
            return DocumentSplitter.SplitYaml(source.Text);
        var json = DocumentSplitter.SplitJson(source.Text);
        var first = ReadDocument(source, json[0]);
        if (!first.IsBroken && !IsUniversal(first.Root))
            return json;
        var yaml = DocumentSplitter.SplitYaml(source.Text);
        return IsUniversal(ReadDocument(source, yaml[0]).Root) ? yaml : json;
    }

    /// <summary>Reads every document of a file.</summary>
    public static ImmutableArray<SourceDocument> Read(SourceText source)
    {
        var parts = Split(source);
        var documents = ImmutableArray.CreateBuilder<SourceDocument>(parts.Count);
        foreach (var part in parts)
            documents.Add(ReadDocument(source, part));
        return documents.MoveToImmutable();
    }

    /// <summary>Reads a text that is one YAML document however it begins, such as a value that holds YAML.</summary>
    public static SourceDocument ReadYaml(SourceText source) =>
        ReadDocument(source, new DocumentPart(0, new TextSpan(0, source.Text.Length), PartForm.Yaml));

    /// <summary>Reads the document of one piece.</summary>
    public static SourceDocument ReadDocument(SourceText source, DocumentPart part)
    {
        var problems = new List<DocumentProblem>();
        NodeTree tree;
        try
        {
            tree = part.Form switch
            {
                PartForm.Json => JsonReader.Read(source, part.Span, problems),
                PartForm.NoJson => throw new YamlFault(
                    new TextSpan(part.Span.Start, ContentScan.LineEnd(source.Text, part.Span.Start, part.Span.End)),
                    "a JSON object is expected here; the file begins with '{', so kubectl reads all of it as JSON"),
                _ => ReadYaml(source, part.Span, problems),
            };
            if (part.Form == PartForm.AfterSeparator && !IsUniversal(tree.Root))
                throw AfterSeparator(source.Text, part.Span);
        }
        catch (YamlFault fault)
        {
            tree = new NodeTree(source, []);
            problems = [new DocumentProblem(fault.Kind, Within(part.Span, fault.Span), Describe(fault, part))];
        }

        return new SourceDocument(source, part.Index, part.Span, tree, [.. problems]);
    }

    /// <summary>Whether a document is written in Universal form, which kumactl applies and not kubectl.</summary>
    internal static bool IsUniversal(Node root) => root["type"].Exists && !root["apiVersion"].Exists && !root["kind"].Exists;

    private static NodeTree ReadYaml(SourceText source, TextSpan span, List<DocumentProblem> problems)
    {
        var control = FindControl(source.Text, span);
        var assembler = new YamlAssembler(source, span);
        try
        {
            var tree = assembler.Read();
            if (control >= 0 && assembler.Reach > ReaderWindow.StartOf(source.Text, span.Start, span.End, control))
                throw ControlCharacter(source.Text, control);
            problems.AddRange(assembler.Problems);
            assembler.Release();
            return tree;
        }
        catch (YamlFault fault) when (control >= 0 && fault.Span.End >= control)
        {
            throw ControlCharacter(source.Text, control);
        }
    }

    /// <summary>A fault may lie behind the end: where a bracket is still open there.</summary>
    private static TextSpan Within(TextSpan part, TextSpan fault) =>
        new(Math.Min(fault.Start, part.End), Math.Max(Math.Min(fault.Start, part.End), Math.Min(fault.End, part.End)));

    private static int FindControl(string text, TextSpan span)
    {
        var part = text.AsSpan(span.Start, span.Length);
        var found = part.IndexOfAny(Ascii.IsValid(part) ? AsciiControls : AllControls);
        return found < 0 ? -1 : span.Start + found;
    }

    private static YamlFault ControlCharacter(string text, int at) => new(
        new TextSpan(at, at + 1),
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"the control character U+{(int)text[at]:X4} is not allowed in YAML, not even in a comment"));

    private static YamlFault AfterSeparator(string text, TextSpan span)
    {
        var line = ContentScan.LineEnd(text, span.Start, span.End);
        var start = span.Start;
        while (start < line && char.IsWhiteSpace(text[start]))
            start++;
        return new YamlFault(new TextSpan(start, line), "only a comment may follow '---' on its line; kubectl refuses the file here");
    }

    private static string Describe(YamlFault fault, DocumentPart part)
    {
        if (fault.Kind != DocumentProblemKind.Syntax || fault.Message.StartsWith("a tab ", StringComparison.Ordinal))
            return fault.Message;
        return part.Form is PartForm.Json or PartForm.NoJson ? $"not valid JSON: {fault.Message}" : $"not valid YAML: {fault.Message}";
    }
}
