namespace MeshLint.Yaml;

/// <summary>Builds a <see cref="NodeTree"/> from begin/end calls in document order. Not thread-safe.</summary>
/// <param name="source">The text that the spans refer to.</param>
/// <param name="capacity">How many nodes are expected.</param>
public sealed class NodeTreeBuilder(SourceText source, int capacity = 32)
{
    private readonly Stack<int> open = new();
    private NodeData[] nodes = Spare<NodeData>.Take(Math.Max(capacity, 4));
    private int length;
    private string? key;
    private TextSpan keySpan;
    private NodeFault keyFault;
    private bool hasDead;

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

    /// <summary>The finished tree; every container must be closed. Nothing can be added after it.</summary>
    public NodeTree Build()
    {
        if (open.Count > 0)
            throw new InvalidOperationException("a container is still open");
        if (hasDead)
            RemoveDead();
        var tree = new NodeTree(source, nodes.AsSpan(0, length).ToArray());
        // The texts belong to the tree alone.
        Array.Clear(nodes, 0, length);
        Spare<NodeData>.Give(nodes);
        nodes = [];
        return tree;
    }

    /// <summary>Copies a run of nodes built earlier (the target of an alias) as the next node.</summary>
    internal void Repeat(int from)
    {
        var size = nodes[from].Size;
        var fault = keyFault;
        EnsureCapacity(length + size);
        var first = nodes[from];
        var start = Add(first.Kind, first.Text, new TextSpan(first.Start, first.End), first.Style);
        nodes[start].Size = size;
        nodes[start].Count = first.Count;
        nodes[start].Fault = fault == NodeFault.None && first.Fault == NodeFault.NotFinite ? first.Fault : fault;
        for (var i = 1; i < size; i++)
        {
            var data = nodes[from + i];
            data.Parent = data.Parent - from + start;
            nodes[length++] = data;
        }
    }

    /// <summary>Leaves a finished node out of the tree in the end.</summary>
    internal void Kill(int index)
    {
        nodes[index].IsDead = true;
        hasDead = true;
    }

    /// <summary>Sets what is wrong with the next node's key.</summary>
    internal void KeyFault(NodeFault fault) => keyFault = fault;

    /// <summary>Sets what is wrong with the node added last.</summary>
    internal void Fault(NodeFault fault) => nodes[length - 1].Fault = nodes[length - 1].Fault == NodeFault.None ? fault
        : nodes[length - 1].Fault;

    // One pass over all nodes: positions move, so parents, sizes and counts are made anew.
    private void RemoveDead()
    {
        var moved = new int[length];
        var kept = 0;
        for (var i = 0; i < length;)
        {
            if (nodes[i].IsDead)
            {
                i += nodes[i].Size;
                continue;
            }

            moved[i] = kept;
            var data = nodes[i];
            data.Parent = i == 0 ? 0 : moved[data.Parent];
            data.Size = 1;
            data.Count = 0;
            nodes[kept++] = data;
            i++;
        }

        length = kept;
        for (var i = length - 1; i > 0; i--)
        {
            nodes[nodes[i].Parent].Size += nodes[i].Size;
            nodes[nodes[i].Parent].Count++;
        }
    }

    internal ref readonly NodeData Peek(int index) => ref nodes[index];

    internal int OpenIndex => open.Count > 0 ? open.Peek() : -1;

    private int Add(NodeKind kind, string? text, TextSpan span, ScalarStyle style)
    {
        EnsureCapacity(length + 1);
        var parent = open.Count > 0 ? open.Peek() : -1;
        if (parent >= 0)
            nodes[parent].Count++;
        nodes[length] = new NodeData
        {
            Key = key,
            Text = text,
            Start = span.Start,
            End = span.End,
            KeyStart = keySpan.Start,
            KeyEnd = keySpan.End,
            Parent = Math.Max(parent, 0),
            Size = 1,
            Kind = kind,
            Style = style,
            Fault = keyFault,
        };
        key = null;
        keySpan = default;
        keyFault = NodeFault.None;
        return length++;
    }

    private void EnsureCapacity(int needed)
    {
        if (needed > nodes.Length)
            Array.Resize(ref nodes, Math.Max(needed, nodes.Length * 2));
    }
}
