using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Kuma.Schemas.Decoding;

/// <summary>How a body reaches Go's decoder.</summary>
/// <param name="Defaults">Schema defaults are put in first.</param>
/// <param name="SortedKeys">Keys come sorted, as from a Go map (Universal since 2.10); else as written.</param>
/// <param name="ThroughFloat">Numbers went through float64 and are spelled as Go does.</param>
/// <param name="ExactKeys">Keys in another case were pruned before (Kubernetes).</param>
internal readonly record struct GoDecoding(bool Defaults, bool SortedKeys, bool ThroughFloat, bool ExactKeys)
{
    /// <summary>Text for a top field that the control plane itself fills in soon after, where it is absent: (key, text).</summary>
    public (string Key, string Text)? Filled { get; init; }

    /// <summary>The body is known to decode, and no key stands in it twice.</summary>
    public bool IsPlain { get; init; }

    /// <summary>A PUT to a Universal control plane.</summary>
    public static GoDecoding Universal(KumaVersion version)
    {
        var through = version.Behaviour.UniversalSchemaDefaults;
        return new GoDecoding(through, through, through, false);
    }

    /// <summary>An object that an API server hands to a webhook: pruned and defaulted, its numbers respelled on the way.</summary>
    public static GoDecoding Kubernetes { get; } = new(true, true, true, true);
}

/// <summary>
/// Decodes plugin kinds as Go's <c>encoding/json</c> into Kuma's structs, and writes them back as Go does
/// (docs/kuma/admission.md#decoding, docs/kuma/admission.md#what-is-stored).
/// </summary>
internal sealed class GoDecoder
{
    /// <summary>Open mappings while the top fields are written: the resource and its body.</summary>
    private const int TopDepth = 2;

    private readonly GoDecoding how;
    private readonly NodeTreeBuilder builder;

    private GoDecoder(GoDecoding how, SourceText source, int size)
    {
        this.how = how;
        builder = new NodeTreeBuilder(source, size + (size / 4) + 6);
    }

    /// <summary>Decodes one part of a resource into a tree of its own, rooted so that paths begin with <paramref name="key"/>.</summary>
    /// <param name="parent">The resource's mapping.</param>
    /// <param name="key"><c>spec</c> or <c>status</c>.</param>
    /// <param name="schema">The schema of that part.</param>
    /// <param name="kind">The resource's kind.</param>
    /// <param name="how">How the body reaches the decoder.</param>
    public static DecodeResult Decode(Node parent, string key, SchemaNode schema, string kind, GoDecoding how)
    {
        var body = parent[key];
        if (!how.IsPlain && new GoErrorFinder(how.SortedKeys, how.ThroughFloat).Find(body, key, schema, kind, out var at) is { } error)
            return new DecodeResult(default, error, at.Exists ? at : parent);
        if (parent.Source is not { } source)
            return new DecodeResult(default);
        var decoder = new GoDecoder(how, source, body.Size);
        decoder.builder.BeginMapping(parent.Span);
        decoder.builder.Key(key, body.Exists ? body.KeySpan : parent.Span);
        decoder.Write(body.Exists ? body : default, null, schema, body.Exists ? body.Span : parent.Span);
        decoder.builder.End();
        return new DecodeResult(decoder.builder.Build().Root[key]);
    }

    /// <param name="node">The value, or the last of several values of one field.</param>
    /// <param name="earlier">Values of other spellings of the same key, which Go decodes into the same place before.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="span">Where a value that is not written is said to stand.</param>
    private void Write(Node node, List<Node>? earlier, SchemaNode schema, TextSpan span)
    {
        switch (schema.GoKind)
        {
            case GoKind.Struct:
                WriteStruct(node, earlier, schema, span);
                break;
            case GoKind.Map:
                builder.BeginMapping(node.Exists ? node.Span : span);
                if (schema.Item is { } value)
                {
                    foreach (var (key, child, others) in Merge(node, earlier))
                    {
                        builder.Key(key, child.KeySpan);
                        Write(child, others, value, child.Span);
                    }
                }

                builder.End();
                break;
            case GoKind.Slice:
                builder.BeginSequence(node.Exists ? node.Span : span);
                if (schema.Item is { } item)
                {
                    var position = 0;
                    foreach (var child in node.Items)
                    {
                        Write(child, ItemsAt(earlier, position), item, child.Span);
                        position++;
                    }
                }

                builder.End();
                break;
            case GoKind.Any or GoKind.None:
                builder.Copy(node);
                break;
            default:
                WriteScalar(node, schema, span);
                break;
        }
    }

