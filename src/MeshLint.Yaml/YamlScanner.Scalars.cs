using System.Buffers;
using System.Text;

namespace MeshLint.Yaml;

/// <content>Plain, quoted and block scalars.</content>
internal sealed partial class YamlScanner
{
    private const string BreakCharacters = "\n\r\0\u0085\u2028\u2029";

    private static readonly SearchValues<char> Breaks = SearchValues.Create(BreakCharacters);
    private static readonly SearchValues<char> PlainStops = SearchValues.Create(" \t:" + BreakCharacters);
    private static readonly SearchValues<char> FlowPlainStops = SearchValues.Create(" \t:,?[]{}" + BreakCharacters);
    private static readonly SearchValues<char> SingleStops = SearchValues.Create("'" + BreakCharacters);
    private static readonly SearchValues<char> SingleWordStops = SearchValues.Create("' \t" + BreakCharacters);
    private static readonly SearchValues<char> DoubleStops = SearchValues.Create("\"\\" + BreakCharacters);
    private static readonly SearchValues<char> DoubleWordStops = SearchValues.Create("\"\\ \t" + BreakCharacters);

    private readonly StringBuilder put = new();
    private readonly StringBuilder breaks = new();

    private void AppendScalar(ScalarStyle style, int start, int stop, TextSpan span, string? joined) =>
        Append(new Token { Kind = TokenKind.Scalar, Style = style, Start = start, End = stop, TextSpan = span, Text = joined });

    private void ScanPlain()
    {
        var start = position;
        var column = indent + 1;
        var lineFrom = position;
        var last = position;
        var isJoined = false;
        string? gap = null;
        while (!(Column == 0 && IsDocumentMarker(At(position))) && At(position) != '#')
        {
            var word = position;
            SkipPlainWord();
            if (position > word)
            {
                if (gap is not null)
                {
                    // Only now is it sure that the line goes on: what stands between two lines counts with the second one.
                    if (!isJoined)
                        put.Clear();
                    isJoined = true;
                    put.Append(text, lineFrom, last - lineFrom).Append(gap);
                    lineFrom = word;
                    gap = null;
                }

                last = position;
            }

            if (!IsBlank(At(position)) && !IsBreak(At(position)))
                break;
            gap = SkipGap(false, column);
            if (flowLevel == 0 && Column < column)
                break;
        }

        if (gap is not null)
            keyAllowed = true;
        if (isJoined)
            put.Append(text, lineFrom, last - lineFrom);
        AppendScalar(ScalarStyle.Plain, start, last, new TextSpan(start, last), isJoined ? put.ToString() : null);
    }

    private void SkipPlainWord()
    {
        var stops = flowLevel > 0 ? FlowPlainStops : PlainStops;
        while (true)
        {
            var length = text.AsSpan(position, end - position).IndexOfAny(stops);
            position = length < 0 ? end : position + length;
            if (At(position) != ':' || IsBlankOrEnd(At(position + 1)))
                return;
            position++;
        }
    }

    // Blanks and breaks up to the next word; null where no break was among them, else what joins the two lines.
    private string? SkipGap(bool isCrossed, int column)
    {
        var first = '\0';
        breaks.Clear();
        while (true)
        {
            var c = At(position);
            if (IsBlank(c))
            {
                if (isCrossed && c == '\t' && Column < column)
                    throw new YamlFault(position, "a tab cannot indent YAML; use spaces");
                position++;
            }
            else if (IsBreak(c))
            {
                if (isCrossed)
                    breaks.Append(BreakValue(c));
                else
                    first = BreakValue(c);
                isCrossed = true;
                SkipBreak();
            }
            else
            {
                break;
            }
        }

        if (!isCrossed)
            return null;
        if (breaks.Length == 0)
            return first switch { '\n' => " ", '\0' => "", _ => first.ToString() };
        return first is '\n' or '\0' ? breaks.ToString() : first + breaks.ToString();
    }

    private static char BreakValue(char c) => c is '\u2028' or '\u2029' ? c : '\n';

    private void ScanQuoted(char quote)
    {
        var start = position;
        position++;
        var style = quote == '\'' ? ScalarStyle.SingleQuoted : ScalarStyle.DoubleQuoted;
        var length = text.AsSpan(position, end - position).IndexOfAny(quote == '\'' ? SingleStops : DoubleStops);
        if (length >= 0 && text[position + length] == quote && (quote == '"' || At(position + length + 1) != '\''))
        {
            // The usual case: one line without escapes is what is written.
            var span = new TextSpan(position, position + length);
            position += length + 1;
            AppendScalar(style, start, position, span, null);
            return;
        }

        put.Clear();
        while (true)
        {
            if (Column == 0 && IsDocumentMarker(At(position)))
                throw new YamlFault(position, "a document marker is not allowed inside quotes");
            if (At(position) == '\0')
                throw new YamlFault(start, "the quote that opens here is never closed");
            var isCrossed = quote == '\'' ? ReadSingleWord() : ReadDoubleWord();
            if (At(position) == quote)
                break;
            var from = position;
            if (SkipGap(isCrossed, 0) is { } gap)
                put.Append(gap);
            else
                put.Append(text, from, position - from);
        }

        position++;
        AppendScalar(style, start, position, default, put.ToString());
    }

