using MeshLint.Diagnostics;
using MeshLint.Sources.Reading;

namespace MeshLint.Sources;

/// <summary>One file on its way from text to documents.</summary>
internal sealed class FileReading
{
    private readonly DocumentPart[] parts;
    private readonly SourceDocument?[] documents;
    private readonly Diagnostic? fault;
    private readonly bool hasBraces;
    private HashSet<int> doubtful = [];

    private FileReading(SourceText? source, DocumentPart[] parts, Diagnostic? fault, bool hasBraces)
    {
        Source = source;
        this.parts = parts;
        this.fault = fault;
        this.hasBraces = hasBraces;
        documents = new SourceDocument?[parts.Length];
    }

    /// <summary>The host left the file out: it was not looked at.</summary>
    public bool IsLeftOut { get; private init; }

    /// <summary>The text; null where nothing in the file concerns a mesh.</summary>
    public SourceText? Source { get; }

    /// <summary>The parts that must be parsed.</summary>
    public ReadOnlySpan<DocumentPart> Parts => parts;

    /// <summary>Fetches the text and finds the parts of it that may concern a mesh.</summary>
    public static FileReading Read(SourceFile file, KustomizeLayout layout, HashSet<string> charts)
    {
        if (layout.IsInput(file.Path))
            return new FileReading(null, [], null, false);
        var content = file.Read();
        if (content.Fault is SourceFault.Unreadable or SourceFault.TooLarge or SourceFault.LeftOut)
        {
            var fault = content.Fault switch
            {
                SourceFault.Unreadable => UnreadableFile.Of(file.Path, content.Detail),
                SourceFault.TooLarge => FileTooLarge.Of(file.Path, content.Detail),
                _ => LeftOut.Of(file.Path, content.Detail),
            };
            return new FileReading(null, [], fault, false) { IsLeftOut = content.Fault == SourceFault.LeftOut };
        }

        if (KustomizeLayout.IsKustomization(file.Path))
            return new FileReading(null, [], null, false);
        var source = new SourceText(file.Path, content.Text);
        var (found, doubtful) = Choose(source);
        if (found.Count == 0)
            return new FileReading(null, [], null, false);
        if (content.Fault == SourceFault.NotUtf8 && doubtful.Count < found.Count)
        {
            var at = Math.Max(0, content.Text.IndexOf('\uFFFD'));
            var first = new Location(source, new TextSpan(at, Math.Min(at + 1, content.Text.Length)));
            return new FileReading(source, [], InvalidEncoding.Of(first, content.Detail), false);
        }

        var braces = TemplateDetector.HasBraces(content.Text);
        return braces && IsChartTemplate(file.Path, charts)
            ? new FileReading(source, [], Templated(source, "the file lies in the templates of a Helm chart"), false)
            : new FileReading(source, [.. found], null, braces) { doubtful = doubtful };
    }

    // The parts to parse, and which of them only the parsed document can tell about.
    private static (List<DocumentPart> Found, HashSet<int> Doubtful) Choose(SourceText source)
    {
        var parts = DocumentReader.Split(source);
        var found = new List<DocumentPart>();
        var doubtful = new HashSet<int>();
        var isOurs = false;
        foreach (var part in parts)
        {
            var verdict = DocumentFilter.Look(source.Slice(part.Span), part.Form == PartForm.Json);
            isOurs |= verdict == FilterVerdict.Concerns;
            if (verdict != FilterVerdict.Foreign)
                found.Add(part);
            if (verdict == FilterVerdict.Unknown)
                doubtful.Add(part.Index);
        }

        // Where kubectl stops, what follows is not applied: that concerns every document of the file.
        if (isOurs && parts.Any(p => Stops(source, p)))
        {
            var kept = found.ToHashSet();
            found = [.. parts.Where(p => kept.Contains(p) || Stops(source, p))];
            foreach (var part in parts.Where(p => Stops(source, p)))
                doubtful.Remove(part.Index);
        }

        return (found, doubtful);
    }

    // kumactl takes blanks between documents away; where only it reads the file they stop nobody.
    private static bool Stops(SourceText source, DocumentPart part) =>
        part.StopsKubectl && (!source.Slice(part.Span).IsWhiteSpace() || source.Text.Contains("apiVersion", StringComparison.Ordinal));

