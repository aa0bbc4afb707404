using System.Text;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Templates;

internal enum TemplateTokenKind
{
    Error,
    Bool,
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    Variable,
    Dot,
    Block,
    Break,
    Continue,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

/// <summary>A token of a Go template; <see cref="Start"/> is an offset into the template, <see cref="Line"/> counts from 1.</summary>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, int Start, string Value, int Line)
{
    /// <summary>The token as Go's parser names it in messages.</summary>
    public override string ToString() => Kind switch
    {
        TemplateTokenKind.Eof => "EOF",
        TemplateTokenKind.Error => Value,
        >= TemplateTokenKind.Dot => $"<{Value}>",
        _ when Encoding.UTF8.GetByteCount(Value) > 10 => GoText.Quote(FirstRunes(Value, 10)) + "...",
        _ => GoText.Quote(Value),
    };

    private static string FirstRunes(string value, int count)
    {
        var length = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            if (count-- == 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return value[..length];
    }
}

/// <summary>
/// Cuts a Go template into tokens as <c>text/template/parse</c> does (Go 1.2x: line feeds count as blanks inside actions).
/// </summary>
internal sealed class TemplateLexer(string input)
{
    private const int TrimMarkerLength = 2;
    private int position;
    private int start;
    private int line = 1;
    private int countedTo;
    private int parenDepth;
    private bool insideAction;
    private bool ended;
    private string failure = "";

    /// <summary>The next token; after the end, or an error, the same one for ever.</summary>
    public TemplateToken Next()
    {
        if (ended)
            return failure.Length > 0
                ? new TemplateToken(TemplateTokenKind.Error, start, failure, line)
                : new TemplateToken(TemplateTokenKind.Eof, input.Length, "", LineAt(input.Length));
        start = position;
        return insideAction ? InsideAction() : Text();
    }

    public static bool IsSpace(int c) => c is ' ' or '\t' or '\r' or '\n';

    private TemplateToken Text()
    {
        while (true)
        {
            var open = input.IndexOf("{{", position, StringComparison.Ordinal);
            var end = open < 0 ? input.Length : open;
            if (open > position || (open < 0 && end > position))
            {
                var textEnd = end;
                if (open >= 0 && HasLeftTrimMarker(open + 2))
                {
                    while (textEnd > position && IsSpace(input[textEnd - 1]))
                        textEnd--;
                }

                var text = input[position..textEnd];
                var token = new TemplateToken(TemplateTokenKind.Text, position, text, LineAt(position));
                position = end;
                if (text.Length > 0)
                    return token;
            }

            if (open < 0)
            {
                ended = true;
                return new TemplateToken(TemplateTokenKind.Eof, input.Length, "", LineAt(input.Length));
            }

            start = position;
            position += 2;
            var marker = HasLeftTrimMarker(position) ? TrimMarkerLength : 0;
            if (!StartsWith(position + marker, "/*"))
            {
                var token = new TemplateToken(TemplateTokenKind.LeftDelim, start, "{{", LineAt(start));
                position += marker;
                insideAction = true;
                parenDepth = 0;
                return token;
            }

            position += marker;
            start = position;
            var close = input.IndexOf("*/", position + 2, StringComparison.Ordinal);
            if (close < 0)
                return Fail("unclosed comment");
            position = close + 2;
            if (!AtRightDelim(out var trims))
                return Fail("comment ends before closing delimiter");
            LeaveAction(trims);
        }
    }

    private void LeaveAction(bool trims)
    {
        position += trims ? TrimMarkerLength + 2 : 2;
        insideAction = false;
        if (trims)
        {
            while (position < input.Length && IsSpace(input[position]))
                position++;
        }
    }

    private TemplateToken RightDelim(bool trims)
    {
        var at = trims ? position + TrimMarkerLength : position;
        var token = new TemplateToken(TemplateTokenKind.RightDelim, at, "}}", LineAt(at));
        LeaveAction(trims);
        return token;
    }

    private TemplateToken InsideAction()
    {
        if (AtRightDelim(out var trims))
            return parenDepth == 0 ? RightDelim(trims) : Fail("unclosed left paren");
        if (position >= input.Length)
            return Fail("unclosed action");
        var rune = RuneAt(position, out var width);
        var c = rune.Value;
        if (IsSpace(c))
            return Space();
        position += width;
        switch (c)
        {
            case '=':
                return Emit(TemplateTokenKind.Assign);
            case ':':
                if (Peek() != '=')
                    return Fail("expected :=");
                position++;
                return Emit(TemplateTokenKind.Declare);
            case '|':
                return Emit(TemplateTokenKind.Pipe);
            case '"':
                return Quoted('"', TemplateTokenKind.String, "unterminated quoted string");
            case '\'':
                return Quoted('\'', TemplateTokenKind.CharConstant, "unterminated character constant");
            case '`':
                var close = input.IndexOf('`', position);
                if (close < 0)
                    return Fail("unterminated raw quoted string");
                position = close + 1;
                return Emit(TemplateTokenKind.RawString);
            case '$':
                return FieldOrVariable(TemplateTokenKind.Variable);
            case '.' when position < input.Length && !char.IsAsciiDigit(input[position]):
                return FieldOrVariable(TemplateTokenKind.Field);
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                position = start;
                return Number();
            case '(':
                parenDepth++;
                return Emit(TemplateTokenKind.LeftParen);
            case ')':
                return --parenDepth < 0 ? Fail("unexpected right paren") : Emit(TemplateTokenKind.RightParen);
        }

        if (IsAlphaNumeric(rune))
            return Identifier();
        return c < 0x80 && GoText.IsPrintable(rune)
            ? Emit(TemplateTokenKind.Char)
            : Fail("unrecognized character in action: " + GoText.CodePoint(rune));
    }

    private TemplateToken Space()
    {
        while (position < input.Length && IsSpace(input[position]))
            position++;

        // The blank before "-}}" belongs to the closing delimiter.
        if (StartsWith(position, "-}}"))
        {
            position--;
            if (position == start)
                return RightDelim(trims: true);
        }

        return Emit(TemplateTokenKind.Space);
    }

    private TemplateToken Identifier()
    {
        SkipAlphaNumeric();
        if (!AtTerminator())
            return Fail("bad character " + GoText.CodePoint(RuneAt(position, out _)));
        var kind = input[start..position] switch
        {
            "block" => TemplateTokenKind.Block,
            "break" => TemplateTokenKind.Break,
            "continue" => TemplateTokenKind.Continue,
            "define" => TemplateTokenKind.Define,
            "else" => TemplateTokenKind.Else,
            "end" => TemplateTokenKind.End,
            "if" => TemplateTokenKind.If,
            "nil" => TemplateTokenKind.Nil,
            "range" => TemplateTokenKind.Range,
            "template" => TemplateTokenKind.Template,
            "with" => TemplateTokenKind.With,
            "true" or "false" => TemplateTokenKind.Bool,
            _ => TemplateTokenKind.Identifier,
        };
        return Emit(kind);
    }

    private TemplateToken FieldOrVariable(TemplateTokenKind kind)
    {
        if (AtTerminator())
            return Emit(kind == TemplateTokenKind.Variable ? kind : TemplateTokenKind.Dot);
        SkipAlphaNumeric();
        return AtTerminator() ? Emit(kind) : Fail("bad character " + GoText.CodePoint(RuneAt(position, out _)));
    }

    private TemplateToken Quoted(char quote, TemplateTokenKind kind, string unterminated)
    {
        while (position < input.Length)
        {
            var c = input[position++];
            if (c == quote)
                return Emit(kind);
            if (c == '\\' && position < input.Length && input[position] != '\n')
                position++;
            else if (c is '\n' or '\\')
                break;
        }

        return Fail(unterminated);
    }

    private TemplateToken Number()
    {
        if (!ScanNumber())
            return Fail("bad number syntax: " + GoText.Quote(input[start..position]));
        if (Peek() is not ('+' or '-'))
            return Emit(TemplateTokenKind.Number);
        return ScanNumber() && input[position - 1] == 'i'
            ? Emit(TemplateTokenKind.Complex)
            : Fail("bad number syntax: " + GoText.Quote(input[start..position]));
    }

    private bool ScanNumber()
    {
        Accept("+-");
        var digits = "0123456789_";
        if (Accept("0"))
        {
            if (Accept("xX"))
                digits = "0123456789abcdefABCDEF_";
            else if (Accept("oO"))
                digits = "01234567_";
            else if (Accept("bB"))
                digits = "01_";
        }

        AcceptRun(digits);
        if (Accept("."))
            AcceptRun(digits);
        if ((digits.Length == 11 && Accept("eE")) || (digits.Length == 23 && Accept("pP")))
        {
            Accept("+-");
            AcceptRun("0123456789_");
        }

        Accept("i");
        if (position < input.Length && IsAlphaNumeric(RuneAt(position, out var width)))
        {
            position += width;
            return false;
        }

        return true;
    }

    private bool Accept(string valid)
    {
        if (position >= input.Length || !valid.Contains(input[position], StringComparison.Ordinal))
            return false;
        position++;
        return true;
    }

    private void AcceptRun(string valid)
    {
        while (Accept(valid))
        {
        }
    }

    private void SkipAlphaNumeric()
    {
        while (position < input.Length && IsAlphaNumeric(RuneAt(position, out var width)))
            position += width;
    }

    private bool AtTerminator() =>
        position >= input.Length || IsSpace(input[position]) || input[position] is '.' or ',' or '|' or ':' or ')' or '('
            || StartsWith(position, "}}");

    private bool AtRightDelim(out bool trims)
    {
        trims = position < input.Length && IsSpace(input[position]) && StartsWith(position + 1, "-}}");
        return trims || StartsWith(position, "}}");
    }

    private bool HasLeftTrimMarker(int at) => at + 1 < input.Length && input[at] == '-' && IsSpace(input[at + 1]);

    private bool StartsWith(int at, string text) => string.CompareOrdinal(input, at, text, 0, text.Length) == 0;

    private int Peek() => position < input.Length ? input[position] : -1;

    private Rune RuneAt(int at, out int width)
    {
        if (at < input.Length && Rune.TryGetRuneAt(input, at, out var rune))
        {
            width = rune.Utf16SequenceLength;
            return rune;
        }

        width = 1;
        return Rune.ReplacementChar;
    }

    private static bool IsAlphaNumeric(Rune rune) => rune.Value == '_' || Rune.IsLetter(rune) || Rune.IsDigit(rune);

    private TemplateToken Emit(TemplateTokenKind kind) => new(kind, start, input[start..position], LineAt(start));

    private TemplateToken Fail(string message)
    {
        ended = true;
        failure = message;
        return new TemplateToken(TemplateTokenKind.Error, start, message, LineAt(start));
    }

    private int LineAt(int offset)
    {
        for (; countedTo < offset; countedTo++)
        {
            if (input[countedTo] == '\n')
                line++;
        }

        return line;
    }
}
