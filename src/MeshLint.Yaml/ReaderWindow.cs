namespace MeshLint.Yaml;

/// <summary>
/// The windows of 512 bytes of UTF-8 in which go-yaml reads its input (readerc.go): a bad character counts once its window is read.
/// </summary>
internal static class ReaderWindow
{
    private const int Size = 512;

    /// <summary>Offset just past the first window of a document.</summary>
    public static int EndOfFirst(string text, int start, int end)
    {
        var at = start;
        return Next(text, ref at, end);
    }

    /// <summary>Offset of the first character of the window that holds an offset.</summary>
    public static int StartOf(string text, int start, int end, int offset)
    {
        var at = start;
        while (true)
        {
            var window = at;
            if (offset < Next(text, ref at, end) || at >= end)
                return window;
        }
    }

    private static int Next(string text, ref int at, int end)
    {
        var bytes = 0;
        while (at < end)
        {
            var c = text[at];
            var isPair = char.IsHighSurrogate(c) && at + 1 < end;
            // The CR before an LF is taken away before YAML is read.
            var width = c == '\r' && at + 1 < end && text[at + 1] == '\n' ? 0 : isPair ? 4 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            if (bytes + width > Size)
                break;
            bytes += width;
            at += isPair ? 2 : 1;
        }

        return at;
    }
}
