using System.Globalization;
using System.Text;
using MeshLint.Core.Diagnostics;

namespace MeshLint.Reporting;

/// <summary>Words and characters that several reporters share.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    /// <summary>"1 error", "2 errors".</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    public static string Versions(ImmutableArray<KumaVersion> versions) => string.Join(", ", versions.Select(v => v.Text()));

    /// <summary>Whether a character must not reach a terminal as it is: it moves the cursor, reorders text or hides.</summary>
    public static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>How an unsafe character is shown.</summary>
    public static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    /// <summary>One line of text that is safe on a terminal: names come from files that anybody may have written.</summary>
    public static string OneLine(string text)
    {
        var first = 0;
        while (first < text.Length && !IsUnsafe(text[first]) && !char.IsSurrogate(text[first]))
            first++;
        if (first == text.Length)
            return text;
        var builder = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsUnsafe(c))
                builder.Append(Escape(c));
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                builder.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c))
                builder.Append(Escape(c));
            else
                builder.Append(c);
        }

        return builder.ToString();
    }
}
