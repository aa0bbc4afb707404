namespace MeshLint.Yaml;

/// <summary>Builds the tree of one YAML document from its events, as go-yaml v2's decoder and sigs.k8s.io/yaml build their maps.</summary>
/// <remarks>
/// A later equal key takes the place of an earlier one. '&lt;&lt;' acts where it stands: it overwrites what came before, and what follows
/// overwrites it. The count of decoding steps and its limit for aliases are go-yaml's own (decode.go, allowedAliasRatio).
/// </remarks>
internal sealed partial class YamlAssembler
{
    private const int IndexFrom = 16;

    // The list of keys of the last document on this thread, empty again.
    [ThreadStatic]
    private static List<YamlKey>? spareKeys;

    private readonly SourceText source;
    private readonly TextSpan span;
    private readonly string text;
    private readonly YamlScanner scanner;
    private readonly YamlEventReader events;
    private readonly NodeTreeBuilder builder;
    private readonly List<DocumentProblem> problems = [];
    private readonly List<YamlKey> keys = Interlocked.Exchange(ref spareKeys, null) ?? [];
    private readonly List<YamlAnchor> anchors = [];
    private readonly YamlSteps steps = new();
    private Dictionary<string, int>? anchorNames;
    private YamlFrame[] frames = Spare<YamlFrame>.Take(16);
    private int depth;
    private int aliasNodes;
    private bool hasFault;

    public YamlAssembler(SourceText source, TextSpan span)
    {
        this.source = source;
        this.span = span;
        builder = new NodeTreeBuilder(source);
        // kubectl ends the last line where the file does not; a CR at the end is not the one that it takes away before an LF.
        var isOpen = span.Length > 0 && source.Text[span.End - 1] != '\n';
        var ending = !isOpen ? "" : source.Text[span.End - 1] == '\r' ? "\r\n" : "\n";
        text = isOpen ? string.Concat(source.Text.AsSpan(0, span.End), ending) : source.Text;
        scanner = new YamlScanner(text, span.Start, span.End + ending.Length);
        events = new YamlEventReader(scanner);
    }

    /// <summary>What was found besides the tree.</summary>
    public List<DocumentProblem> Problems => problems;

    /// <summary>Offset up to which the text was looked at.</summary>
    public int Reach { get; private set; }

    /// <summary>Gives the working arrays back; nothing can be read after it.</summary>
    public void Release()
    {
        Spare<YamlFrame>.Give(frames);
        frames = [];
        keys.Clear();
        spareKeys = keys;
        events.Release();
        scanner.Release();
    }

    /// <summary>Reads the first document of the span.</summary>
    /// <exception cref="YamlFault">go-yaml or sigs.k8s.io/yaml refuses the document, or it passes our limits.</exception>
    public NodeTree Read()
    {
        if (events.Read() == YamlEventKind.StreamEnd)
        {
            Reach = span.End;
            return builder.Build();
        }

        while (events.Read() is var kind and not YamlEventKind.DocumentEnd)
        {
            switch (kind)
            {
                case YamlEventKind.Scalar:
                    OnScalar();
                    break;
                case YamlEventKind.Alias:
                    OnAlias();
                    break;
                case YamlEventKind.SequenceStart or YamlEventKind.MappingStart:
                    OnStart(kind == YamlEventKind.MappingStart);
                    break;
                default:
                    OnEnd();
                    break;
            }
        }

        ref readonly var end = ref events.Current;
        Reach = Math.Max(scanner.Position + 1, end.Start + 4);
        ReportLostText(end.End);
        var tree = builder.Build();
        if (hasFault)
            RefuseFaults(tree);
        return tree;
    }

    private void OnScalar()
    {
        ref readonly var scalar = ref events.Current;
        if (depth > 0)
        {
            ref var frame = ref frames[depth - 1];
            if (frame.Expects == YamlExpectation.Key)
            {
                ReadKey(ref frame);
                return;
            }

            if (frame.Expects >= YamlExpectation.MergeValue)
                throw WrongMerge(SpanOf(scalar));
        }

        var kind = Resolve(out var value);
        var at = SpanOf(scalar);
        var index = builder.Length;
        builder.Scalar(kind, value, at, scalar.Style);
        if (ScalarResolver.IsNotFinite(kind, value))
        {
            builder.Fault(NodeFault.NotFinite);
            hasFault = true;
        }

        Count(1, at);
        if (scalar.Anchor is { } name)
            AddAnchor(name, new YamlAnchor { Node = index, Kind = kind, Text = value, Cost = 1 });
        Advance(at.End);
    }

