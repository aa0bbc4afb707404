using System.Globalization;
using System.Text;

namespace MeshLint.Cli.Tests.Escaping;

/// <summary>Texts that must not reach a reader as they are, each with the escape that stands for it. Written down here, apart from the program's own table.</summary>
internal static class HiddenCharacters
{
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F),
        (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xD800, 0xD801),
        (0xDFFE, 0xDFFF), (0xFDD0, 0xFDD1), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0x110BD, 0x110BD),
        (0x13430, 0x13438), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0x1FFFE, 0x1FFFF), (0xE0000, 0xE007F), (0xE0100, 0xE01EF), (0x10FFFF, 0x10FFFF),
    ];

    /// <summary>The character (or the start of a log command), and how it is written.</summary>
    public static IReadOnlyList<(string Raw, string Escape)> All { get; } = [.. Enumerate()];

    /// <summary>Those that a YAML document can hold as an escape and that UTF-8 can say.</summary>
    public static IEnumerable<(string Raw, string Escape)> InYaml => All.Where(static c => !char.IsSurrogate(c.Raw[0]) || c.Raw.Length == 2);

    /// <summary>A double-quoted scalar of YAML.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' and < 0x7F and not ('"' or '\\'))
                quoted.Append(rune);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }

        return quoted.Append('"').ToString();
    }

    private static IEnumerable<(string Raw, string Escape)> Enumerate()
    {
        yield return ("\n", "\\n");
        yield return ("\r", "\\r");
        yield return ("\t", "\\t");
        yield return ("##[add-mask]", "\\u0023#[add-mask]");
        yield return ("##vso[task.x]", "\\u0023#vso[task.x]");
        foreach (var (first, last) in Ranges)
        {
            for (var code = first; code <= last; code++)
            {
                if (code > char.MaxValue)
                    yield return (char.ConvertFromUtf32(code), string.Create(CultureInfo.InvariantCulture, $"\\U{code:x8}"));
                else
                    yield return (((char)code).ToString(), string.Create(CultureInfo.InvariantCulture, $"\\u{code:x4}"));
            }
        }
    }
}
