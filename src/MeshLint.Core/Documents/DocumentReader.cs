using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using AnchorAlias = YamlDotNet.Core.Events.AnchorAlias;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace MeshLint.Core.Documents;

/// <summary>Reads a file into documents. Never throws for bad input: a broken document costs that document only.</summary>
/// <remarks>
/// Document boundaries are found before parsing (a line that begins with '---' always ends a document in YAML), so that the
/// reader recovers at the next one. Limits keep hostile files cheap: nesting to <see cref="MaxDepth"/>, at most
/// <see cref="MaxNodes"/> nodes after aliases are expanded.
/// </remarks>
public static class DocumentReader
{
    /// <summary>Deepest nesting that is read; real configuration stays below 40.</summary>
    public const int MaxDepth = 256;

    /// <summary>Most nodes of one document once aliases are expanded.</summary>
    public const int MaxNodes = 1_000_000;

    /// <summary>Most nodes that aliases may add to a document.</summary>
    public const int MaxAliasNodes = 100_000;

    /// <summary>Splits a text at its document markers. Parts that hold nothing but blanks and comments are left out, but counted.</summary>
    public static List<(int Index, TextSpan Span)> Split(SourceText source)
    {
        var text = source.Text;
        var parts = new List<(int, TextSpan)>();
        var start = 0;
        var index = 0;
        var lineStart = 0;
        while (lineStart < text.Length)
        {
            var lineEnd = text.IndexOf('\n', lineStart);
            var next = lineEnd < 0 ? text.Length : lineEnd + 1;
            var isMarker = IsMarker(text, lineStart, "---");
            if (isMarker || IsMarker(text, lineStart, "..."))
            {
                AddPart(start, lineStart);
                // What follows on the marker's own line ("--- {a: b}", "--- # note") belongs to the new document.
                start = isMarker ? lineStart + 3 : next;
            }

            lineStart = next;
        }

        AddPart(start, text.Length);
        return parts;

        void AddPart(int from, int to)
        {
            if (HasContent(text, from, to))
                parts.Add((index++, new TextSpan(from, to)));
            else if (from > 0 || to < text.Length)
                index += from == 0 ? 0 : 1;
        }
    }

    /// <summary>Reads every document of a file.</summary>
    public static ImmutableArray<SourceDocument> Read(SourceText source)
    {
        var parts = Split(source);
        var documents = ImmutableArray.CreateBuilder<SourceDocument>(parts.Count);
        foreach (var (index, span) in parts)
            documents.Add(ReadDocument(source, index, span));
        return documents.MoveToImmutable();
    }

    /// <summary>Reads the one document in a span.</summary>
    public static SourceDocument ReadDocument(SourceText source, int index, TextSpan span)
    {
        var assembler = new Assembler(source, span);
        var tree = assembler.Read();
        return new SourceDocument(source, index, span, tree, assembler.Problems);
    }

    private static bool IsMarker(string text, int start, string marker) =>
        string.CompareOrdinal(text, start, marker, 0, 3) == 0
        && (start + 3 >= text.Length || text[start + 3] is ' ' or '\t' or '\r' or '\n');

    private static bool HasContent(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            switch (text[i])
            {
                case ' ' or '\t' or '\r' or '\n' or '\uFEFF':
                    continue;
                case '#':
                    var end = text.IndexOf('\n', i, to - i);
                    if (end < 0)
                        return false;
                    i = end;
                    continue;
                case '%':
                    // A directive line says nothing by itself.
                    goto case '#';
                default:
                    return true;
            }
        }