    // The type and text of the scalar event.
    private NodeKind Resolve(out string? canonical)
    {
        ref readonly var scalar = ref events.Current;
        var value = events.TextOf(text);
        if (scalar.Tag is { } tag)
        {
            var kind = ScalarResolver.Resolve(tag, value, out canonical, out var fault);
            return fault is null ? kind : throw new YamlFault(SpanOf(scalar), fault);
        }

        if (scalar.IsImplicit)
            return ScalarResolver.Resolve(value, out canonical);
        canonical = scalar.Text ?? KeyPool.Get(value);
        return NodeKind.String;
    }

    private void ReadKey(ref YamlFrame frame)
    {
        ref readonly var scalar = ref events.Current;
        var at = SpanOf(scalar);
        var value = events.TextOf(text);
        if (value is "<<" && (scalar.IsImplicit || scalar.Tag == "tag:yaml.org,2002:merge"))
        {
            frame.Expects = YamlExpectation.MergeValue;
            if (scalar.Anchor is { } merge)
                AddAnchor(merge, new YamlAnchor { Node = -1, Kind = NodeKind.String, Text = "<<", Span = at, Style = scalar.Style,
                    Cost = 1 });
            return;
        }

        var kind = Resolve(out var canonical);
        Count(1, at);
        if (scalar.Anchor is { } name)
            AddAnchor(name, new YamlAnchor { Node = -1, Kind = kind, Text = canonical, Span = at, Style = scalar.Style, Cost = 1 });
        SetKey(ref frame, kind, canonical, at);
    }

    private void SetKey(ref YamlFrame frame, NodeKind kind, string? value, TextSpan at)
    {
        var key = ScalarResolver.KeyText(kind, value, out var fault);
        if (kind != NodeKind.String && fault == NodeFault.None)
        {
            var what = kind == NodeKind.Boolean ? "a boolean" : "a number";
            var become = key == text[at.Start..at.End] ? "" : $" and becomes '{key}'";
            problems.Add(new DocumentProblem(DocumentProblemKind.NonStringKey, at,
                $"key '{text[at.Start..at.End]}' is read as {what}, not as text{become}; quote it"));
        }
        else if (key.StartsWith('\uFEFF') && text[at.Start] == '\uFEFF')
        {
            problems.Add(new DocumentProblem(
                DocumentProblemKind.MarkInKey,
                at,
                $"a byte order mark before key '{key.TrimStart('\uFEFF')}' becomes part of the key"));
        }

        Replace(ref frame, key, at, isMerged: false);
        builder.Key(key, at);
        if (fault != NodeFault.None)
        {
            builder.KeyFault(fault);
            hasFault = true;
        }

        frame.Expects = YamlExpectation.Value;
    }

    // Notes a key whose value is the next node; an earlier equal key goes.
    private void Replace(ref YamlFrame frame, string key, TextSpan at, bool isMerged)
    {
        var earlier = FindKey(ref frame, key);
        var entry = new YamlKey(key, builder.Length, at, isMerged);
        if (earlier < 0)
        {
            frame.KeyIndex?.Add(key, keys.Count);
            keys.Add(entry);
            return;
        }

        if (!isMerged && !keys[earlier].IsMerged)
            problems.Add(new DocumentProblem(DocumentProblemKind.DuplicateKey, at, $"key '{key}' appears twice in this mapping",
                keys[earlier].Span));
        builder.Kill(keys[earlier].Node);
        keys[earlier] = entry;
    }

    private int FindKey(ref YamlFrame frame, string key)
    {
        if (frame.KeyIndex is null && keys.Count - frame.FirstKey >= IndexFrom)
        {
            frame.KeyIndex = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = frame.FirstKey; i < keys.Count; i++)
                frame.KeyIndex.Add(keys[i].Text, i);
        }

        if (frame.KeyIndex is { } index)
            return index.TryGetValue(key, out var found) ? found : -1;
        for (var i = frame.FirstKey; i < keys.Count; i++)
        {
            if (keys[i].Text == key)
                return i;
        }

