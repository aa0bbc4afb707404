using System.Text;

namespace MeshLint.Core.Emit;

/// <summary>Puts text that anybody may have written into Markdown without letting it become markup.</summary>
public static class Markdown
{
    /// <summary>Text for running prose or a table cell: markup characters are escaped, line breaks become spaces.</summary>
    public static string Escape(string text)
    {
        var output = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '<' or '>' or '#' or '|' or '~' or '!' or '$':
                    output.Append('\\').Append(c);
                    break;
                case '&':
                    output.Append("&amp;");
                    break;
                // No mention of a user or team, no link.
                case '@':
                    output.Append("@\u200B");
                    break;
                case ':' when string.CompareOrdinal(text, i, "://", 0, 3) == 0:
                    output.Append("&#58;");
                    break;
                default:
                    output.Append(IsInvisible(c) ? ' ' : c);
                    break;
            }
        }

        return output.ToString();
    }

    /// <summary>Text as inline code; "" gives an empty pair of quotes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="inTable">The code stands in a table cell, which a bar ends unless it is escaped.</param>
    public static string Code(string text, bool inTable = false)
    {
        if (text.Length == 0)
            return "``''``";
        var longest = 0;
        var run = 0;
        var output = new StringBuilder(text.Length + 4);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
            if (c == '|' && inTable)
                output.Append("\\|");
            else
                output.Append(IsInvisible(c) ? ' ' : c);
        }

        var fence = new string('`', longest + 1);
        var pad = text[0] is '`' or ' ' || text[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{pad}{output}{pad}{fence}";
    }

    /// <summary>Text without controls and what hides or reorders text, and without mentions; for HTML inside Markdown, to be encoded as HTML afterwards.</summary>
    public static string Visible(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var c in text)
            output.Append(IsInvisible(c) ? ' ' : c).Append(c == '@' ? "\u200B" : "");
        return output.ToString();
    }

    /// <summary>A control, a line separator, or what hides or reorders text.</summary>
    internal static bool IsInvisible(char c) =>
        char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
