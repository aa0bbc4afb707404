using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MeshLint.Yaml;

/// <summary>A view of one node of a document: a mapping, a sequence, a scalar, or nothing.</summary>
/// <remarks>
/// Looking up what is not there gives <see cref="NodeKind.Missing"/>, never null or an exception, so lookups chain:
/// <c>root["spec"]["to"][0]</c>. The default value is a missing node.
/// </remarks>
[DebuggerDisplay("{DebugText,nq}")]
public readonly struct Node : IEquatable<Node>
{
    private readonly NodeTree? tree;
    private readonly int index;

    internal Node(NodeTree tree, int index)
    {
        this.tree = tree;
        this.index = index;
    }

    internal NodeTree? Tree => tree;

    internal int Index => index;

    public NodeKind Kind => tree is null ? NodeKind.Missing : tree[index].Kind;

    /// <summary>Something is written here, be it <c>null</c>.</summary>
    public bool Exists => tree is not null;

    /// <summary>Nothing is written here, or <c>null</c>.</summary>
    public bool IsNullOrMissing => Kind is NodeKind.Missing or NodeKind.Null;

    public bool IsMapping => Kind == NodeKind.Mapping;

    public bool IsSequence => Kind == NodeKind.Sequence;

    public bool IsString => Kind == NodeKind.String;

    public bool IsScalar => Kind is >= NodeKind.Null and <= NodeKind.String;

    /// <summary>Number of entries or items; 0 for anything else.</summary>
    public int Count => tree is null ? 0 : tree[index].Count;

    /// <summary>Number of nodes in the subtree, this one included; 0 for a missing node.</summary>
    internal int Size => tree is null ? 0 : tree[index].Size;

    /// <summary>The text a scalar stands for, unescaped, whatever its type; null for containers, <c>null</c> and nothing.</summary>
    public string? Text => tree is null ? null : tree[index].Text;

    /// <summary>The key under which the node stands in its parent mapping, else null.</summary>
    public string? Key => tree is null ? null : tree[index].Key;

    public ScalarStyle Style => tree is null ? ScalarStyle.None : tree[index].Style;

    /// <summary>Where the value is written. A value that a default supplied has the span of its parent.</summary>
    public TextSpan Span => tree is null ? default : new TextSpan(tree[index].Start, tree[index].End);

    /// <summary>Where the key is written; the value's span where there is no key.</summary>
    public TextSpan KeySpan
    {
        get
        {
            if (tree is null)
                return default;
            ref readonly var data = ref tree[index];
            return data.KeyEnd > data.KeyStart ? new TextSpan(data.KeyStart, data.KeyEnd) : new TextSpan(data.Start, data.End);
        }
    }

    /// <summary>The text that <see cref="Span"/> refers to; null for a missing node.</summary>
    public SourceText? Source => tree?.Source;

    /// <summary>The containing mapping or sequence; missing at the root.</summary>
    public Node Parent => tree is null || index == 0 ? default : new Node(tree, tree[index].Parent);

    /// <summary>The value under a key, or missing. Where a key is repeated the last one counts, as in the control plane.</summary>
    public Node this[string key]
    {
        get
        {
            if (tree is null || tree[index].Kind != NodeKind.Mapping)
                return default;
            var result = default(Node);
            var count = tree[index].Count;
            var child = index + 1;
            for (var i = 0; i < count; i++)
            {
                ref readonly var data = ref tree[child];
                if (data.Key == key)
                    result = new Node(tree, child);
                child += data.Size;
            }

            return result;
        }
    }

    /// <summary>The item at a position, or missing.</summary>
    public Node this[int position]
    {
        get
        {
            if (tree is null || tree[index].Kind != NodeKind.Sequence || position < 0 || position >= tree[index].Count)
                return default;
            var child = index + 1;
            for (var i = 0; i < position; i++)
                child += tree[child].Size;
            return new Node(tree, child);
        }
    }

    /// <summary>The items of a sequence or the values of a mapping, in order; empty for anything else.</summary>
    public ChildList Children => new(this);

    /// <summary>The items of a sequence; empty for anything else.</summary>
    public ChildList Items => IsSequence ? new ChildList(this) : default;

    /// <summary>The values of a mapping, each with its <see cref="Key"/>; empty for anything else.</summary>
    public ChildList Entries => IsMapping ? new ChildList(this) : default;

    /// <summary>The values of a mapping, of a repeated key only the last one; empty for anything else.</summary>
    public IEnumerable<Node> UniqueEntries
    {
        get
        {
            if (Count < 2)
                return Entries;
            var last = new Dictionary<string, Node>(Count, StringComparer.Ordinal);
            foreach (var entry in Entries)
                last[entry.Key ?? ""] = entry;
            return last.Count == Count ? Entries : Entries.Where(e => last[e.Key ?? ""] == e);
        }
    }

    /// <summary>The string of a string scalar, else null.</summary>
    public string? AsString() => Kind == NodeKind.String ? Text : null;

    /// <summary>The value of an integer scalar (or a float without fraction), else null.</summary>
    public long? AsInteger()
    {
        switch (Kind)
        {
            case NodeKind.Integer when long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value):
                return value;
            case NodeKind.Float or NodeKind.Integer when AsNumber() is { } number && Math.Floor(number) == number
                && Math.Abs(number) < 9e18:
                return (long)number;
            default:
                return null;
        }
    }

    /// <summary>The value of a number, else null.</summary>
    public double? AsNumber() =>
        Kind is NodeKind.Integer or NodeKind.Float && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture,
            out var value) ? value : null;

    /// <summary>The value of a boolean, else null.</summary>
    public bool? AsBoolean() => Kind == NodeKind.Boolean ? Text == "true" : null;

    /// <summary>The node's path from the root as the control plane writes it: <c>spec.to[0].targetRef</c>. Empty at the root.</summary>
    public string GetPath() => GetPath(default);

    /// <summary>The node's path from one of its ancestors, such as the resource in a <c>List</c>; missing = the root of the tree.</summary>
    public string GetPath(Node ancestor)
    {
        if (tree is null || index == ancestor.index)
            return "";
        var builder = new StringBuilder();
        AppendPath(tree, index, ancestor.index, builder);
        return builder.ToString();
    }

    private static void AppendPath(NodeTree tree, int index, int root, StringBuilder builder)
    {
        if (index == root)
            return;
        ref readonly var data = ref tree[index];
        AppendPath(tree, data.Parent, root, builder);
        if (data.Key is { } key)
        {
            if (builder.Length > 0)
                builder.Append('.');
            builder.Append(key);
            return;
        }

        var position = 0;
        for (var sibling = data.Parent + 1; sibling < index; sibling += tree[sibling].Size)
            position++;
        builder.Append('[').Append(position.ToString(CultureInfo.InvariantCulture)).Append(']');
    }

    public bool Equals(Node other) => ReferenceEquals(tree, other.tree) && index == other.index;

    public override bool Equals(object? obj) => obj is Node other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(tree, index);

    public static bool operator ==(Node left, Node right) => left.Equals(right);

    public static bool operator !=(Node left, Node right) => !left.Equals(right);

    private string DebugText => $"{Kind} {GetPath()} {Text}";

    /// <summary>The children of a node, enumerated without allocation.</summary>
    public readonly struct ChildList(Node parent) : IEnumerable<Node>
    {
        public int Count => parent.Count;

        public Enumerator GetEnumerator() => new(parent);

        IEnumerator<Node> IEnumerable<Node>.GetEnumerator() => GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Walks the children in order.</summary>
    public struct Enumerator : IEnumerator<Node>
    {
        private readonly NodeTree? tree;
        private readonly int count;
        private int position;
        private int child;

        internal Enumerator(Node parent)
        {
            tree = parent.tree;
            count = parent.Count;
            position = -1;
            child = parent.index + 1;
        }

        public readonly Node Current => tree is null ? default : new Node(tree, child);

        readonly object System.Collections.IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (tree is null || ++position >= count)
                return false;
            if (position > 0)
                child += tree[child].Size;
            return true;
        }

        public void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
