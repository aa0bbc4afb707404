using System.Globalization;
using System.Text;

namespace MeshLint.Core.Emit;

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
                    if (char.IsSurrogatePair(text, i))
                        output.Append(c).Append(text[++i]);
                    else if (char.IsSurrogate(c))
                        output.Append('\uFFFD');
                    else if (NeedsEscape(text, i))
                        output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
                    else
                        output.Append(c);
                    break;
            }
        }

        output.Append('"');
    }

    // Controls, line and paragraph separators, byte order marks, noncharacters, and what hides or reorders text on a screen.
    private static bool NeedsEscape(string text, int index)
    {
        var c = text[index];
        if (c < 0x7F)
            return c < ' ';
        if (char.IsHighSurrogate(c))
            return !char.IsSurrogatePair(text, index);
        if (char.IsLowSurrogate(c))
            return index == 0 || !char.IsSurrogatePair(text, index - 1);
        return c >= 0xFFFE || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse
            || (c != ' ' && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);
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
