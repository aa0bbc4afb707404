using System.Buffers;
using System.Globalization;
using System.Text;

namespace MeshLint.Yaml;

/// <summary>
/// Reads one JSON value strictly, as Go's encoding/json does for kubectl: of two equal keys the last wins, a lone surrogate becomes U+FFFD.
/// </summary>
internal sealed class JsonReader
{
    private static readonly SearchValues<char> StringStops = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\t\n\u000B\u000C\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F");

    private readonly string text;
    private readonly int end;
    private readonly NodeTreeBuilder builder;
    private readonly List<DocumentProblem> problems;
    private int position;

    private JsonReader(SourceText source, TextSpan span, List<DocumentProblem> problems)
    {
        text = source.Text;
        end = span.End;
        position = span.Start;
        this.problems = problems;
        builder = new NodeTreeBuilder(source);
    }

    /// <summary>The tree of the value that fills a span.</summary>
    /// <exception cref="YamlFault">The span holds no JSON value, or something besides it.</exception>
    public static NodeTree Read(SourceText source, TextSpan span, List<DocumentProblem> problems)
    {
        var reader = new JsonReader(source, span, problems);
        reader.ReadValue(0);
        reader.SkipBlanks();
        if (reader.position < span.End)
            throw reader.Unexpected("the end of the object");
        return reader.builder.Build();
    }

    private char Here => position < end ? text[position] : '\0';

    private void SkipBlanks()
    {
        while (position < end && text[position] is ' ' or '\t' or '\r' or '\n')
            position++;
    }

    private void ReadValue(int depth)
    {
        SkipBlanks();
        var start = position;
        if (depth > DocumentReader.MaxDepth)
            throw new YamlFault(new TextSpan(start, start + 1), $"nested deeper than {DocumentReader.MaxDepth} levels",
                DocumentProblemKind.TooLarge);
        if (builder.Length > DocumentReader.MaxNodes)
            throw new YamlFault(new TextSpan(start, start + 1), $"more than {DocumentReader.MaxNodes} nodes", DocumentProblemKind.TooLarge);
        switch (Here)
        {
            case '{':
                ReadObject(depth);
                break;
            case '[':
                ReadArray(depth);
                break;
            case '"':
                var value = ReadString();
                builder.Scalar(NodeKind.String, value, new TextSpan(start, position), ScalarStyle.DoubleQuoted);
                break;
            case '-' or (>= '0' and <= '9'):
                ReadNumber();
                break;
            default:
                ReadWord();
                break;
        }
    }

    private void ReadObject(int depth)
    {
        builder.BeginMapping(new TextSpan(position, position + 1));
        position++;
        SkipBlanks();
        Dictionary<string, (int Node, TextSpan Span)>? seen = null;
        while (Here != '}')
        {
            if (Here != '"')
                throw Unexpected("a key in double quotes");
            var start = position;
            var key = KeyPool.Get(ReadString());
            var at = new TextSpan(start, position);
            seen ??= new Dictionary<string, (int, TextSpan)>(StringComparer.Ordinal);
            if (seen.TryGetValue(key, out var earlier))
            {
                problems.Add(new DocumentProblem(DocumentProblemKind.DuplicateKey, at, $"key '{key}' appears twice in this mapping",
                    earlier.Span));
                builder.Kill(earlier.Node);
            }

            SkipBlanks();
            if (Here != ':')
                throw Unexpected("':'");
            position++;
            builder.Key(key, at);
            seen[key] = (builder.Length, at);
            ReadValue(depth + 1);
            if (!TakeComma('}'))
                break;
            if (Here == '}')
                throw Unexpected("a key in double quotes");
        }

        position++;
        builder.End(position);
    }

    private void ReadArray(int depth)
    {
        builder.BeginSequence(new TextSpan(position, position + 1));
        position++;
        SkipBlanks();
        while (Here != ']')
        {
            ReadValue(depth + 1);
            if (!TakeComma(']'))
                break;
            if (Here == ']')
                throw Unexpected("a value");
        }

        position++;
        builder.End(position);
    }

