using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MeshLint.Yaml;

/// <summary>Makes every character of a text visible: names and values come from files and command lines that anybody may have written.</summary>
/// <remarks>
/// The one place that knows which characters must not be printed as they are; every form of output asks it (docs/output-formats.md,
/// "Characters that are escaped"). The table is fixed: it does not depend on the Unicode version of the runtime.
/// </remarks>
public static class VisibleText
{
    /// <summary>
    /// Code points that are written as an escape, in order: they move a cursor, change colours, break lines, reorder or hide text, or are no characters.
    /// </summary>
    public static ImmutableArray<HiddenRange> Ranges { get; } =
    [
        new(0x0000, 0x001F, "control characters, line feed and tab among them"),
        new(0x007F, 0x009F, "DEL and the C1 control characters, NEL among them"),
        new(0x00AD, 0x00AD, "soft hyphen"),
        new(0x034F, 0x034F, "combining grapheme joiner"),
        new(0x0600, 0x0605, "Arabic number signs (format characters)"),
        new(0x061C, 0x061C, "Arabic letter mark"),
        new(0x06DD, 0x06DD, "Arabic end of ayah (format character)"),
        new(0x070F, 0x070F, "Syriac abbreviation mark"),
        new(0x0890, 0x0891, "Arabic currency marks (format characters)"),
        new(0x08E2, 0x08E2, "Arabic disputed end of ayah"),
        new(0x115F, 0x1160, "Hangul fillers"),
        new(0x17B4, 0x17B5, "Khmer inherent vowels"),
        new(0x180B, 0x180F, "Mongolian variation selectors and vowel separator"),
        new(0x200B, 0x200F, "zero width characters and direction marks"),
        new(0x2028, 0x202E, "line and paragraph separator, bidirectional embeddings and overrides"),
        new(0x2060, 0x206F, "word joiner, invisible operators, bidirectional isolates"),
        new(0x3164, 0x3164, "Hangul filler"),
        new(0xD800, 0xDFFF, "surrogates without a partner"),
        new(0xFDD0, 0xFDEF, "noncharacters"),
        new(0xFE00, 0xFE0F, "variation selectors"),
        new(0xFEFF, 0xFEFF, "byte order mark"),
        new(0xFFA0, 0xFFA0, "halfwidth Hangul filler"),
        new(0xFFF0, 0xFFFB, "interlinear annotation and unassigned format characters"),
        new(0xFFFE, 0xFFFF, "noncharacters; so are the last two code points of every plane"),
        new(0x110BD, 0x110BD, "Kaithi number sign"),
        new(0x110CD, 0x110CD, "Kaithi number sign above"),
        new(0x13430, 0x1343F, "Egyptian hieroglyph format controls"),
        new(0x1BCA0, 0x1BCA3, "shorthand format controls"),
        new(0x1D173, 0x1D17A, "musical format controls"),
        new(0xE0000, 0xE0FFF, "tags and variation selectors"),
    ];

    // A text of these alone has nothing to escape: the fast way out of most calls. '#' can start a command of a log. Whatever else there
    // is gets looked at: a table of all hidden characters would take half of a short run to make.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Whether a code point (or a surrogate, which is none) is written as an escape.</summary>
    public static bool IsHidden(int codePoint)
    {
        if (codePoint is >= ' ' and < 0x7F)
            return false;
        // The last two code points of each plane are no characters.
        if ((codePoint & 0xFFFE) == 0xFFFE)
            return true;
        foreach (var range in Ranges)
        {
            if (codePoint <= range.Last)
                return codePoint >= range.First;
        }

        return false;
    }

    /// <summary>Whether the character at a position must not be printed as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Position of the character's first code unit.</param>
    /// <param name="length">How many code units it has: 1 or 2.</param>
    /// <param name="escape">What is printed instead: <c>\n</c>, <c>\r</c>, <c>\t</c>, <c>\u202e</c>, <c>\U000e0041</c>.</param>
    public static bool TryEscape(ReadOnlySpan<char> text, int at, out int length, [NotNullWhen(true)] out string? escape)
    {
        var codePoint = CodePointAt(text, at, out length);
        escape = codePoint switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ when !IsHidden(codePoint) && !StartsLogCommand(text, at) => null,
            > char.MaxValue => string.Create(CultureInfo.InvariantCulture, $"\\U{codePoint:x8}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{codePoint:x4}"),
        };
        return escape is not null;
    }

    /// <summary>One line of text in which every character shows.</summary>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = text.AsSpan().IndexOfAnyExcept(Plain);
        if (first < 0)
            return text;
        var builder = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (var i = first; i < text.Length;)
        {
            if (TryEscape(text, i, out var length, out var escape))
                builder.Append(escape);
            else
                builder.Append(text, i, length);
            i += length;
        }

        return builder.ToString();
    }

    /// <summary>A JSON text in which every character shows: what stands in its strings is written as <c>\uXXXX</c>, so that it stays the same JSON.</summary>
    /// <param name="json">Valid JSON; line feeds and blanks between its tokens stay.</param>
    public static string InJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var builder = (StringBuilder?)null;
        var done = 0;
        for (var i = NextCandidate(json, 0); i < json.Length; i = NextCandidate(json, i))
        {
            var codePoint = CodePointAt(json, i, out var length);
            if (codePoint is not ('\n' or '\r' or '\t') && (IsHidden(codePoint) || StartsLogCommand(json, i)))
            {
                builder ??= new StringBuilder(json.Length + 64);
                builder.Append(json, done, i - done);
                foreach (var unit in json.AsSpan(i, length))
                    builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
                done = i + length;
            }

            i += length;
        }

        return builder is null ? json : builder.Append(json, done, json.Length - done).ToString();
    }

    /// <summary>
    /// Whether a command of a build service's log begins here: <c>##[name]</c> (GitHub, Azure) and <c>##vso[…]</c> are obeyed wherever they stand
    /// in a line (actions/runner, src/Runner.Common/ActionCommand.cs).
    /// </summary>
    private static bool StartsLogCommand(ReadOnlySpan<char> text, int at)
    {
        if (text[at] != '#' || at + 2 >= text.Length || text[at + 1] != '#')
            return false;
        var name = at + 2;
        while (name < text.Length && char.IsAsciiLetter(text[name]))
            name++;
        return name < text.Length && text[name] == '[';
    }

    private static int NextCandidate(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAnyExcept(Plain);
        return at < 0 ? text.Length : from + at;
    }

    private static int CodePointAt(ReadOnlySpan<char> text, int at, out int length)
    {
        var isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        length = isPair ? 2 : 1;
        return isPair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
    }
}
