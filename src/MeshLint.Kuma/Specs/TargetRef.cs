namespace MeshLint.Kuma.Specs;

/// <summary>A <c>targetRef</c>: what it names, and where each part is written (kuma: api/common/v1alpha1/ref.go).</summary>
/// <remarks>
/// What is missing or of another type reads as absent: "", or no labels. Which of the fields count is a matter of the version and the place.
/// </remarks>
public class TargetRef
{
    private protected TargetRef(Node node)
    {
        Node = node;
        Kind = node["kind"].Word();
        Name = node["name"].Word();
        Namespace = node["namespace"].Word();
        Mesh = node["mesh"].Word();
        SectionName = node["sectionName"].Word();
        Labels = LabelSet.From(node["labels"]);
        Tags = LabelSet.From(node["tags"]);
        ProxyTypes = node["proxyTypes"] is { Count: > 0 } types ? [.. types.Items.Select(static t => t.Word())] : [];
    }

    /// <summary>Stands where there is no targetRef: everything reads as absent.</summary>
    public static TargetRef None { get; } = new(default);

    /// <summary>The mapping; missing where nothing is written.</summary>
    public Node Node { get; }

    public string Kind { get; }

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>Another mesh than the document's own, for the kinds that may name one.</summary>
    public string Mesh { get; }

    public string SectionName { get; }

    public LabelSet Labels { get; }

    /// <summary>Tags of inbounds (2.x).</summary>
    public LabelSet Tags { get; }

    /// <summary><c>Sidecar</c>, <c>Gateway</c>, as written (2.x).</summary>
    public ImmutableArray<string> ProxyTypes { get; }

    public bool Exists => Node.Exists;

    /// <summary>Where the kind is written; missing where it is not.</summary>
    public Node KindNode => Node["kind"];

    public Node NameNode => Node["name"];

    public Node NamespaceNode => Node["namespace"];

    /// <summary>The mapping of labels, of which an empty one may mean something else than a missing one.</summary>
    public Node LabelsNode => Node["labels"];

    public Node TagsNode => Node["tags"];

    public Node SectionNameNode => Node["sectionName"];

    /// <summary>Reads a targetRef; a missing one has no kind.</summary>
    public static TargetRef Read(Node node) => new(node);

    public override string ToString() => $"{Kind} '{Name}'";
}
