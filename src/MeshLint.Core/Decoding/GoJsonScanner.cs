using MeshLint.Core.Text;

namespace MeshLint.Core.Decoding;

/// <summary>Finds the syntax error that Go's JSON scanner reports for a text that should be one JSON value (go: encoding/json/scanner.go).</summary>
internal ref struct GoJsonScanner
{
    private readonly ReadOnlySpan<char> text;
    private int position;
    private string? error;

    private GoJsonScanner(string text) => this.text = text;

    /// <summary>Null for one valid value, else <c>invalid character 'x' looking for beginning of value</c> and the like.</summary>
    public static string? FindError(string text)
    {
        var scanner = new GoJsonScanner(text);
        scanner.SkipBlanks();
        if (!scanner.Value(0))
            return scanner.error;
        scanner.SkipBlanks();
        if (scanner.position < scanner.text.Length)
            scanner.Fail("after top-level value");
        return scanner.error;
    }

    private bool Value(int depth)
    {
        if (position >= text.Length)
            return End();
        if (depth > 1000)
        {
            error = "exceeded max depth";
            return false;
        }

        switch (text[position])
        {
            case '{':
                return Object(depth);
            case '[':
                return Array(depth);
            case '"':
                return String();
            case 't':
                return Literal("true");
            case 'f':
                return Literal("false");
            case 'n':
                return Literal("null");
            case '-' or (>= '0' and <= '9'):
                return Number();
            default:
                return Fail("looking for beginning of value");
        }
    }

    private bool Literal(string literal)
    {
        for (var i = 0; i < literal.Length; i++, position++)
        {
            if (position >= text.Length)
                return End();
            if (text[position] != literal[i])
                return Fail($"in literal {literal} (expecting {QuoteChar(literal[i])})");
        }

        return true;
    }

    private bool Number()
    {
        if (text[position] == '-')
        {
            position++;
            if (position >= text.Length)
                return End();
            if (!char.IsAsciiDigit(text[position]))
                return Fail("in numeric literal");
        }

        if (text[position] == '0')
            position++;
        else
            SkipDigits();
        if (position < text.Length && text[position] == '.')
        {
            position++;
            if (position >= text.Length)
                return End();
            if (!char.IsAsciiDigit(text[position]))
                return Fail("after decimal point in numeric literal");
            SkipDigits();
        }

        if (position < text.Length && text[position] is 'e' or 'E')
        {
            position++;
            if (position < text.Length && text[position] is '+' or '-')
                position++;
            if (position >= text.Length)
                return End();
            if (!char.IsAsciiDigit(text[position]))
                return Fail("in exponent of numeric literal");
            SkipDigits();
        }

        return true;
    }

    private bool String()
    {
        position++;
        while (position < text.Length)
        {
            var c = text[position];
            if (c == '"')
            {
                position++;
                return true;
            }

            if (c < ' ')
                return Fail("in string literal");
            position++;
            if (c != '\\')
                continue;
            if (position >= text.Length)
                return End();
            var escape = text[position];
            if (escape == 'u')
            {
                position++;
                for (var i = 0; i < 4; i++, position++)
                {
                    if (position >= text.Length)
                        return End();
                    if (!char.IsAsciiHexDigit(text[position]))
                        return Fail("in \\u hexadecimal character escape");
                }

                continue;
            }

            if (escape is not ('b' or 'f' or 'n' or 'r' or 't' or '\\' or '/' or '"'))
                return Fail("in string escape code");
            position++;
        }

        return End();
    }

    private bool Object(int depth)
    {
        position++;
        SkipBlanks();
        if (position < text.Length && text[position] == '}')
        {
            position++;
            return true;
        }

        while (true)
        {
            SkipBlanks();
            if (position >= text.Length)
                return End();
            if (text[position] != '"')
                return Fail("looking for beginning of object key string");
            if (!String())
                return false;
            SkipBlanks();
            if (position >= text.Length)
                return End();
            if (text[position] != ':')
                return Fail("after object key");
            position++;
            SkipBlanks();
            if (!Value(depth + 1))
                return false;
            SkipBlanks();
            if (position >= text.Length)
                return End();
            if (text[position] == '}')
            {
                position++;
                return true;
            }

            if (text[position] != ',')
                return Fail("after object key:value pair");
            position++;
        }
    }

    private bool Array(int depth)
    {
        position++;
        SkipBlanks();
        if (position < text.Length && text[position] == ']')
        {
            position++;
            return true;
        }

        while (true)
        {
            SkipBlanks();
            if (!Value(depth + 1))
                return false;
            SkipBlanks();
            if (position >= text.Length)
                return End();
            if (text[position] == ']')
            {
                position++;
                return true;
            }

            if (text[position] != ',')
                return Fail("after array element");
            position++;
        }
    }

    private void SkipBlanks()
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\r' or '\n')
            position++;
    }

    private void SkipDigits()
    {
        while (position < text.Length && char.IsAsciiDigit(text[position]))
            position++;
    }

    private bool End()
    {
        error = "unexpected end of JSON input";
        return false;
    }

    private bool Fail(string context)
    {
        error = $"invalid character {QuoteChar(text[position])} {context}";
        return false;
    }

    /// <summary>Go quotes a single byte; beyond ASCII that is the first byte of the character, shown as Latin-1.</summary>
    private static string QuoteChar(char c)
    {
        if (c == '\'')
            return "'\\''";
        if (c == '"')
            return "'\"'";
        if (c >= 0x80)
            c = (char)System.Text.Encoding.UTF8.GetBytes(c.ToString())[0];
        var quoted = GoText.Quote(c.ToString());
        return $"'{quoted[1..^1]}'";
    }
}
