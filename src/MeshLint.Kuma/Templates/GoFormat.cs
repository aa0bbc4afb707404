using System.Globalization;
using System.Text;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Templates;

/// <summary>
/// Go's <c>fmt.Sprintf</c> for the values that templates know: verbs v, s, q, d, x, X, t, f, T, flags, width and precision.
/// </summary>
/// <remarks>Formatting ends early once the text is over the budget of templates, so that what is thrown away is never made.</remarks>
internal static class GoFormat
{
    /// <summary>Above this a width or precision takes no further digit (Go: fmt/print.go, tooLarge).</summary>
    private const int LargeNumber = 1_000_000;

    public static string Sprintf(string format, ReadOnlySpan<object?> arguments)
    {
        var builder = new StringBuilder();
        var used = 0;
        for (var i = 0; i < format.Length && builder.Length <= TemplateBudget.MaxText; i++)
        {
            if (format[i] != '%')
            {
                builder.Append(format[i]);
                continue;
            }

            var flags = ReadFlags(format, ref i);
            var width = ReadNumber(format, ref i);
            var precision = -1;
            if (i + 1 < format.Length && format[i + 1] == '.')
            {
                i++;
                precision = Math.Max(ReadNumber(format, ref i), 0);
            }

            if (++i >= format.Length)
            {
                builder.Append("%!(NOVERB)");
                break;
            }

            var verb = format[i];
            if (verb == '%')
                builder.Append('%');
            else if (used >= arguments.Length)
                builder.Append("%!").Append(verb).Append("(MISSING)");
            else
                builder.Append(Pad(One(verb, arguments[used++], precision, flags), flags, width));
        }

        if (used < arguments.Length)
        {
            var extra = arguments[used..].ToArray()
                .Select(a => a is null ? "<nil>" : $"{TemplateFunctions.TypeName(a)}={TemplateFunctions.Format(a)}");
            builder.Append("%!(EXTRA ").AppendJoin(", ", extra).Append(')');
        }

        return builder.ToString();
    }

    private static string One(char verb, object? value, int precision, string flags)
    {
        switch (verb, value)
        {
            case ('T', _):
                return TemplateFunctions.TypeName(value);
            case ('v' or 's', string text):
                return Cut(text, precision);
            case ('q', string text):
                return GoText.Quote(Cut(text, precision));
            case ('x' or 'X', string text):
                var hex = Convert.ToHexString(Encoding.UTF8.GetBytes(text));
                return verb == 'x' ? hex.ToLowerInvariant() : hex;
            case ('v' or 'd', long number):
                return (flags.Contains('+', StringComparison.Ordinal) && number >= 0 ? "+" : "") + TemplateFunctions.Format(number);
            case ('x', long number):
                return (number < 0 ? "-" : "") + Math.Abs(number).ToString("x", CultureInfo.InvariantCulture);
            case ('X', long number):
                return (number < 0 ? "-" : "") + Math.Abs(number).ToString("X", CultureInfo.InvariantCulture);
            case ('f', double number):
                return number.ToString(
                    "F" + Math.Clamp(precision < 0 ? 6 : precision, 0, 99).ToString(CultureInfo.InvariantCulture),
                    CultureInfo.InvariantCulture);
            case ('v', _) or ('t', bool) or ('g', double):
                return TemplateFunctions.Format(value);
            case (_, null):
                return $"%!{verb}(<nil>)";
            default:
                return $"%!{verb}({TemplateFunctions.TypeName(value)}={TemplateFunctions.Format(value)})";
        }
    }

    private static string Cut(string text, int precision)
    {
        if (precision < 0)
            return text;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (precision-- == 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return text[..Math.Min(length, text.Length)];
    }

    private static string Pad(string text, string flags, int width)
    {
        if (width <= 0)
            return text;
        // One more than fits: the caller sees that it is too much.
        width = Math.Min(width, TemplateBudget.MaxText + 1);
        if (flags.Contains('-', StringComparison.Ordinal))
            return text.PadRight(width);
        return text.PadLeft(width, flags.Contains('0', StringComparison.Ordinal) ? '0' : ' ');
    }

    private static string ReadFlags(string format, ref int at)
    {
        var start = at + 1;
        while (at + 1 < format.Length && format[at + 1] is '-' or '+' or '#' or ' ' or '0')
            at++;
        return format[start..(at + 1)];
    }

    private static int ReadNumber(string format, ref int at)
    {
        var value = -1;
        while (at + 1 < format.Length && char.IsAsciiDigit(format[at + 1]))
        {
            if (value > LargeNumber)
            {
                // Go gives up on the number and on the rest of the format.
                at = format.Length;
                return -1;
            }

            value = (Math.Max(value, 0) * 10) + (format[++at] - '0');
        }

        return value;
    }
}