    private void WriteScalar(Node node, SchemaNode schema, TextSpan span)
    {
        var at = node.Exists ? node.Span : span;
        switch (schema.GoKind)
        {
            case GoKind.String or GoKind.Duration or GoKind.Bytes:
                var text = schema.GoKind == GoKind.Bytes && node.IsSequence ? ToBase64(node) : node.Text ?? "";
                WriteText(schema.GoKind, text, at, node.Exists ? node.Style : ScalarStyle.None);
                break;
            case GoKind.Bool:
                builder.Scalar(NodeKind.Boolean, node.Text ?? "false", at, ScalarStyle.Plain);
                break;
            case GoKind.IntOrString when node.IsString:
                builder.Copy(node);
                break;
            default:
                builder.Scalar(
                    NodeKind.Integer, node.IsNullOrMissing ? "0" : GoValues.FormatNumber(node.AsNumber() ?? 0), at, ScalarStyle.Plain);
                break;
        }
    }

    private void WriteText(GoKind kind, string text, TextSpan at, ScalarStyle style)
    {
        if (kind == GoKind.Duration)
            text = GoDuration.Parse(text, out var nanoseconds) is null ? GoDuration.Format(nanoseconds) : "0s";
        builder.Scalar(NodeKind.String, text, at, style == ScalarStyle.None ? ScalarStyle.Plain : style);
    }

    private void WriteStruct(Node node, List<Node>? earlier, SchemaNode schema, TextSpan span)
    {
        var at = node.Exists ? node.Span : span;
        builder.BeginMapping(at);
        ulong written = 0;
        if (earlier is null && (how.IsPlain || !HasRepeats(node, schema)))
        {
            foreach (var child in node.Entries)
            {
                if (Find(schema, child.Key ?? "") is { } field)
                {
                    written |= field.Mask;
                    WriteField(field, child, null, at, isExact: child.Key == field.Name);
                }
            }
        }
        else
        {
            foreach (var (field, child, others, isExact) in MergeFields(node, earlier, schema))
            {
                written |= field.Mask;
                WriteField(field, child, others, at, isExact);
            }
        }

        foreach (var field in schema.Fields)
        {
            if ((written & field.Mask) != 0)
                continue;
            // Defaults are put into objects that are there; Go fills in one that is not with zero values.
            WriteField(field, default, null, at, isExact: !node.IsNullOrMissing);
            if (how.Filled is { } filled && filled.Key == field.Name && builder.Depth == TopDepth)
            {
                builder.Key(filled.Key, default);
                WriteText(GoKind.String, filled.Text, at, ScalarStyle.Plain);
            }
        }

        builder.End();
    }

    /// <summary>Writes a field as Go's encoder would after decoding: defaults in, empty values out where they are omitted.</summary>
    private void WriteField(SchemaField field, Node node, List<Node>? earlier, TextSpan span, bool isExact)
    {
        if (node.IsNullOrMissing && earlier is null)
        {
            if (how.Defaults && isExact && field.DefaultText is { } text)
                WriteDefault(field, text, node.Exists ? node.Span : span);
            else if (field.IsWrittenWhenAbsent)
                WriteZero(field, node.Exists ? node.Span : span);
            return;
        }

        // The default stands under the exact key, so it is read after a spelling that sorts before that one.
        if (!isExact && how.Defaults && field.DefaultText is { } late && string.CompareOrdinal(node.Key, field.Name) < 0)
        {
            WriteDefault(field, late, node.Span);
            return;
        }

        if (field is { OmitsEmpty: true, IsPointer: false } && earlier is null && IsEmpty(node, field.Schema))
            return;
        builder.Key(field.Name, node.KeySpan);
        Write(node, earlier, field.Schema, span);
    }

