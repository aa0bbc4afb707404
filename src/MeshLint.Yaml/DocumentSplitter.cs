namespace MeshLint.Yaml;

/// <summary>
/// Cuts files into pieces as kubectl does (k8s.io/apimachinery's util/yaml): at lines that begin with '---', also inside quotes.
/// </summary>
/// <remarks>
/// kumactl (Kuma's pkg/util/yaml/split.go) cuts at the same lines. It differs in what follows '---' on the line, which begins its next
/// document, and in a file that begins with '{', which is YAML like any other; see <see cref="PartForm.AfterSeparator"/>.
/// </remarks>
internal static class DocumentSplitter
{
    private const int SniffedCharacters = 4096;

    /// <summary>Whether kubectl reads the file as a stream of JSON objects: its first character other than a blank is '{'.</summary>
    public static bool IsJson(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, SniffedCharacters));
        foreach (var c in head)
        {
            if (!char.IsWhiteSpace(c))
                return c == '{';
        }

        return false;
    }

    /// <summary>The pieces of a YAML file. Pieces that hold nothing but blanks and comments are left out, but counted.</summary>
    public static List<DocumentPart> SplitYaml(string text)
    {
        var pieces = new Pieces(text);
        var start = 0;
        var form = PartForm.Yaml;
        var isEmpty = true;
        for (var line = 0; line < text.Length;)
        {
            var lineEnd = text.IndexOf('\n', line);
            var next = lineEnd < 0 ? text.Length : lineEnd + 1;
            if (string.CompareOrdinal(text, line, "---", 0, 3) != 0)
            {
                // Lines up to the next one that may begin with a marker need no look of their own.
                isEmpty = false;
                var marker = text.IndexOf("\n---", line, StringComparison.Ordinal);
                line = marker < 0 ? text.Length : marker + 1;
                continue;
            }

            var rest = text.AsSpan(line + 3, next - line - 3).Trim();
            if (!rest.IsEmpty && rest[0] != '#')
            {
                pieces.Add(start, line, form);
                (start, form, isEmpty) = (line + 3, PartForm.AfterSeparator, false);
            }
            else if (!isEmpty)
            {
                pieces.Add(start, line, form);
                (start, form, isEmpty) = (next, PartForm.Yaml, true);
            }
            else
            {
                isEmpty = false;
            }

            line = next;
        }

        pieces.Add(start, text.Length, form);
        return pieces.Found;
    }

    /// <summary>The values of a JSON stream, each with its place; what cannot begin an object takes the rest.</summary>
    public static List<DocumentPart> SplitJson(string text)
    {
        var parts = new List<DocumentPart>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
                at++;
            if (at == text.Length)
                return parts;
            var isNull = string.CompareOrdinal(text, at, "null", 0, 4) == 0;
            var end = text[at] is '{' or '[' ? EndOfJson(text, at) : isNull ? at + 4 : text.Length;
            if (!isNull)
                parts.Add(new DocumentPart(parts.Count, new TextSpan(at, end), text[at] is '{' or '[' ? PartForm.Json : PartForm.NoJson));
            at = end;
        }
    }

    private static int EndOfJson(string text, int at)
    {
        var depth = 0;
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']' when --depth == 0:
                    return at + 1;
                case '"':
                    for (at++; at < text.Length && text[at] != '"'; at++)
                        at += text[at] == '\\' ? 1 : 0;
                    break;
            }
        }

        return text.Length;
    }

    private sealed class Pieces(string text)
    {
        private int index;

        public List<DocumentPart> Found { get; } = [];

        public void Add(int from, int to, PartForm form)
        {
            var content = ContentScan.Look(text, from, to);
            if (content == ContentScan.Content.Nothing && form != PartForm.AfterSeparator)
                index += from == 0 ? 0 : 1;
            else
                Found.Add(new DocumentPart(index++, new TextSpan(from, to), content == ContentScan.Content.Refused
                    && form == PartForm.Yaml ? PartForm.Refused : form));
        }
    }
}
