namespace MeshLint.Core.Documents;

/// <summary>Builds a <see cref="NodeTree"/> from begin/end calls in document order. Not thread-safe.</summary>
/// <param name="source">The text that the spans refer to.</param>
/// <param name="capacity">How many nodes are expected.</param>
public sealed class NodeTreeBuilder(SourceText source, int capacity = 32)
{
    private readonly Stack<int> open = new();
    private NodeData[] nodes = new NodeData[Math.Max(capacity, 4)];
    private int length;
    private string? key;
    private TextSpan keySpan;

    /// <summary>Number of nodes so far.</summary>
    public int Length => length;

    /// <summary>How many containers are open.</summary>
    public int Depth => open.Count;

    /// <summary>Sets the key of the next node in the open mapping.</summary>
    public void Key(string text, TextSpan span)
    {
        key = text;
        keySpan = span;
    }

    public void Scalar(NodeKind kind, string? text, TextSpan span, ScalarStyle style) => Add(kind, text, span, style);

    public void BeginMapping(TextSpan span) => open.Push(Add(NodeKind.Mapping, null, span, ScalarStyle.None));

    public void BeginSequence(TextSpan span) => open.Push(Add(NodeKind.Sequence, null, span, ScalarStyle.None));

    /// <summary>Closes the open container.</summary>
    /// <param name="end">Offset just past its last character, or -1 to keep the end given at the start.</param>
    public void End(int end = -1)
    {
        var index = open.Pop();
        nodes[index].Size = length - index;
        if (end >= 0)
            nodes[index].End = end;
    }

    /// <summary>Appends a copy of a subtree; spans are kept as they are.</summary>
    public void Copy(Node node)
    {
        if (node.Tree is not { } tree)
            return;
        var from = node.Index;
        var size = tree[from].Size;
        var start = Add(tree[from].Kind, tree[from].Text, node.Span, tree[from].Style);
        nodes[start].Size = size;
        nodes[start].Count = tree[from].Count;
        EnsureCapacity(length + size);
        for (var i = 1; i < size; i++)
        {
            var data = tree[from + i];
            data.Parent = data.Parent - from + start;
            nodes[length++] = data;
        }
    }

    /// <summary>The finished tree; every container must be closed.</summary>
    public NodeTree Build()
    {
        if (open.Count > 0)
            throw new InvalidOperationException("a container is still open");
        return new NodeTree(source, length == nodes.Length ? nodes : nodes.AsSpan(0, length).ToArray());
    }

    /// <summary>Copies a run of nodes built earlier (the target of an alias) as the next node.</summary>
    internal void Repeat(int from)
    {
        var size = nodes[from].Size;
        var savedKey = key;
        var savedSpan = keySpan;
        EnsureCapacity(length + size);
        var first = nodes[from];
        var start = Add(first.Kind, first.Text, new TextSpan(first.Start, first.End), first.Style, savedKey, savedSpan);
        nodes[start].Size = size;
        nodes[start].Count = first.Count;
        for (var i = 1; i < size; i++)
        {
            var data = nodes[from + i];
            data.Parent = data.Parent - from + start;
            nodes[length++] = data;
        }
    }

    internal ref readonly NodeData Peek(int index) => ref nodes[index];

    internal int OpenIndex => open.Count > 0 ? open.Peek() : -1;

    private int Add(NodeKind kind, string? text, TextSpan span, ScalarStyle style)
    {
        var index = Add(kind, text, span, style, key, keySpan);
        key = null;
        keySpan = default;
        return index;
    }

    private int Add(NodeKind kind, string? text, TextSpan span, ScalarStyle style, string? nodeKey, TextSpan nodeKeySpan)
    {
        EnsureCapacity(length + 1);
        var parent = open.Count > 0 ? open.Peek() : -1;
        if (parent >= 0)
            nodes[parent].Count++;
        nodes[length] = new NodeData
        {
            Key = nodeKey,
            Text = text,
            Start = span.Start,
            End = span.End,
            KeyStart = nodeKeySpan.Start,
            KeyEnd = nodeKeySpan.End,
            Parent = Math.Max(parent, 0),
            Size = 1,
            Kind = kind,
            Style = style,
        };
        key = null;
        keySpan = default;
        return length++;
    }

    private void EnsureCapacity(int needed)
    {
        if (needed > nodes.Length)
            Array.Resize(ref nodes, Math.Max(needed, nodes.Length * 2));
    }
}