    private void WriteDefault(SchemaField field, string text, TextSpan span)
    {
        var isEmpty = text.Length == 0 || (field.DefaultShape != SchemaShape.String && text is "0" or "false");
        if (field is { OmitsEmpty: true, IsPointer: false } && isEmpty)
            return;
        builder.Key(field.Name, default);
        if (field.DefaultShape == SchemaShape.String)
            WriteText(field.Schema.GoKind, text, span, ScalarStyle.Plain);
        else
            builder.Scalar(field.DefaultShape == SchemaShape.Integer ? NodeKind.Integer : NodeKind.Boolean, text, span, ScalarStyle.Plain);
    }

    private void WriteZero(SchemaField field, TextSpan span)
    {
        builder.Key(field.Name, default);
        if (field.IsPointer || field.Schema.GoKind is GoKind.Slice or GoKind.Map or GoKind.Any or GoKind.Bytes)
            builder.Scalar(NodeKind.Null, null, span, ScalarStyle.Plain);
        else
            Write(default, null, field.Schema, span);
    }

    private static bool IsEmpty(Node node, SchemaNode schema) => schema.GoKind switch
    {
        GoKind.String => node.Text is null or "",
        GoKind.Bool => node.Text != "true",
        GoKind.Map or GoKind.Slice or GoKind.Bytes => node.Count == 0 && string.IsNullOrEmpty(node.Text),
        GoKind.Struct or GoKind.Duration or GoKind.IntOrString => false,
        GoKind.Any => node.IsNullOrMissing,
        _ => (node.AsNumber() ?? 0) == 0,
    };

    private SchemaField? Find(SchemaNode schema, string key) => how.ExactKeys ? schema.Find(key) : schema.FindFolded(key);

    private bool HasRepeats(Node node, SchemaNode schema)
    {
        ulong seen = 0;
        foreach (var child in node.Entries)
        {
            if (Find(schema, child.Key ?? "") is not { } field)
                continue;
            if ((seen & field.Mask) != 0)
                return true;
            seen |= field.Mask;
        }

        return false;
    }

    /// <summary>The values of each field over all spellings of its key, in the order in which Go meets them.</summary>
    private IEnumerable<(SchemaField Field, Node Last, List<Node>? Earlier, bool IsExact)> MergeFields(
        Node node, List<Node>? earlier, SchemaNode schema)
    {
        var values = new List<(SchemaField Field, List<Node> Values, bool IsExact)>();
        foreach (var layer in (earlier ?? []).Append(node))
        {
            if (!layer.IsMapping)
                continue;
            foreach (var child in how.SortedKeys ? GoErrorFinder.Sorted(layer) : layer.Children)
            {
                if (Find(schema, child.Key ?? "") is not { } field)
                    continue;
                var index = values.FindIndex(v => v.Field == field);
                if (index < 0)
                {
                    values.Add((field, [child], child.Key == field.Name));
                    continue;
                }

                // null sets a pointer back to nothing; the same key twice replaces what was there before.
                if (child.Kind == NodeKind.Null || child.Key == values[index].Values[^1].Key)
                    values[index].Values.Clear();
                values[index].Values.Add(child);
                values[index] = values[index] with { IsExact = values[index].IsExact || child.Key == field.Name };
            }
        }

        foreach (var (field, list, isExact) in values)
            yield return (field, list[^1], list.Count > 1 ? list[..^1] : null, isExact);
    }

    private IEnumerable<(string Key, Node Last, List<Node>? Earlier)> Merge(Node node, List<Node>? earlier)
    {
        if (earlier is null)
        {
            foreach (var child in node.Entries)
                yield return (child.Key ?? "", child, null);
            yield break;
        }

        var merged = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var layer in earlier.Append(node))
        {
            foreach (var child in layer.Entries)
                merged[child.Key ?? ""] = child;
        }

        foreach (var (key, child) in merged)
            yield return (key, child, null);
    }

    private static List<Node>? ItemsAt(List<Node>? lists, int position)
    {
        if (lists is null)
            return null;
        var items = lists.Select(l => l[position]).Where(i => i.Exists).ToList();
        return items.Count > 0 ? items : null;
    }

    private static string ToBase64(Node list)
    {
        var bytes = new List<byte>();
        foreach (var item in list.Items)
            bytes.Add((byte)(item.AsInteger() ?? 0));
        return Convert.ToBase64String([.. bytes]);
    }
}
