using System.Text;

namespace MeshLint.Yaml;

/// <summary>Base64 as Go's <c>base64.StdEncoding</c> reads it: with padding, line breaks anywhere.</summary>
internal static class Base64Text
{
    private const int Group = 4;

    /// <summary>The decoded bytes as text, each byte that is no UTF-8 replaced; null where the text is no base64.</summary>
    public static string? Decode(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not ('\r' or '\n'))
                plain.Append(c);
        }

        if (plain.Length % Group != 0)
            return null;
        var bytes = new byte[plain.Length / Group * 3];
        foreach (var chunk in plain.ToString())
        {
            // .NET skips blanks, Go does not.
            if (!char.IsAsciiLetterOrDigit(chunk) && chunk is not ('+' or '/' or '='))
                return null;
        }

        return Convert.TryFromBase64String(plain.ToString(), bytes, out var length) ? GoUtf8.Decode(bytes.AsSpan(0, length)) : null;
    }
}
