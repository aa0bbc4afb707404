namespace MeshLint.Kuma.Specs;

/// <summary>The body of a Dataplane: where its parts are written. What they say, the graph's Dataplane knows.</summary>
public sealed class DataplaneSpec
{
    private DataplaneSpec(Node node)
    {
        Networking = node["networking"];
        var proxying = Networking["transparentProxying"];
        ReachableServices = proxying["reachableServices"];
        ReachableBackends = proxying["reachableBackends"];
    }

    public Node Networking { get; }

    /// <summary><c>networking.inbound</c>.</summary>
    public Node Inbounds => Networking["inbound"];

    /// <summary><c>networking.outbound</c>.</summary>
    public Node Outbounds => Networking["outbound"];

    /// <summary><c>networking.transparentProxying.reachableServices</c> (2.x).</summary>
    public Node ReachableServices { get; }

    /// <summary><c>networking.transparentProxying.reachableBackends</c>.</summary>
    public Node ReachableBackends { get; }

    public static DataplaneSpec Read(Node spec) => new(spec);
}
