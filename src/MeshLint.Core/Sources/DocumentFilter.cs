using System.Buffers;
using System.Collections.Frozen;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Sources;

/// <summary>Tells from the raw text whether a document can concern a mesh, so that foreign YAML is never parsed.</summary>
/// <remarks>
/// It may say yes too often (the parsed document decides), never no wrongly: top-level <c>apiVersion: kuma.io/…</c>, a core kind that
/// Kuma derives from, a list that may hold one, or a <c>type</c> that is a Kuma kind or stands beside <c>mesh</c>. A document that does not
/// begin with a block mapping (JSON, anchors, tags, template directives) is searched for the same words anywhere.
/// </remarks>
internal static class DocumentFilter
{
    private static readonly FrozenSet<string> KumaKinds = KindCatalog.All.Select(k => k.Name).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KumaKindsBySpan = KumaKinds.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CoreKindsBySpan =
        ResourceReader.CoreKindNames.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> ValueEnd = SearchValues.Create(" \t\r\n\"',}]#");

    /// <summary>Whether the part of a file must be parsed.</summary>
    public static bool MayConcernMesh(ReadOnlySpan<char> document)
    {
        var indent = -1;
        var hasKumaVersion = false;
        var hasVersion = false;
        var hasItems = false;
        var hasMesh = false;
        var list = false;
        var core = false;
        var typeIsKind = false;
        var typeLooksLikeKind = false;
        while (!document.IsEmpty)
        {
            var end = document.IndexOf('\n');
            var line = end < 0 ? document : document[..end];
            var at = line.IndexOfAnyExcept(' ');
            if (at >= 0 && line[at] is not ('#' or '\r' or '\t' or '\uFEFF' or '%'))
            {
                if (indent < 0)
                {
                    if (line[at] is '{' or '[' or '&' or '!' or '?' or '*' or '-')
                        return MayConcernMeshAnywhere(document);
                    indent = at;
                }

                if (at == indent && line[at] is 'a' or 'k' or 't' or 'i' or 'm' or '"' or '\'')
                    ReadLine(line[at..]);
                if (hasKumaVersion || typeIsKind || (hasVersion && core) || (list && hasItems) || (typeLooksLikeKind && hasMesh))
                    return true;
            }
            else if (at >= 0 && indent < 0 && line[at] is '\t' or '\uFEFF')
            {
                return MayConcernMeshAnywhere(document);
            }

            if (end < 0)
                break;
            document = document[(end + 1)..];
        }

        return false;

        void ReadLine(ReadOnlySpan<char> text)
        {
            if (TryKey(text, "apiVersion", out var value))
            {
                hasVersion = true;
                // An anchored or tagged value cannot be told from here; let the parser look.
                hasKumaVersion |= value.StartsWith("kuma.io") || value.IndexOfAny("&!|>*") == 0;
            }
            else if (TryKey(text, "kind", out value))
            {
                list |= value.EndsWith("List") || value.IndexOfAny("&!|>*") == 0;
                // A Kuma kind under a wrong apiVersion is a mistake worth seeing.
                core |= CoreKindsBySpan.Contains(value) || KumaKindsBySpan.Contains(value) || value.IndexOfAny("&!|>*") == 0;
            }
            else if (TryKey(text, "type", out value))
            {
                typeIsKind |= KumaKindsBySpan.Contains(value);
                typeLooksLikeKind |= !value.IsEmpty && (char.IsAsciiLetterUpper(value[0]) || value.IndexOfAny("&!|>*") == 0);
            }
            else if (TryKey(text, "items", out _))
            {
                hasItems = true;
            }
            else if (TryKey(text, "mesh", out _))
            {
                hasMesh = true;
            }
        }
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

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty && text[0] is '"' or '\'')
            text = text[1..];
        var end = text.IndexOfAny(ValueEnd);
        return end < 0 ? text : text[..end];
    }

    private static bool MayConcernMeshAnywhere(ReadOnlySpan<char> document) =>
        document.Contains("kuma.io/", StringComparison.Ordinal)
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
            if (!rest.IsEmpty && rest[0] == ':' && values.Contains(Word(rest[1..].TrimStart(" \t\r\n"))))
                return true;
        }

        return false;
    }
}
