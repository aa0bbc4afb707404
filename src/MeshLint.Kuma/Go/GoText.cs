using MeshLint.Yaml;
using System.Globalization;
using System.Text;

namespace MeshLint.Kuma.Go;

/// <summary>Writes values the way Go's <c>fmt</c> and <c>strconv</c> do; control plane messages are full of it.</summary>
public static class GoText
{
    /// <summary>The string as Go's <c>%q</c> writes it.</summary>
    public static string Quote(string value)
    {
        var builder = new StringBuilder(value.Length + 2);
        builder.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"':
                    builder.Append("\\\"");
                    break;
                case '\\':
                    builder.Append("\\\\");
                    break;
                default:
                    AppendEscaped(builder, rune);
                    break;
            }
        }

        return builder.Append('"').ToString();
    }

    /// <summary>The character as Go's <c>%#U</c> writes it: <c>U+005B '['</c>.</summary>
    public static string CodePoint(Rune rune)
    {
        var code = "U+" + rune.Value.ToString("X4", CultureInfo.InvariantCulture);
        return IsPrintable(rune) ? $"{code} '{rune}'" : code;
    }

    /// <summary>Go's <c>unicode.IsPrint</c>: letters, marks, numbers, punctuation, symbols and the ASCII blank.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol
            or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol => true,
        _ => false,
    };

    private static void AppendEscaped(StringBuilder builder, Rune rune)
    {
        if (IsPrintable(rune))
        {
            builder.Append(rune.ToString());
            return;
        }

        var text = rune.Value switch
        {
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            < 0x80 => "\\x" + rune.Value.ToString("x2", CultureInfo.InvariantCulture),
            < 0x10000 => "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture),
            _ => "\\U" + rune.Value.ToString("x8", CultureInfo.InvariantCulture),
        };
        builder.Append(text);
    }
}
