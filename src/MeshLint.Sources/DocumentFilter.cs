using System.Buffers;
using System.Collections.Frozen;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Sources;

/// <summary>Tells from the raw text whether a document can concern a mesh, so that foreign YAML is never parsed.</summary>
/// <remarks>
/// A mesh document has at its top <c>apiVersion: kuma.io/…</c>, a core kind that Kuma derives from, a list that may hold one, or a
/// <c>type</c>
/// that is a Kuma kind or stands beside <c>mesh</c>. The lines of a plain block mapping are judged as they stand. Whatever else could bring
/// such
/// a key or value (a value on the next line, escapes, tags, anchors, aliases, '&lt;&lt;', '?', line breaks other than LF, a byte order
/// mark)
/// gives <see cref="FilterVerdict.Unknown"/>, and the parsed document decides (<see cref="ConcernsMesh"/>).
/// </remarks>
internal static class DocumentFilter
{
    private static readonly FrozenSet<string> KumaKinds = KindCatalog.All.Select(k => k.Name).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KumaKindsBySpan =
        KumaKinds.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CoreKindsBySpan =
        ResourceReader.CoreKindNames.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> ValueEnd = SearchValues.Create(" \t\r\n\"',}]#");
    private static readonly SearchValues<char> OtherBreaks = SearchValues.Create("\r\u0085\u2028\u2029");
    private static readonly SearchValues<char> FlowIndirections = SearchValues.Create("\\&*!?\uFEFF");

    /// <summary>What the part of a file says.</summary>
    /// <param name="document">The text of one document.</param>
    /// <param name="isJson">Whether it is read as JSON, which knows no other indirection than escapes.</param>
    public static FilterVerdict Look(ReadOnlySpan<char> document, bool isJson = false)
    {
        if (isJson)
            return Anywhere(document) ? FilterVerdict.Concerns : document.Contains("\\u", StringComparison.Ordinal)
                ? FilterVerdict.Unknown : FilterVerdict.Foreign;
        var scan = new LineScan { IsUnknown = HasOtherBreaks(document) };
        var indent = -1;
        for (var rest = document; !rest.IsEmpty;)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            var at = line.IndexOfAnyExcept(' ');
            if (at >= 0 && line[at] is not ('#' or '\r' or '%') && !(indent < 0 && IsMarker(line)))
            {
                if (indent < 0 && line[at] is '{' or '[' or '-' or '\t' or '\uFEFF' or '"' or '\'' or '&' or '!' or '*' or '?'
                    && !StartsQuotedKey(line[at..]))
                    return Unplain(document, line[at]);
                if (indent < 0)
                    indent = at;
                if (at == indent)
                    scan.Read(line[at..]);
                if (scan.Concerns)
                    return FilterVerdict.Concerns;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return scan.IsUnknown ? FilterVerdict.Unknown : FilterVerdict.Foreign;
    }

    /// <summary>Whether the part of a file must be parsed.</summary>
    public static bool MayConcernMesh(ReadOnlySpan<char> document) => Look(document) != FilterVerdict.Foreign;

    /// <summary>Whether a document that the text could not tell about concerns a mesh. Of a broken one its words decide.</summary>
    public static bool ConcernsMesh(SourceDocument document)
    {
        var text = document.Source.Slice(document.Span);
        if (document.IsBroken)
            return Anywhere(text);
        if (document.Problems.Any(p => p.Kind is DocumentProblemKind.LostText or DocumentProblemKind.MarkInKey) && Anywhere(text))
            return true;
        var root = document.Root;
        var kind = root["kind"].AsString() ?? "";
        var type = root["type"].AsString() ?? "";
        return KumaKinds.Contains(type)
            || (type.Length > 0 && char.IsAsciiLetterUpper(type[0]) && root["mesh"].Exists)
            || (kind.EndsWith("List", StringComparison.Ordinal) && root["items"].Exists)
            || (root["apiVersion"].AsString() is { } version
                && (version.StartsWith("kuma.io", StringComparison.Ordinal) || KumaKinds.Contains(kind)
                    || ResourceReader.CoreKindNames.Contains(kind)));
    }

    // "---" and what may follow it.
    private static bool IsMarker(ReadOnlySpan<char> line) =>
        line.StartsWith("---") && (line.Length == 3 || (line[3] is ' ' or '\t' or '\r' && line[3..].TrimStart() is var rest
            && (rest.IsEmpty || rest[0] == '#')));

    // A key in quotes on one line without escapes is as good as a bare one.
    private static bool StartsQuotedKey(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('"' or '\''))
            return false;
        var close = text[1..].IndexOf(text[0]);
        return close >= 0 && !text[..(close + 1)].Contains('\\') && text[(close + 2)..].TrimStart(" \t") is [':', ..];
    }

    private static bool HasOtherBreaks(ReadOnlySpan<char> document)
    {
        for (var at = document.IndexOfAny(OtherBreaks); at >= 0; at = document.IndexOfAny(OtherBreaks))
        {
            if (document[at] != '\r' || (at + 1 < document.Length && document[at + 1] != '\n'))
                return true;
            document = document[(at + 1)..];
        }

        return false;
    }

