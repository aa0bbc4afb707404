using System.Globalization;
using System.Text;

namespace MeshLint.Yaml;

/// <summary>How a string has to be written so that every YAML reader gives it back unchanged.</summary>
internal static class YamlText
{
    /// <summary>Longest key that YAML allows without a leading <c>?</c>.</summary>
    public const int MaxImplicitKey = 1000;

    /// <summary>
    /// Whether the bare text is a string to a reader of YAML 1.1 (go-yaml v2, PyYAML, Psych) and of YAML 1.2, in block context.
    /// Errs to the side of quotes: a text that begins like a number stays bare only if a letter in it rules numbers and dates out.
    /// </summary>
    public static bool IsPlain(string text)
    {
        if (text.Length == 0 || text[^1] is ' ' or ':' || IsReservedWord(text))
            return false;
        var first = text[0];
        if (!char.IsAsciiLetterOrDigit(first) && first is not ('_' or '/'))
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '@' or '+' or '=' or ',' or '$' or '(' or ')' or '*' or ';' or '~' or '^' or '%')
                continue;
            switch (c)
            {
                case ' ' when text[i + 1] is not ('#' or ' '):
                case ':' when text[i + 1] is not (' ' or ':'):
                    continue;
                default:
                    return false;
            }
        }

        return !char.IsAsciiDigit(first) || HasLetterOfNoNumber(text);
    }

    /// <summary>Whether the text can stand as a block literal (<c>|</c>) without any escape or indentation indicator.</summary>
    public static bool IsLiteral(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal) || text[0] is '\n' or ' ' or '\t')
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isLineEnd = i + 1 == text.Length || text[i + 1] == '\n';
            if (c == '\n' || (c is ' ' or '\t' && !isLineEnd))
                continue;
            if (c is ' ' or '\t' || NeedsEscape(text, i))
                return false;
        }

        return true;
    }

    /// <summary>Appends the text in double quotes; what does not print is escaped, a lone surrogate becomes U+FFFD.</summary>
    public static void AppendQuoted(StringBuilder output, string text)
    {
        output.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"':
                    output.Append("\\\"");
                    break;
                case '\\':
                    output.Append("\\\\");
                    break;
                case '\n':
                    output.Append("\\n");
                    break;
                case '\r':
                    output.Append("\\r");
                    break;
                case '\t':
                    output.Append("\\t");
                    break;
                default:
                    AppendCharacter(output, text, ref i);
                    break;
            }
        }

        output.Append('"');
    }

    private static void AppendCharacter(StringBuilder output, string text, ref int index)
    {
        var c = text[index];
        if (char.IsSurrogatePair(text, index))
        {
            if (NeedsEscape(text, index))
                output.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(text, index):X8}");
            else
                output.Append(c).Append(text[index + 1]);
            index++;
        }
        else if (char.IsSurrogate(c))
        {
            output.Append('\uFFFD');
        }
        else if (NeedsEscape(text, index))
        {
            output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }
        else
        {
            output.Append(c);
        }
    }

    // What does not show (VisibleText), private and unassigned characters, blanks that are none to YAML.
    private static bool NeedsEscape(string text, int index)
    {
        var c = text[index];
        if (c < 0x7F && c != '#')
            return c < ' ';
        if (char.IsLowSurrogate(c) && index > 0 && char.IsHighSurrogate(text[index - 1]))
            return false;
        if (VisibleText.TryEscape(text, index, out _, out _))
            return true;
        return CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.SpaceSeparator;
    }

    private static bool IsReservedWord(string text) =>
        text.Length <= 5 && text.ToLowerInvariant() is "y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null";

    // Numbers in any radix, sexagesimals and timestamps are made of these characters only.
    private static bool HasLetterOfNoNumber(string text)
    {
        foreach (var c in text)
        {
            if (char.IsAsciiLetter(c) && char.ToLowerInvariant(c) is not ((>= 'a' and <= 'f') or 'x' or 'o' or 't' or 'z'))
                return true;
        }

        return false;
    }
}