        return false;
    }

    private sealed class Assembler(SourceText source, TextSpan span)
    {
        private const string MergeFault = "map merge requires map or sequence of maps as the value";

        private readonly NodeTreeBuilder builder = new(source);
        private readonly ImmutableArray<DocumentProblem>.Builder problems = ImmutableArray.CreateBuilder<DocumentProblem>();
        private Dictionary<string, int>? anchors;
        private int aliasNodes;

        public ImmutableArray<DocumentProblem> Problems => problems.ToImmutable();

        public NodeTree Read()
        {
            try
            {
                using var reader = new SpanReader(source.Text, span);
                var parser = new Parser(new Scanner(reader, skipComments: true));
                while (parser.MoveNext() && parser.Current is not DocumentStart)
                {
                }

                if (parser.MoveNext() && parser.Current is not (null or DocumentEnd))
                    ReadNode(parser, 0);
                // The rest of the part must be the end of the document: anything else is an error that the parser reports.
                while (parser.MoveNext())
                {
                    if (parser.Current is DocumentStart)
                        throw new SyntaxErrorException(parser.Current.Start, parser.Current.End, "did not find expected <document start>");
                }

                return builder.Build();
            }
            catch (YamlException exception)
            {
                return Broken(DocumentProblemKind.Syntax, Range(exception.Start, exception.End), Describe(exception));
            }
            catch (DocumentLimitException exception)
            {
                return Broken(DocumentProblemKind.TooLarge, exception.Span, exception.Message);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
            {
                // The scanner gives up on some malformed texts ("{{#a}}") with exceptions of its own making.
                var at = Math.Clamp(lastNodeEnd, span.Start, span.End);
                return Broken(DocumentProblemKind.Syntax, new TextSpan(at, at), "not valid YAML: it cannot be read from here on");
            }
        }

        private NodeTree Broken(DocumentProblemKind kind, TextSpan at, string message)
        {
            problems.Clear();
            var tab = kind == DocumentProblemKind.Syntax ? FindIndentTab(at.Start) : -1;
            problems.Add(tab >= 0
                ? new DocumentProblem(DocumentProblemKind.Syntax, new TextSpan(tab, tab + 1), "a tab cannot indent YAML; use spaces")
                : new DocumentProblem(kind, at, message));
            return new NodeTree(source, []);
        }

        // The scanner stops at or after a tab used as indentation; the tab is what the reader wants to see.
        private int FindIndentTab(int near)
        {
            var text = source.Text;
            for (var line = text.LastIndexOf('\n', Math.Clamp(near, 0, text.Length - 1)) + 1; line >= span.Start;)
            {
                var i = line;
                while (i < span.End && text[i] == ' ')
                    i++;
                if (i < span.End && text[i] == '\t')
                    return i;
                if (line < near && i < span.End && text[i] is not ('\r' or '\n') || line == 0)
                    return -1;
                line = text.LastIndexOf('\n', Math.Max(0, line - 2)) + 1;
            }

            return -1;
        }

        private static string Describe(YamlException exception)
        {
            var message = exception.Message.TrimEnd('.');
            var location = message.IndexOf("): ", StringComparison.Ordinal);
            if (message.StartsWith('(') && location > 0)
                message = message[(location + 3)..];
            if (message.StartsWith("While ", StringComparison.Ordinal) && message.IndexOf(", ", StringComparison.Ordinal) is > 0 and var comma)
                message = $"{message[(comma + 2)..]} ({char.ToLowerInvariant(message[0])}{message[1..comma]})";
            return $"not valid YAML: {message}";
        }

        private void ReadNode(Parser parser, int depth)
        {
            if (depth > MaxDepth)
                throw new DocumentLimitException(Range(parser.Current), $"nested deeper than {MaxDepth} levels");
            if (builder.Length > MaxNodes)
                throw new DocumentLimitException(Range(parser.Current), $"more than {MaxNodes} nodes");
            switch (parser.Current)
            {
                case Scalar scalar:
                    ReadScalar(scalar);
                    break;
                case MappingStart mapping:
                    ReadMapping(parser, mapping, depth);
                    break;
                case SequenceStart sequence:
                    Anchor(sequence.Anchor);
                    builder.BeginSequence(Range(sequence));
                    var last = Offset(sequence.End);
                    while (parser.MoveNext() && parser.Current is not SequenceEnd)
                    {
                        ReadNode(parser, depth + 1);
                        last = Math.Max(last, LastEnd());
                    }

                    builder.End(EndOf(parser.Current, last, sequence.Style == SequenceStyle.Flow));
                    break;
                case AnchorAlias alias:
                    ReadAlias(alias);
                    break;
            }
        }

        private void ReadMapping(Parser parser, MappingStart mapping, int depth)
        {
            Anchor(mapping.Anchor);
            builder.BeginMapping(Range(mapping));
            var index = builder.OpenIndex;
            var last = Offset(mapping.End);
            List<(string Key, TextSpan Span)>? seen = null;
            List<int>? merges = null;
            while (parser.MoveNext() && parser.Current is not MappingEnd)
            {
                var keyRange = Range(parser.Current);
                if (parser.Current is not Scalar keyScalar)
                {
                    if (parser.Current is AnchorAlias)
                        throw new DocumentLimitException(keyRange, "an alias cannot be a key");
                    throw Fault(parser.Current, "a key must be a scalar");
                }

                var key = ReadKey(keyScalar, keyRange);
                if (key == "<<" && keyScalar.Style == YamlDotNet.Core.ScalarStyle.Plain)
                {
                    parser.MoveNext();
                    last = Math.Max(last, ReadMerge(parser, merges ??= []));
                    continue;
                }

                seen ??= [];
                foreach (var (earlier, earlierSpan) in seen)
                {
                    if (earlier == key)
                    {
                        problems.Add(new DocumentProblem(DocumentProblemKind.DuplicateKey, keyRange, $"key '{key}' stands twice in this mapping", earlierSpan));
                        break;
                    }
                }

                seen.Add((key, keyRange));
                builder.Key(key, keyRange);
                parser.MoveNext();
                ReadNode(parser, depth + 1);
                last = Math.Max(last, LastEnd());
            }

            if (merges is not null)
                ApplyMerges(index, merges);
            builder.End(EndOf(parser.Current, last, mapping.Style == MappingStyle.Flow));
        }

        // '<<: *base' and '<<: [*a, *b]': the keys of the anchored mapping count where the mapping does not have its own.
        private int ReadMerge(Parser parser, List<int> merges)
        {
            var end = EndOffset(parser.Current);
            switch (parser.Current)
            {
                case AnchorAlias alias:
                    merges.Add(Find(alias));
                    return end;
                case SequenceStart:
                    while (parser.MoveNext() && parser.Current is not SequenceEnd)
                    {
                        if (parser.Current is not AnchorAlias item)
                            throw Fault(parser.Current, MergeFault);
                        merges.Add(Find(item));
                    }

                    return EndOffset(parser.Current);
                default:
                    throw Fault(parser.Current, MergeFault);
            }
        }

        private void ApplyMerges(int mapping, List<int> merges)
        {
            foreach (var from in merges)
            {
                if (builder.Peek(from).Kind != NodeKind.Mapping)
                    throw new DocumentLimitException(new TextSpan(builder.Peek(from).Start, builder.Peek(from).End), "only a mapping can be merged with '<<'");
                var child = from + 1;
                var count = builder.Peek(from).Count;
                for (var i = 0; i < count; i++)
                {
                    var data = builder.Peek(child);
                    if (!HasKey(mapping, data.Key))
                    {
                        Charge(data.Size, new TextSpan(data.Start, data.End));
                        builder.Key(data.Key ?? "", new TextSpan(data.KeyStart, data.KeyEnd));
                        builder.Repeat(child);
                    }

                    child += data.Size;
                }
            }
        }

        private bool HasKey(int mapping, string? key)
        {
            var child = mapping + 1;
            var count = builder.Peek(mapping).Count;
            for (var i = 0; i < count; i++)
            {
                if (builder.Peek(child).Key == key)
                    return true;
                child += builder.Peek(child).Size;
            }

            return false;
        }

        private string ReadKey(Scalar scalar, TextSpan range)
        {
            if (scalar.Style != YamlDotNet.Core.ScalarStyle.Plain || scalar.Value == "<<")
                return KeyPool.Get(scalar.Value);
            var kind = ScalarResolver.Resolve(scalar.Value, out var canonical);
            if (kind != NodeKind.String)
            {
                problems.Add(new DocumentProblem(
                    DocumentProblemKind.NonStringKey,
                    range,
                    $"key '{scalar.Value}' is read as {(kind == NodeKind.Null ? "null" : kind == NodeKind.Boolean ? "a boolean" : "a number")}, not as text; quote it"));
            }

            // Keys repeat from document to document; the pool keeps one copy of each.
            return KeyPool.Get(kind == NodeKind.String ? scalar.Value : canonical ?? "null");
        }

        private void ReadScalar(Scalar scalar)
        {
            Anchor(scalar.Anchor);
            var style = scalar.Style switch
            {
                YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
                YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
                YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
                YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
                _ => ScalarStyle.Plain,
            };
            var kind = NodeKind.String;
            string? text = scalar.Value;
            if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific)
                (kind, text) = ResolveTagged(scalar);
            else if (style == ScalarStyle.Plain)
                kind = ScalarResolver.Resolve(scalar.Value, out text);
            builder.Scalar(kind, text is { Length: <= 24 } ? KeyPool.Get(text) : text, Range(scalar), style);
        }

        private static (NodeKind Kind, string? Text) ResolveTagged(Scalar scalar)
        {
            switch (scalar.Tag.Value)
            {
                case "tag:yaml.org,2002:str" or "tag:yaml.org,2002:binary" or "tag:yaml.org,2002:timestamp":
                    return (NodeKind.String, scalar.Value);
                case "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null":
                    var kind = ScalarResolver.Resolve(scalar.Value, out var text);
                    return (kind, text);
                default:
                    return (NodeKind.String, scalar.Value);
            }
        }

        private void ReadAlias(AnchorAlias alias)
        {
            var target = Find(alias);
            Charge(builder.Peek(target).Size, Range(alias));
            builder.Repeat(target);
        }

        private int Find(AnchorAlias alias)
        {
            if (anchors is null || !anchors.TryGetValue(alias.Value.Value, out var target))
                throw new SyntaxErrorException(alias.Start, alias.End, $"unknown anchor '{alias.Value.Value}' referenced");
            // An alias inside the very node that it names would never end.
            if (builder.Peek(target).Kind is NodeKind.Mapping or NodeKind.Sequence && builder.Peek(target).Size == 1 && builder.Peek(target).Count > 0)
                throw new SyntaxErrorException(alias.Start, alias.End, $"anchor '{alias.Value.Value}' value contains itself");
            return target;
        }

        private void Charge(int nodes, TextSpan at)
        {
            aliasNodes += nodes;
            if (aliasNodes > MaxAliasNodes)
                throw new DocumentLimitException(at, $"aliases expand to more than {MaxAliasNodes} nodes");
        }

        private void Anchor(AnchorName anchor)
        {
            if (!anchor.IsEmpty)
                (anchors ??= new Dictionary<string, int>(StringComparer.Ordinal))[anchor.Value] = builder.Length;
        }

        private int LastEnd() => builder.Length > 0 ? lastNodeEnd : span.Start;

        private int lastNodeEnd;

        private int EndOf(ParsingEvent? end, int last, bool isFlow)
        {
            // A block collection ends at its last item; a flow collection with its bracket, where the parser's event begins.
            lastNodeEnd = isFlow && end is not null ? Math.Min(Offset(end.Start) + 1, span.End) : last;
            return lastNodeEnd;
        }

        private TextSpan Range(ParsingEvent? node)
        {
            if (node is null)
                return new TextSpan(span.End, span.End);
            var range = Range(node.Start, node.End);
            if (node is Scalar { Style: YamlDotNet.Core.ScalarStyle.Literal or YamlDotNet.Core.ScalarStyle.Folded })
            {
                var end = range.End;
                while (end > range.Start && source.Text[end - 1] is '\n' or '\r' or ' ')
                    end--;
                range = range with { End = end };
            }

            lastNodeEnd = range.End;
            return range;
        }

        private TextSpan Range(in Mark start, in Mark end)
        {
            var from = Math.Clamp(Offset(start), span.Start, span.End);
            return new TextSpan(from, Math.Clamp(Offset(end), from, span.End));
        }

        private static SyntaxErrorException Fault(ParsingEvent? at, string message) => new(at?.Start ?? Mark.Empty, at?.End ?? Mark.Empty, message);

        // The parser has an event wherever a node is read; at the end of the text there is none.
        private int EndOffset(ParsingEvent? at) => at is null ? span.End : Offset(at.End);

        private int Offset(in Mark mark) => span.Start + (int)mark.Index;
    }

    private sealed class DocumentLimitException(TextSpan span, string message) : Exception(message)
    {
        public TextSpan Span { get; } = span;
    }

    // A TextReader over a part of a string, so that no part is copied.
    private sealed class SpanReader(string text, TextSpan span) : TextReader
    {
        private int position = span.Start;

        public override int Peek() => position < span.End ? text[position] : -1;

        public override int Read() => position < span.End ? text[position++] : -1;

        public override int Read(char[] buffer, int index, int count)
        {
            count = Math.Min(count, span.End - position);
            text.CopyTo(position, buffer, index, count);
            position += count;
            return count;
        }
    }
}

/// <summary>One copy of each short text that documents repeat (keys, kinds, small values). Thread-safe, bounded.</summary>
internal static class KeyPool
{
    private const int Slots = 1 << 14;
    private static readonly string?[] Table = new string?[Slots];

    public static string Get(string text)
    {
        // A lossy table: a collision only means a second copy, so no lock is needed.
        var slot = (int)((uint)StringComparer.Ordinal.GetHashCode(text) & (Slots - 1));
        var found = Volatile.Read(ref Table[slot]);
        if (found is not null && found == text)
            return found;
        Volatile.Write(ref Table[slot], text);
        return text;
    }
}
