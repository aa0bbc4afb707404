namespace MeshLint.Yaml;

/// <summary>Looks for content between blanks, comments and markers.</summary>
internal static class ContentScan
{
    /// <summary>The first line of content after the end of a document; empty where there is none.</summary>
    public static TextSpan FindLostText(string text, int from, int end)
    {
        var at = from;
        while (at < end)
        {
            var c = text[at];
            if (c == '#')
            {
                at = LineEnd(text, at, end);
            }
            else if (c == '.' && string.CompareOrdinal(text, at, "...", 0, 3) == 0 && (at + 3 >= end || char.IsWhiteSpace(text[at + 3])))
            {
                at += 3;
            }
            else if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                at++;
            }
            else
            {
                var stop = LineEnd(text, at, end);
                return new TextSpan(at, stop);
            }
        }

        return default;
    }

    /// <summary>What a piece holds.</summary>
    public enum Content
    {
        Nothing,

        /// <summary>No document, but directives or tabs that YAML refuses.</summary>
        Refused,
        Something,
    }

    /// <summary>Whether a piece holds more than blanks, comments and markers.</summary>
    public static Content Look(string text, int from, int to)
    {
        var found = Content.Nothing;
        for (var i = from; i < to; i++)
        {
            switch (text[i])
            {
                case ' ' or '\r' or '\n' or '\uFEFF':
                    break;
                case '#':
                    i = LineEnd(text, i, to);
                    break;
                case '\t':
                    found = Content.Refused;
                    break;
                case '%' when i == 0 || text[i - 1] is '\n' or '\r':
                    found = Content.Refused;
                    i = LineEnd(text, i, to);
                    break;
                case '-' when IsMarkerLine(text, i, to):
                    i = LineEnd(text, i, to);
                    break;
                default:
                    return Content.Something;
            }
        }

        return found;
    }

    // "---" and at most a comment.
    private static bool IsMarkerLine(string text, int at, int end)
    {
        if ((at > 0 && text[at - 1] is not ('\n' or '\r')) || string.CompareOrdinal(text, at, "---", 0, 3) != 0 || at + 3 > end)
            return false;
        var rest = text.AsSpan(at + 3, LineEnd(text, at, end) - at - 3);
        return rest.IsEmpty || (rest[0] is ' ' or '\t' && (rest.TrimStart(" \t") is var written && (written.IsEmpty || written[0] == '#')));
    }

    /// <summary>Offset of the break that ends a line, or the end.</summary>
    public static int LineEnd(string text, int at, int end)
    {
        var length = text.AsSpan(at, end - at).IndexOfAny('\n', '\r');
        return length < 0 ? end : at + length;
    }
}