    private bool ReadSingleWord()
    {
        while (true)
        {
            AppendRun(SingleWordStops);
            if (At(position) != '\'' || At(position + 1) != '\'')
                return false;
            put.Append('\'');
            position += 2;
        }
    }

    // True where the word ends with an escaped line break.
    private bool ReadDoubleWord()
    {
        while (true)
        {
            AppendRun(DoubleWordStops);
            if (At(position) != '\\')
                return false;
            if (IsBreak(At(position + 1)))
            {
                position++;
                SkipBreak();
                return true;
            }

            ReadEscape();
        }
    }

    private void AppendRun(SearchValues<char> stops)
    {
        var length = text.AsSpan(position, end - position).IndexOfAny(stops);
        var stop = length < 0 ? end : position + length;
        put.Append(text, position, stop - position);
        position = stop;
    }

    private void ReadEscape()
    {
        var at = position;
        var c = At(position + 1);
        position += 2;
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            ReadCharacterCode(at, digits);
            return;
        }

        put.Append(c switch
        {
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            't' or '\t' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => '\u001B',
            ' ' or '"' or '\'' or '\\' => c,
            'N' => '\u0085',
            '_' => '\u00A0',
            'L' => '\u2028',
            'P' => '\u2029',
            _ => throw new YamlFault(new TextSpan(at, Math.Min(at + 2, end)), UnknownEscape(c)),
        });
    }

    private static string UnknownEscape(char c) => c < ' ' || !char.IsAscii(c)
        ? "this is not an escape sequence of YAML"
        : $"'\\{c}' is not an escape sequence of YAML";

    private void ReadCharacterCode(int at, int digits)
    {
        var value = 0u;
        for (var i = 0; i < digits; i++, position++)
        {
            if (!char.IsAsciiHexDigit(At(position)))
                throw new YamlFault(new TextSpan(at, Math.Min(position + 1, end)),
                    $"{digits} hexadecimal digits are expected in this escape");
            value = (value << 4) + (uint)Convert.ToInt32(text[position].ToString(), 16);
        }

        if (!Rune.IsValid(value))
            throw new YamlFault(new TextSpan(at, position), "this escape is not a character; YAML has no surrogate pairs");
        Span<char> characters = stackalloc char[2];
        put.Append(characters[..new Rune(value).EncodeToUtf16(characters)]);
    }

    private void ScanBlockScalar(bool isLiteral)
    {
        var start = position;
        position++;
        var (keep, increment) = ReadBlockHeader();
        var column = increment == 0 ? 0 : Math.Max(indent, 0) + increment;
        put.Clear();
        SkipBlockBreaks(ref column);
        var first = '\0';
        var wasBlank = false;
        while (Column == column && At(position) != '\0')
        {
            var isBlank = IsBlank(At(position));
            if (!isLiteral && !wasBlank && !isBlank && first == '\n')
            {
                if (breaks.Length == 0)
                    put.Append(' ');
            }
            else if (first != '\0')
            {
                put.Append(first);
            }

            put.Append(breaks);
            wasBlank = isBlank;
            AppendRun(Breaks);
            first = IsBreak(At(position)) ? BreakValue(At(position)) : '\0';
            if (IsBreak(At(position)))
                SkipBreak();
            SkipBlockBreaks(ref column);
        }

        if (keep >= 0 && first != '\0')
            put.Append(first);
        if (keep > 0)
            put.Append(breaks);
        var stop = position;
        while (stop > start + 1 && text[stop - 1] is '\n' or '\r' or ' ')
            stop--;
        AppendScalar(isLiteral ? ScalarStyle.Literal : ScalarStyle.Folded, start, stop, default, put.ToString());
    }

    // Which line breaks at the end count ('-': none, '+': all), and by how many columns the text is indented (0: as its first line).
    private (int Keep, int Increment) ReadBlockHeader()
    {
        var keep = 0;
        var increment = 0;
        for (var i = 0; i < 2; i++)
        {
            var c = At(position);
            if (c is '+' or '-' && keep == 0)
                keep = c == '+' ? 1 : -1;
            else if (char.IsAsciiDigit(c) && increment == 0)
                increment = c != '0' ? c - '0' : throw new YamlFault(position, "the indentation of a block text cannot be 0");
            else
                break;
            position++;
        }

        while (IsBlank(At(position)))
            position++;
        if (At(position) == '#')
            SkipToBreak();
        if (!IsBreakOrEnd(At(position)))
            throw new YamlFault(position, "only a comment may follow '|' or '>' on its line");
        if (IsBreak(At(position)))
            SkipBreak();
        return (keep, increment);
    }

    private void SkipBlockBreaks(ref int column)
    {
        breaks.Clear();
        var widest = 0;
        while (true)
        {
            while ((column == 0 || Column < column) && At(position) == ' ')
                position++;
            widest = Math.Max(widest, Column);
            var c = At(position);
            if ((column == 0 || Column < column) && c == '\t')
                throw new YamlFault(position, "a tab cannot indent YAML; use spaces");
            if (!IsBreak(c))
                break;
            breaks.Append(BreakValue(c));
            SkipBreak();
        }

        if (column == 0)
            column = Math.Max(Math.Max(widest, indent + 1), 1);
    }
}
