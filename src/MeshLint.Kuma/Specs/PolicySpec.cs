namespace MeshLint.Kuma.Specs;

/// <summary>The body of a targetRef policy.</summary>
public sealed class PolicySpec
{
    private PolicySpec(Node node)
    {
        Node = node;
        Target = TargetOf(node);
        To = ItemsOf(node["to"], "to");
        From = ItemsOf(node["from"], "from");
        Rules = ItemsOf(node["rules"], "rules");
    }

    /// <summary>The body.</summary>
    public Node Node { get; }

    /// <summary><c>targetRef</c>: the proxies that the policy applies to; a missing one means the mesh.</summary>
    public TargetRef Target { get; }

    /// <summary><c>to[]</c>: by destination, at the client.</summary>
    public ImmutableArray<PolicyItem> To { get; }

    /// <summary><c>from[]</c>: by client, at the destination (2.x).</summary>
    public ImmutableArray<PolicyItem> From { get; }

    /// <summary><c>rules[]</c>: by what a request shows, at the destination.</summary>
    public ImmutableArray<PolicyItem> Rules { get; }

    /// <summary><c>default</c>: the configuration of policies without items.</summary>
    public Node Default => Node["default"];

    /// <summary>The items of <c>to</c>, <c>from</c> and <c>rules</c>, in this order.</summary>
    public IEnumerable<PolicyItem> Items => To.Concat(From).Concat(Rules);

    public static PolicySpec Read(Node spec) => new(spec);

    /// <summary>Only the top-level targetRef of a body.</summary>
    public static TargetRef TargetOf(Node spec) => TargetRef.Read(spec["targetRef"]);

    /// <summary>The list <c>to</c> of a body as written, for its length and its place.</summary>
    public static Node ToNode(Node spec) => spec["to"];

    /// <summary>The list <c>from</c> of a body as written, for its length and its place.</summary>
    public static Node FromNode(Node spec) => spec["from"];

    /// <summary>Only the targetRefs of the items of a list of a body.</summary>
    public static IEnumerable<TargetRef> TargetsOf(Node list)
    {
        foreach (var item in list.Items)
            yield return TargetOf(item);
    }

    private static ImmutableArray<PolicyItem> ItemsOf(Node list, string name)
    {
        if (list.Count == 0 || !list.IsSequence)
            return [];
        var items = ImmutableArray.CreateBuilder<PolicyItem>(list.Count);
        foreach (var item in list.Items)
            items.Add(PolicyItem.Read(item, $"{name}[{items.Count}]"));
        return items.MoveToImmutable();
    }
}
