using System.Globalization;
using System.Text;

namespace MeshLint.Kuma.Templates;

/// <summary>Reads Go string and character literals (Go: <c>strconv.Unquote</c>).</summary>
internal static class GoUnquote
{
    public static bool TryUnquote(string literal, out string value)
    {
        value = "";
        if (literal.Length < 2 || literal[0] != literal[^1])
            return false;
        var quote = literal[0];
        var body = literal.AsSpan(1, literal.Length - 2);
        if (quote == '`')
        {
            value = body.ToString().Replace("\r", "", StringComparison.Ordinal);
            return !body.Contains('`');
        }

        // Bytes, because \xNN and octal escapes name bytes, which together may form one character.
        var bytes = new List<byte>(body.Length);
        Span<byte> buffer = stackalloc byte[4];
        var characters = 0;
        while (!body.IsEmpty)
        {
            characters++;
            if (body[0] != '\\')
            {
                if (body[0] is '\n' || body[0] == quote)
                    return false;
                Rune.DecodeFromUtf16(body, out var rune, out var used);
                bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
                body = body[used..];
                continue;
            }

            if (!TryReadEscape(ref body, quote, bytes))
                return false;
        }

        if (quote == '\'' && characters != 1)
            return false;
        value = Encoding.UTF8.GetString([.. bytes]);
        return true;
    }

    private static bool TryReadEscape(ref ReadOnlySpan<char> body, char quote, List<byte> bytes)
    {
        if (body.Length < 2)
            return false;
        var kind = body[1];
        body = body[2..];
        switch (kind)
        {
            case 'x':
                return TryReadCode(ref body, 2, NumberStyles.AllowHexSpecifier, bytes, isByte: true);
            case 'u':
                return TryReadCode(ref body, 4, NumberStyles.AllowHexSpecifier, bytes, isByte: false);
            case 'U':
                return TryReadCode(ref body, 8, NumberStyles.AllowHexSpecifier, bytes, isByte: false);
            case >= '0' and <= '7':
                if (body.Length < 2 || body[0] is < '0' or > '7' || body[1] is < '0' or > '7')
                    return false;
                var octal = ((kind - '0') * 64) + ((body[0] - '0') * 8) + (body[1] - '0');
                body = body[2..];
                bytes.Add((byte)octal);
                return octal < 256;
        }

        var simple = kind switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' => '\\',
            _ when kind == quote => quote,
            _ => '\0',
        };
        bytes.Add((byte)simple);
        return simple != '\0';
    }

    private static bool TryReadCode(ref ReadOnlySpan<char> body, int digits, NumberStyles style, List<byte> bytes, bool isByte)
    {
        if (body.Length < digits || !uint.TryParse(body[..digits], style, CultureInfo.InvariantCulture, out var code))
            return false;
        body = body[digits..];
        if (isByte)
        {
            bytes.Add((byte)code);
            return true;
        }

        if (!Rune.TryCreate(code, out var rune))
            return false;
        bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
        return true;
    }
}

/// <summary>Reads Go number literals.</summary>
internal static class GoNumber
{
    /// <summary>The value as <see cref="long"/> or <see cref="double"/>; null for a complex number or one too large for an int.</summary>
    public static bool TryParse(string literal, out object? value)
    {
        value = null;
        if (literal.EndsWith('i'))
            return literal.Length > 1 && char.IsAsciiHexDigit(literal[^2]);
        var negative = literal.StartsWith('-');
        var digits = (negative || literal.StartsWith('+') ? literal[1..] : literal).Replace("_", "", StringComparison.Ordinal);
        if (TryParseInteger(digits, out var magnitude))
        {
            if (magnitude <= long.MaxValue)
                value = negative ? -(long)magnitude : (long)magnitude;
            return true;
        }

        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var real))
            return false;
        value = negative ? -real : real;
        return digits.AsSpan().IndexOfAny('.', 'e', 'E') >= 0;
    }

    private static bool TryParseInteger(string digits, out ulong value)
    {
        value = 0;
        if (digits.Length > 1 && digits[0] == '0')
        {
            return digits[1] switch
            {
                'x' or 'X' => ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value),
                'b' or 'B' => TryParseBase(digits.AsSpan(2), 2, out value),
                'o' or 'O' => TryParseBase(digits.AsSpan(2), 8, out value),
                _ => TryParseBase(digits.AsSpan(1), 8, out value),
            };
        }

        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseBase(ReadOnlySpan<char> digits, uint radix, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            var number = (uint)(digit - '0');
            if (number >= radix || value > (ulong.MaxValue - number) / radix)
                return false;
            value = (value * radix) + number;
        }

        return !digits.IsEmpty;
    }
}
