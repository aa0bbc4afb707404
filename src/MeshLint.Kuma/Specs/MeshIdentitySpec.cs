namespace MeshLint.Kuma.Specs;

/// <summary>The body of a MeshIdentity.</summary>
public sealed class MeshIdentitySpec
{
    private MeshIdentitySpec(Node node)
    {
        Selector = node["selector"]["dataplane"];
        Labels = LabelSet.From(Selector["matchLabels"]);
        Provider = node["provider"];
        TrustDomain = node["spiffeID"]["trustDomain"];
        IdentityPath = node["spiffeID"]["path"];
    }

    /// <summary><c>selector.dataplane</c>; one that is missing selects nothing.</summary>
    public Node Selector { get; }

    /// <summary>Its <c>matchLabels</c>; none select all.</summary>
    public LabelSet Labels { get; }

    /// <summary><c>provider</c>, with the secrets that it names.</summary>
    public Node Provider { get; }

    /// <summary><c>spiffeID.trustDomain</c>, a template.</summary>
    public Node TrustDomain { get; }

    /// <summary><c>spiffeID.path</c>, a template.</summary>
    public Node IdentityPath { get; }

    public static MeshIdentitySpec Read(Node spec) => new(spec);
}