        return -1;
    }

    private void OnStart(bool isMapping)
    {
        ref readonly var start = ref events.Current;
        var expects = depth > 0 ? frames[depth - 1].Expects : YamlExpectation.Item;
        var at = SpanOf(start);
        if (expects == YamlExpectation.Key)
            throw new YamlFault(at, $"a {(isMapping ? "mapping" : "list")} cannot be a key");
        if (expects == YamlExpectation.MergeItem && !isMapping)
            throw WrongMerge(at);
        if (depth >= DocumentReader.MaxDepth)
            throw new YamlFault(at, $"nested deeper than {DocumentReader.MaxDepth} levels", DocumentProblemKind.TooLarge);
        var isMergeList = expects == YamlExpectation.MergeValue && !isMapping;
        var frame = new YamlFrame
        {
            IsMapping = isMapping,
            IsMergeSource = expects >= YamlExpectation.MergeValue,
            IsFlow = start.IsFlow,
            Expects = isMapping ? YamlExpectation.Key : isMergeList ? YamlExpectation.MergeItem : YamlExpectation.Item,
            Node = builder.Length,
            Anchor = -1,
            StepsBefore = steps.All,
            Last = at.End,
            FirstKey = keys.Count,
            Sources = isMergeList ? [] : null,
        };
        if (start.Anchor is { } name)
            frame.Anchor = AddAnchor(name, new YamlAnchor { Node = builder.Length, IsOpen = true, Kind = isMapping ? NodeKind.Mapping
                : NodeKind.Sequence });
        if (isMapping)
            builder.BeginMapping(at);
        else
            builder.BeginSequence(at);
        // What '<<' merges is no value itself; the items of its list go with the list.
        if (expects == YamlExpectation.MergeValue)
            builder.Kill(frame.Node);
        if (depth == frames.Length)
            Array.Resize(ref frames, frames.Length * 2);
        frames[depth++] = frame;
        // The list behind '<<' is no step of its own.
        Count(isMergeList ? 0 : 1, at);
    }

    private void OnEnd()
    {
        var frame = frames[--depth];
        // A block collection ends at its last item, a flow collection with its bracket.
        var end = Math.Min(frame.IsFlow ? events.Current.Start + 1 : frame.Last, span.End);
        builder.End(end);
        if (keys.Count > frame.FirstKey)
            keys.RemoveRange(frame.FirstKey, keys.Count - frame.FirstKey);
        if (frame.Anchor >= 0)
        {
            var anchor = anchors[frame.Anchor];
            anchor.IsOpen = false;
            anchor.Cost = steps.All - frame.StepsBefore;
            anchors[frame.Anchor] = anchor;
        }

        if (frame.IsMergeSource)
            EndMergeSource(frame);
        Advance(end);
    }

    // The next thing of the open collection.
    private void Advance(int end)
    {
        if (depth == 0)
            return;
        ref var frame = ref frames[depth - 1];
        frame.Last = Math.Max(frame.Last, end);
        if (frame.IsMapping)
            frame.Expects = YamlExpectation.Key;
    }

    // The line break that ends an open last line is not in the text.
    private TextSpan SpanOf(in YamlEvent node) => new(Math.Min(node.Start, span.End), Math.Max(Math.Min(node.End, span.End), Math.Min(node.Start, span.End)));

    private void ReportLostText(int from)
    {
        if (ContentScan.FindLostText(source.Text, from, span.End) is { Length: > 0 } lost)
        {
            problems.Add(new DocumentProblem(
                DocumentProblemKind.LostText,
                lost,
                "the document above ends before this text; kubectl and kumactl read one document up to the next '---' line and drop the rest"));
        }
    }

    private static void RefuseFaults(NodeTree tree)
    {
        for (var i = 0; i < tree.Length; i++)
        {
            ref readonly var node = ref tree[i];
            var key = new TextSpan(node.KeyStart, node.KeyEnd);
            switch (node.Fault)
            {
                case NodeFault.NullKey:
                    throw new YamlFault(key, "a key cannot be null; quote it");
                case NodeFault.UnsignedKey:
                    throw new YamlFault(key, $"key '{node.Key}' is a number too large for a key; quote it");
                case NodeFault.NotFinite:
                    throw new YamlFault(new TextSpan(node.Start, node.End),
                        $"'{node.Text}' is a number that JSON does not have; quote it if it is meant as text");
            }
        }
    }
}
