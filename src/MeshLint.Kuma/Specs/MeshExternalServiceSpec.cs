namespace MeshLint.Kuma.Specs;

/// <summary>The body of a MeshExternalService.</summary>
public sealed class MeshExternalServiceSpec
{
    private MeshExternalServiceSpec(Node node)
    {
        ProtocolNode = node["match"]["protocol"];
        Protocol = ProtocolNode.Word();
        Tls = node["tls"];
        EndpointPorts = [.. node["endpoints"].Items.Select(static e => e["port"])];
    }

    /// <summary><c>match.protocol</c>, or "".</summary>
    public string Protocol { get; }

    public Node ProtocolNode { get; }

    /// <summary><c>tls</c>, with the secrets that it names.</summary>
    public Node Tls { get; }

    public bool IsTls => Tls["enabled"].AsBoolean() == true;

    /// <summary><c>endpoints[].port</c>; missing at an endpoint without port (a socket).</summary>
    public ImmutableArray<Node> EndpointPorts { get; }

    public static MeshExternalServiceSpec Read(Node spec) => new(spec);
}
