using MeshLint.Yaml;

namespace MeshLint.Kuma.Go;

/// <summary>Reads JSON as the scanner of Go's <c>encoding/json</c> does, for the sake of its error texts.</summary>
public static class GoJson
{
    /// <summary>Deepest nesting that Go reads.</summary>
    private const int MaxDepth = 10000;

    /// <summary>Finds the end of the first value of a text, as Go's <c>json.Decoder</c> does; what follows it is not looked at.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">Offset just past the value.</param>
    /// <returns>Go's error text, or null.</returns>
    public static string? ScanFirst(string text, out int end)
    {
        var scanner = new Scanner(text);
        var error = scanner.Scan();
        end = scanner.Position;
        return error;
    }

    /// <summary>Why a text is not exactly one value, in the words of Go's <c>json.Unmarshal</c>; null where it is one.</summary>
    public static string? ScanWhole(string text)
    {
        var scanner = new Scanner(text);
        return scanner.Scan() switch
        {
            null => scanner.ScanRest(),
            "EOF" or "unexpected EOF" => "unexpected end of JSON input",
            var error => error,
        };
    }

    private ref struct Scanner(string text)
    {
        /// <summary>Open containers: true for an object.</summary>
        private readonly Stack<bool> open = new();

        public int Position { get; private set; }

        public string? Scan()
        {
            SkipBlanks();
            if (Position == text.Length)
                return "EOF";
            while (true)
            {
                if (Value(out var opened) is { } error)
                    return error;
                if (opened)
                    continue;
                while (true)
                {
                    if (open.Count == 0)
                        return null;
                    if (AfterValue(out var closed) is { } after)
                        return after;
                    if (!closed)
                        break;
                }
            }
        }

        /// <summary>Nothing but blanks may follow the value.</summary>
        public string? ScanRest()
        {
            SkipBlanks();
            return Position == text.Length ? null : Invalid("after top-level value");
        }

        /// <summary>Reads a scalar or an empty container, or opens one up to its first value.</summary>
        private string? Value(out bool opened)
        {
            opened = false;
            SkipBlanks();
            if (Position == text.Length)
                return UnexpectedEnd;
            switch (text[Position])
            {
                case '{':
                    Position++;
                    SkipBlanks();
                    if (Next('}'))
                        return null;
                    opened = true;
                    return Open(isObject: true) ?? Key();
                case '[':
                    Position++;
                    SkipBlanks();
                    if (Next(']'))
                        return null;
                    opened = true;
                    return Open(isObject: false);
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
                    return Invalid("looking for beginning of value");
            }
        }

        private string? Open(bool isObject)
        {
            open.Push(isObject);
            return open.Count > MaxDepth ? "exceeded max depth" : null;
        }

        private string? AfterValue(out bool closed)
        {
            closed = false;
            SkipBlanks();
            if (Position == text.Length)
                return UnexpectedEnd;
            var isObject = open.Peek();
            if (Next(','))
                return isObject ? Key() : null;
            if (!Next(isObject ? '}' : ']'))
                return Invalid(isObject ? "after object key:value pair" : "after array element");
            open.Pop();
            closed = true;
            return null;
        }

        private string? Key()
        {
            SkipBlanks();
            if (Position == text.Length)
                return UnexpectedEnd;
            if (text[Position] != '"')
                return Invalid("looking for beginning of object key string");
            if (String() is { } error)
                return error;
            SkipBlanks();
            if (Position == text.Length)
                return UnexpectedEnd;
            return Next(':') ? null : Invalid("after object key");
        }

        private string? String()
        {
            for (Position++; Position < text.Length; Position++)
            {
                switch (text[Position])
                {
                    case '"':
                        Position++;
                        return null;
                    case '\\':
                        if (Escape() is { } error)
                            return error;
                        break;
                    case < ' ':
                        return Invalid("in string literal");
                }
            }

            return UnexpectedEnd;
        }

        private string? Escape()
        {
            Position++;
            if (Position == text.Length)
                return UnexpectedEnd;
            if (text[Position] is 'b' or 'f' or 'n' or 'r' or 't' or '\\' or '/' or '"')
                return null;
            if (text[Position] != 'u')
                return Invalid("in string escape code");
            for (var i = 0; i < 4; i++)
            {
                Position++;
                if (Position == text.Length)
                    return UnexpectedEnd;
                if (!char.IsAsciiHexDigit(text[Position]))
                    return Invalid("in \\u hexadecimal character escape");
            }

            return null;
        }

        private string? Literal(string literal)
        {
            for (var i = 1; i < literal.Length; i++)
            {
                Position++;
                if (Position == text.Length)
                    return UnexpectedEnd;
                if (text[Position] != literal[i])
                    return Invalid($"in literal {literal} (expecting '{literal[i]}')");
            }

            Position++;
            return null;
        }

        private string? Number()
        {
            Next('-');
            // A leading zero stands alone.
            if (!Next('0') && Digits("in numeric literal") is { } whole)
                return whole;
            if (Next('.') && Digits("after decimal point in numeric literal") is { } fraction)
                return fraction;
            if (!Next('e') && !Next('E'))
                return null;
            if (!Next('+'))
                Next('-');
            return Digits("in exponent of numeric literal");
        }

        private string? Digits(string where)
        {
            if (Position == text.Length)
                return UnexpectedEnd;
            if (!char.IsAsciiDigit(text[Position]))
                return Invalid(where);
            while (Position < text.Length && char.IsAsciiDigit(text[Position]))
                Position++;
            return null;
        }

        private void SkipBlanks()
        {
            while (Position < text.Length && text[Position] is ' ' or '\t' or '\r' or '\n')
                Position++;
        }

        private bool Next(char c)
        {
            if (Position == text.Length || text[Position] != c)
                return false;
            Position++;
            return true;
        }

        private static string UnexpectedEnd => "unexpected EOF";

        private readonly string Invalid(string where)
        {
            // Go goes byte by byte: of a character beyond ASCII it shows the first byte as if that were a character.
            var c = (char)System.Text.Encoding.UTF8.GetBytes(text, Position, char.IsSurrogatePair(text, Position) ? 2 : 1)[0];
            var shown = c == '\'' ? "\\'" : c == '"' ? "\"" : GoText.Quote(c.ToString())[1..^1];
            return $"invalid character '{shown}' {where}";
        }
    }
}
