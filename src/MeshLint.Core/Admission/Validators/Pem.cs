using System.Buffers;

namespace MeshLint.Core.Admission.Validators;

/// <summary>Finds PEM blocks as Go's <c>encoding/pem</c> does.</summary>
internal static class Pem
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    /// <summary>The type of the first block that can be decoded, e.g. <c>CERTIFICATE</c>; null where there is none.</summary>
    public static string? FindFirstType(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var begin = text.AsSpan(position).StartsWith(Begin) ? position : text.IndexOf("\n" + Begin, position, StringComparison.Ordinal) + 1;
            if (begin == 0 && position > 0 || !text.AsSpan(begin).StartsWith(Begin))
                return null;
            position = begin + Begin.Length;
            if (TryReadBlock(text, ref position, out var type))
                return type;
        }

        return null;
    }

    private static bool TryReadBlock(string text, ref int position, out string type)
    {
        type = "";
        var first = ReadLine(text, position, out var next);
        if (!first.EndsWith(Dashes, StringComparison.Ordinal))
            return false;
        var name = first[..^Dashes.Length];
        position = next;

        // Headers: "key: value" lines before the base64.
        while (position < text.Length)
        {
            var line = ReadLine(text, position, out next);
            if (!line.Contains(':', StringComparison.Ordinal))
                break;
            position = next;
        }

        var end = text.AsSpan(position).StartsWith(End) ? position : text.IndexOf("\n" + End, Math.Max(position - 1, 0), StringComparison.Ordinal) + 1;
        if (end == 0 || !text.AsSpan(end).StartsWith(End))
            return false;
        var tail = ReadLine(text, end + End.Length, out next);
        if (tail != name + Dashes || !IsBase64(text.AsSpan(position, end - position)))
            return false;
        type = name;
        position = next;
        return true;
    }

    private static string ReadLine(string text, int from, out int next)
    {
        var feed = from < text.Length ? text.IndexOf('\n', from) : -1;
        var end = feed < 0 ? text.Length : feed;
        next = feed < 0 ? text.Length : feed + 1;
        return text[Math.Min(from, end)..end].TrimEnd(' ', '\t', '\r');
    }

    private static bool IsBase64(ReadOnlySpan<char> text)
    {
        var compact = new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
                compact[length++] = c;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(length + 1);
        var ok = Convert.TryFromBase64Chars(compact.AsSpan(0, length), bytes, out _);
        ArrayPool<byte>.Shared.Return(bytes);
        return ok;
    }
}
