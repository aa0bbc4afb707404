namespace MeshLint.Kuma.Specs;

/// <summary>One item of <c>to</c>, <c>from</c> or <c>rules</c> of a policy.</summary>
public sealed class PolicyItem
{
    private PolicyItem(Node node, string path)
    {
        Node = node;
        Path = path;
        Target = PolicySpec.TargetOf(node);
        Routes = RoutesOf(node["rules"], path);
    }

    public Node Node { get; }

    /// <summary>Path below the body: <c>to[0]</c>.</summary>
    public string Path { get; }

    /// <summary><c>targetRef</c>; items of <c>rules</c> have none.</summary>
    public TargetRef Target { get; }

    /// <summary><c>default</c>: the configuration.</summary>
    public Node Default => Node["default"];

    /// <summary><c>matches</c>: what an inbound rule looks at.</summary>
    public Node Matches => Node["matches"];

    /// <summary><c>rules[]</c> of an item of a route.</summary>
    public ImmutableArray<RouteRule> Routes { get; }

    internal static PolicyItem Read(Node node, string path) => new(node, path);

    private static ImmutableArray<RouteRule> RoutesOf(Node list, string path)
    {
        if (list.Count == 0 || !list.IsSequence)
            return [];
        var rules = ImmutableArray.CreateBuilder<RouteRule>(list.Count);
        foreach (var rule in list.Items)
            rules.Add(RouteRule.Read(rule, $"{path}.rules[{rules.Count}]"));
        return rules.MoveToImmutable();
    }
}
