namespace MeshLint.Yaml;

/// <summary>An immutable text with a path and a line table. The path is relative to the root and uses '/'.</summary>
/// <remarks>Thread-safe. The line table is built on first use: a clean run never needs it.</remarks>
public sealed class SourceText(string path, string text)
{
    private int[]? lineStarts;

    /// <summary>Path relative to the root that was read, with '/' on every platform; "-" for standard input.</summary>
    public string Path { get; } = path;

    /// <summary>The whole text, without a byte order mark.</summary>
    public string Text { get; } = text;

    /// <summary>Number of lines; a final newline does not open another line, an empty text has one.</summary>
    public int LineCount => LineStarts.Length;

    private int[] LineStarts => lineStarts ??= FindLineStarts(Text);

    /// <summary>Line and column of an offset; offsets past the end give the end.</summary>
    public LinePosition GetPosition(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var starts = LineStarts;
        var index = Array.BinarySearch(starts, offset);
        if (index < 0)
            index = ~index - 1;
        return new LinePosition(index + 1, offset - starts[index] + 1);
    }

    /// <summary>The line's span without its line break.</summary>
    /// <param name="line">1-based line number.</param>
    public TextSpan GetLineSpan(int line)
    {
        var start = LineStarts[line - 1];
        var end = line < LineStarts.Length ? LineStarts[line] : Text.Length;
        while (end > start && Text[end - 1] is '\n' or '\r')
            end--;
        return new TextSpan(start, end);
    }

    /// <summary>The text of a span.</summary>
    public ReadOnlySpan<char> Slice(TextSpan span) => Text.AsSpan(span.Start, span.Length);

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }

        if (starts.Count > 1 && starts[^1] == text.Length)
            starts.RemoveAt(starts.Count - 1);
        return [.. starts];
    }
}
