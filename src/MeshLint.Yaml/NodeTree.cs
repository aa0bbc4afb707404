namespace MeshLint.Yaml;

/// <summary>One node of a <see cref="NodeTree"/>, stored flat. Children follow their parent; a subtree is a run of entries.</summary>
internal struct NodeData
{
    /// <summary>Key under which the node stands in its parent mapping; null in sequences and at the root.</summary>
    public string? Key;

    /// <summary>Scalar text after unescaping; canonical "true"/"false" for booleans; null for containers and nulls.</summary>
    public string? Text;

    public int Start;
    public int End;
    public int KeyStart;
    public int KeyEnd;
    public int Parent;

    /// <summary>Number of entries in the subtree, this one included: the next sibling is at index + Size.</summary>
    public int Size;

    /// <summary>Number of direct children.</summary>
    public int Count;
    public NodeKind Kind;
    public ScalarStyle Style;

    /// <summary>Whether a later equal key took the place of this entry; only while the tree is built.</summary>
    public bool IsDead;

    /// <summary>What makes Go refuse the document if the node is part of the result.</summary>
    public NodeFault Fault;
}

/// <summary>What cannot be turned into JSON, and is refused only where it is part of the result.</summary>
internal enum NodeFault : byte
{
    None,

    /// <summary>A key that is null.</summary>
    NullKey,

    /// <summary>A key that is an integer beyond the signed 64 bits.</summary>
    UnsignedKey,

    /// <summary>A value that is infinite or no number.</summary>
    NotFinite,
}

/// <summary>The nodes of one document in one array, in document order. Immutable once built; thread-safe.</summary>
/// <remarks>A flat array costs a tenth of a tree of objects, which is what makes 100,000 documents fit into memory.</remarks>
public sealed class NodeTree
{
    private readonly NodeData[] nodes;

    internal NodeTree(SourceText source, NodeData[] nodes)
    {
        Source = source;
        this.nodes = nodes;
    }

    /// <summary>The text that the spans of the nodes refer to.</summary>
    public SourceText Source { get; }

    /// <summary>The top node; <see cref="NodeKind.Missing"/> for an empty document.</summary>
    public Node Root => nodes.Length == 0 ? default : new Node(this, 0);

    /// <summary>Number of nodes.</summary>
    public int Length => nodes.Length;

    internal ref readonly NodeData this[int index] => ref nodes[index];
}
