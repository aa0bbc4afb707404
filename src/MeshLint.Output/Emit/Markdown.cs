using MeshLint.Yaml;
using System.Net;
using System.Text;

namespace MeshLint.Output.Emit;

/// <summary>Puts text that anybody may have written into Markdown without letting it become markup.</summary>
/// <remarks>Characters that do not show are written as <see cref="VisibleText"/> writes them; line breaks and tabs become blanks.</remarks>
public static class Markdown
{
    /// <summary>Parts a word in the source, nothing in the page: what stands behind it makes no mention, link or issue number.</summary>
    private const string Break = "<!-- -->";

    /// <summary>Text for running prose or a table cell: markup characters are escaped, line breaks become spaces.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var output = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length;)
        {
            if (TryAppendHidden(output, text, i, out var length, isProse: true))
            {
                i += length;
                continue;
            }

            if (length == 2)
                output.Append(text, i, 2);
            else
                AppendEscaped(output, text, i);
            i += length;
        }

        return output.ToString();
    }

    /// <summary>Text as inline code; "" gives an empty pair of quotes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="inTable">The code stands in a table cell, which a bar ends unless it is escaped.</param>
    public static string Code(string text, bool inTable = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
            return "``''``";
        var longest = 0;
        var run = 0;
        var output = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length;)
        {
            run = text[i] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
            if (text[i] == '|' && inTable)
                output.Append("\\|");
            if (!TryAppendHidden(output, text, i, out var length, isProse: false) && (text[i] != '|' || !inTable))
                output.Append(text, i, length);
            i += length;
        }

        var fence = new string('`', longest + 1);
        var pad = output[0] is '`' or ' ' || output[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{pad}{output}{pad}{fence}";
    }

    /// <summary>Text for an HTML element inside Markdown, which parts neither the element nor the line.</summary>
    public static string Html(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!TryAppendHidden(output, text, i, out var length, isProse: false))
                output.Append(text, i, length);
            i += length;
        }

        // Markdown is still read inside an element: what it could take for markup is written as a character reference.
        var html = new StringBuilder(WebUtility.HtmlEncode(output.ToString()));
        foreach (var c in "\\`*_[]|~$!")
            html.Replace(c.ToString(), $"&#{(int)c};");
        return html.Replace("@", "@" + Break).Replace("://", "&#58;//").Replace("www.", "www&#46;").ToString();
    }

    private static void AppendEscaped(StringBuilder output, string text, int at)
    {
        var c = text[at];
        switch (c)
        {
            case '#' when at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]):
                output.Append("\\#").Append(Break);
                break;
            case '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '<' or '>' or '#' or '|' or '~' or '!' or '$':
                output.Append('\\').Append(c);
                break;
            case '&':
                output.Append("&amp;");
                break;
            // No mention of a user or team, no link to an address.
            case '@':
                output.Append('@').Append(Break);
                break;
            case ':' when string.CompareOrdinal(text, at, "://", 0, 3) == 0 || EndsScheme(text, at):
                output.Append("&#58;");
                break;
            case '.' when at >= 3 && string.Compare(text, at - 3, "www", 0, 3, StringComparison.OrdinalIgnoreCase) == 0:
                output.Append("&#46;");
                break;
            // A list, a heading's underline or a rule where the text begins a line.
            case '-' or '+' or '=' when at == 0:
                output.Append('\\').Append(c);
                break;
            case '.' or ')' when IsListMark(text, at):
                output.Append('\\').Append(c);
                break;
            default:
                output.Append(c);
                break;
        }
    }

    // "1. " at the start of a text begins a list; "3.0" does not.
    private static bool IsListMark(string text, int at) =>
        at is > 0 and < 10
        && !text.AsSpan(0, at).ContainsAnyExceptInRange('0', '9')
        && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]));

    // "mailto:" and "xmpp:" are links without "//".
    private static bool EndsScheme(string text, int at)
    {
        var before = text.AsSpan(0, at);
        return before.EndsWith("mailto", StringComparison.OrdinalIgnoreCase) || before.EndsWith("xmpp", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryAppendHidden(StringBuilder output, string text, int at, out int length, bool isProse)
    {
        if (!VisibleText.TryEscape(text, at, out length, out var escape))
            return false;
        if (text[at] is '\n' or '\r' or '\t')
            output.Append(' ');
        else if (isProse)
            output.Append('\\').Append(escape);
        else
            output.Append(escape);
        return true;
    }
}