    // A document that is no plain block mapping. A list of values is none of ours, but what looks like a mesh in it deserves a word.
    private static FilterVerdict Unplain(ReadOnlySpan<char> document, char first)
    {
        if (Anywhere(document))
            return FilterVerdict.Concerns;
        return first switch
        {
            '-' => FilterVerdict.Foreign,
            '{' or '[' => document.IndexOfAny(FlowIndirections) >= 0 || document.Contains("<<", StringComparison.Ordinal)
                ? FilterVerdict.Unknown : FilterVerdict.Foreign,
            _ => FilterVerdict.Unknown,
        };
    }

    private static bool Anywhere(ReadOnlySpan<char> document) =>
        document.Contains("kuma.io", StringComparison.Ordinal)
        || AnyValue(document, "type", KumaKindsBySpan)
        || AnyValue(document, "kind", CoreKindsBySpan)
        || (document.Contains("apiVersion", StringComparison.Ordinal) && AnyValue(document, "kind", KumaKindsBySpan));

    private static bool AnyValue(ReadOnlySpan<char> text, string key, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> values)
    {
        for (var at = text.IndexOf(key); at >= 0; at = text.IndexOf(key))
        {
            text = text[(at + key.Length)..];
            var rest = !text.IsEmpty && text[0] is '"' or '\'' ? text[1..] : text;
            rest = rest.TrimStart(" \t\r\n");
            if (!rest.IsEmpty && rest[0] == ':' && values.Contains(Word(Beginning(rest[1..].TrimStart(" \t\r\n")))))
                return true;
        }

        return false;
    }

    // No kind is that long: a text that is one word must not be looked through again for each "type" in it.
    private static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, 64)];

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty && text[0] is '"' or '\'')
            text = text[1..];
        var end = text.IndexOfAny(ValueEnd);
        return end < 0 ? text : text[..end];
    }

    /// <summary>What the top lines of a block mapping say, one after the other.</summary>
    private ref struct LineScan
    {
        private bool hasKumaVersion;
        private bool hasVersion;
        private bool hasItems;
        private bool hasMesh;
        private bool isList;
        private bool isCore;
        private bool isKumaType;
        private bool looksLikeType;

        public bool IsUnknown;

        public readonly bool Concerns => hasKumaVersion || isKumaType || (hasVersion && isCore) || (isList && hasItems) || (looksLikeType
            && hasMesh);

        public void Read(ReadOnlySpan<char> line)
        {
            switch (line[0])
            {
                case 'a' or 'k' or 't' or 'i' or 'm':
                    ReadKey(line);
                    break;
                case '"' or '\'':
                    if (line[0] == '"' && line.Contains('\\'))
                        IsUnknown = true;
                    ReadKey(line);
                    break;
                case '<' or '?' or '&' or '*' or '!' or '{' or '[' or '\uFEFF' or '\t':
                    IsUnknown = true;
                    break;
            }
        }

        private void ReadKey(ReadOnlySpan<char> line)
        {
            if (TryKey(line, "apiVersion", out var value))
            {
                hasVersion = true;
                hasKumaVersion |= value.StartsWith("kuma.io");
            }
            else if (TryKey(line, "kind", out value))
            {
                isList |= value.EndsWith("List");
                // A Kuma kind under a wrong apiVersion is a mistake worth seeing.
                isCore |= CoreKindsBySpan.Contains(value) || KumaKindsBySpan.Contains(value);
            }
            else if (TryKey(line, "type", out value))
            {
                isKumaType |= KumaKindsBySpan.Contains(value);
                looksLikeType |= !value.IsEmpty && char.IsAsciiLetterUpper(value[0]);
            }
            else if (TryKey(line, "items", out _))
            {
                hasItems = true;
                return;
            }
            else
            {
                hasMesh |= TryKey(line, "mesh", out _);
                return;
            }

            // A value that is not written out on this line.
            if (value.IsEmpty || value[0] is '&' or '!' or '|' or '>' or '*' || line.Contains('\\'))
                IsUnknown = true;
        }

        // "key: value", "'key' : value", "\"key\": \"value\""; the value without quotes and without what follows it.
        private static bool TryKey(ReadOnlySpan<char> line, string key, out ReadOnlySpan<char> value)
        {
            value = default;
            var quoted = line[0] is '"' or '\'';
            var rest = quoted ? line[1..] : line;
            if (!rest.StartsWith(key))
                return false;
            rest = rest[key.Length..];
            if (quoted)
            {
                if (rest.IsEmpty || rest[0] != line[0])
                    return false;
                rest = rest[1..];
            }

            rest = rest.TrimStart(" \t");
            if (rest.IsEmpty || rest[0] != ':')
                return false;
            value = Word(rest[1..].TrimStart(" \t"));
            return true;
        }
    }
}