    /// <summary>Parses one part. Parts are independent of each other.</summary>
    public void ReadPart(int part)
    {
        if (Source is { } source)
            documents[part] = DocumentReader.ReadDocument(source, parts[part]);
    }

    /// <summary>The documents that can be used, and what is to be said about the others.</summary>
    public ImmutableArray<SourceDocument> Finish(ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        if (fault is not null)
            diagnostics.Add(fault);
        if (Source is not { } source || parts.Length == 0)
            return [];
        var result = ImmutableArray.CreateBuilder<SourceDocument>(parts.Length);
        var isTemplated = false;
        foreach (var document in documents)
        {
            if (document is null || (doubtful.Contains(document.Index) && !DocumentFilter.ConcernsMesh(document)))
                continue;
            if (!hasBraces || !TemplateDetector.HasBraces(source.Slice(document.Span)))
            {
                result.Add(document);
            }
            else if (document.IsBroken)
            {
                isTemplated = true;
                if (TemplateDetector.HasDirectiveLine(source.Slice(document.Span)))
                {
                    diagnostics.Add(Templated(source, "its directives enclose whole lines"));
                    return [];
                }
            }
            else if (TemplateDetector.IsTemplate(document))
            {
                isTemplated = true;
            }
            else
            {
                result.Add(document);
            }
        }

        if (isTemplated)
            diagnostics.Add(Templated(source, "template braces stand in place of a value"));
        foreach (var document in result)
        {
            foreach (var problem in document.Problems)
                diagnostics.Add(Report(document, problem));
        }

        return result.ToImmutable();
    }

    private static bool IsChartTemplate(string path, HashSet<string> charts)
    {
        if (charts.Count == 0)
            return false;
        for (var at = path.IndexOf("templates/", StringComparison.Ordinal); at >= 0; at = path.IndexOf("templates/", at + 1,
            StringComparison.Ordinal))
        {
            if ((at == 0 || path[at - 1] == '/') && charts.Contains(path[..at]))
                return true;
        }

        return false;
    }

    private static Diagnostic Templated(SourceText source, string reason)
    {
        var at = Math.Max(0, TemplateDetector.FirstBrace(source.Text));
        return TemplatedFile.Of(new Location(source, new TextSpan(at, Math.Min(at + 2, source.Text.Length))), reason);
    }

    private static Diagnostic Report(SourceDocument document, DocumentProblem problem)
    {
        var at = new Location(document.Source, Visible(document, problem.Span));
        var diagnostic = problem.Kind switch
        {
            DocumentProblemKind.DuplicateKey => DuplicateKey.Of(at, problem.Message, First(document, problem)),
            DocumentProblemKind.NonStringKey => NonStringKey.Of(at, problem.Message),
            DocumentProblemKind.TooLarge => DocumentTooLarge.Of(at, problem.Message),
            DocumentProblemKind.LostText => LostDocument.Of(at, problem.Message),
            DocumentProblemKind.MarkInKey => MarkInKey.Of(at, problem.Message),
            _ => InvalidYaml.Of(at, problem.Message),
        };
        return diagnostic with { Resource = Identify(document) };
    }

    private static Location? First(SourceDocument document, DocumentProblem problem) =>
        problem.Related is { } related ? new Location(document.Source, related) : null;

    // A parser that ran out of text points behind it; the reader wants the last thing that is written.
    private static TextSpan Visible(SourceDocument document, TextSpan span)
    {
        var text = document.Source.Text;
        if (span.Length > 0 || (span.Start < document.Span.End && text[span.Start] is not ('\n' or '\r' or ' ')))
            return span;
        var at = Math.Min(span.Start, text.Length);
        while (at > document.Span.Start && text[at - 1] is '\n' or '\r' or ' ' or '\t')
            at--;
        return at > document.Span.Start ? new TextSpan(at - 1, at) : span;
    }

    private static ResourceIdentity? Identify(SourceDocument document)
    {
        var root = document.Root;
        if (root["apiVersion"].Exists)
        {
            var metadata = root["metadata"];
            return root["kind"].AsString() is { } kind && metadata["name"].AsString() is { } name
                ? new ResourceIdentity(kind, root["mesh"].AsString(), metadata["namespace"].AsString(), name)
                : null;
        }

        return root["type"].AsString() is { } type && root["name"].AsString() is { } universalName
            ? new ResourceIdentity(type, root["mesh"].AsString(), null, universalName)
            : null;
    }
}
