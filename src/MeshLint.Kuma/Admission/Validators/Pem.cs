using System.Buffers;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>Finds PEM blocks as Go's <c>encoding/pem</c> does.</summary>
internal static class Pem
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n");

    /// <summary>
    /// The type of the first block that can be decoded, e.g. <c>CERTIFICATE</c>; null where there is none. Takes time linear in the text.
    /// </summary>
    public static string? FindFirstType(string text)
    {
        var position = 0;
        var end = new EndLine(-1, "", 0);
        while (position < text.Length)
        {
            var begin = text.AsSpan(position).StartsWith(Begin)
                ? position
                : text.IndexOf("\n" + Begin, position, StringComparison.Ordinal) + 1;
            if (begin == 0 && position > 0 || !text.AsSpan(begin).StartsWith(Begin))
                return null;
            position = begin + Begin.Length;
            if (TryReadBlock(text, ref position, ref end, out var type))
                return type;
            if (end.Start == text.Length)
                return null;
        }

        return null;
    }

    // 'end' stays from block to block: a text of many BEGIN lines is not searched anew for each.
    private static bool TryReadBlock(string text, ref int position, ref EndLine end, out string type)
    {
        type = "";
        var first = ReadLine(text, position, out var next);
        // The line is spent, whether it begins a block or not.
        position = next;
        if (!first.EndsWith(Dashes, StringComparison.Ordinal))
            return false;
        var name = first[..^Dashes.Length];

        // Headers: "key: value" lines before the base64.
        while (position < text.Length)
        {
            var line = ReadLine(text, position, out next);
            if (!line.Contains(':', StringComparison.Ordinal))
                break;
            position = next;
        }

        if (end.Start < position)
            end = FindEnd(text, position);
        if (end.Start == text.Length || end.Tail != name + Dashes || !IsBase64(text.AsSpan(position, end.Start - position)))
            return false;
        type = name;
        position = end.Next;
        return true;
    }

    private static EndLine FindEnd(string text, int position)
    {
        var at = text.AsSpan(position).StartsWith(End)
            ? position
            : text.IndexOf("\n" + End, Math.Max(position - 1, 0), StringComparison.Ordinal) + 1;
        if (at == 0 && !text.StartsWith(End, StringComparison.Ordinal))
            return new EndLine(text.Length, "", text.Length);
        var tail = ReadLine(text, at + End.Length, out var next);
        return new EndLine(at, tail, next);
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
        if (text.ContainsAnyExcept(Base64Characters))
            return false;
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

    /// <summary>The first END line at or behind a position.</summary>
    /// <param name="Start">Where it begins; the length of the text where none is left.</param>
    /// <param name="Tail">What follows END.</param>
    /// <param name="Next">Where the next line begins.</param>
    private readonly record struct EndLine(int Start, string Tail, int Next);
}