    // True where a comma was taken, false at the closing bracket.
    private bool TakeComma(char closing)
    {
        SkipBlanks();
        if (Here == closing)
            return false;
        if (Here != ',')
            throw Unexpected($"',' or '{closing}'");
        position++;
        SkipBlanks();
        return true;
    }

    private void ReadWord()
    {
        foreach (var (word, kind) in (ReadOnlySpan<(string, NodeKind)>)[("true", NodeKind.Boolean), ("false", NodeKind.Boolean), ("null",
            NodeKind.Null)])
        {
            if (string.CompareOrdinal(text, position, word, 0, word.Length) == 0 && position + word.Length <= end)
            {
                builder.Scalar(kind, kind == NodeKind.Null ? null : word, new TextSpan(position, position + word.Length),
                    ScalarStyle.Plain);
                position += word.Length;
                return;
            }
        }

        throw Unexpected("a value");
    }

    private void ReadNumber()
    {
        var start = position;
        if (Here == '-')
            position++;
        var isWhole = true;
        if (Here == '0')
            position++;
        else
            SkipDigits();
        if (Here == '.')
        {
            isWhole = false;
            position++;
            SkipDigits();
        }

        if (Here is 'e' or 'E')
        {
            isWhole = false;
            position++;
            if (Here is '+' or '-')
                position++;
            SkipDigits();
        }

        var span = new TextSpan(start, position);
        var number = text.AsSpan(start, span.Length);
        var kind = ScalarResolver.Resolve(number, out var canonical);
        if (kind is not (NodeKind.Integer or NodeKind.Float))
            throw new YamlFault(span, $"the number '{number}' is too large");
        // "-0" and "1.0" are what they are in YAML.
        builder.Scalar(isWhole ? kind : NodeKind.Float, canonical, span, ScalarStyle.Plain);
    }

    private void SkipDigits()
    {
        if (!char.IsAsciiDigit(Here))
            throw Unexpected("a digit");
        while (char.IsAsciiDigit(Here))
            position++;
    }

    private string ReadString()
    {
        var start = position++;
        StringBuilder? put = null;
        while (true)
        {
            var length = text.AsSpan(position, end - position).IndexOfAny(StringStops);
            if (length < 0)
                throw new YamlFault(new TextSpan(start, start + 1), "the quote that opens here is never closed");
            var from = position;
            position += length;
            if (text[position] == '"')
            {
                var rest = text.AsSpan(from, length);
                position++;
                return put is null ? KeyPool.Get(rest) : put.Append(rest).ToString();
            }

            if (text[position] != '\\')
                throw new YamlFault(new TextSpan(position, position + 1), "a control character or line break is not allowed inside quotes");
            put ??= new StringBuilder();
            put.Append(text, from, length);
            ReadEscape(put);
        }
    }

    private void ReadEscape(StringBuilder put)
    {
        var at = position;
        position += 2;
        var c = at + 1 < end ? text[at + 1] : '\0';
        switch (c)
        {
            case '"' or '\\' or '/':
                put.Append(c);
                return;
            case 'b' or 'f' or 'n' or 'r' or 't':
                put.Append(c switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', _ => '\t' });
                return;
            case 'u':
                var first = CodeAt(position);
                position += 4;
                if (char.IsHighSurrogate(first) && position + 6 <= end && text[position] == '\\' && text[position + 1] == 'u'
                    && char.IsLowSurrogate(CodeAt(position + 2)))
                {
                    put.Append(first).Append(CodeAt(position + 2));
                    position += 6;
                    return;
                }

                put.Append(char.IsSurrogate(first) ? '\uFFFD' : first);
                return;
            default:
                throw new YamlFault(new TextSpan(at, Math.Min(at + 2, end)), "this is not an escape sequence of JSON");
        }
    }

    private char CodeAt(int at)
    {
        if (at + 4 > end || !ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var code))
            throw new YamlFault(new TextSpan(at - 2, Math.Min(at + 4, end)), "four hexadecimal digits are expected in this escape");
        return (char)code;
    }

    private YamlFault Unexpected(string wanted) => new(new TextSpan(position, Math.Min(position + 1, end)), $"{wanted} is expected here");
}
