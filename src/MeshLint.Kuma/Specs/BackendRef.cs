namespace MeshLint.Kuma.Specs;

/// <summary>
/// A <c>backendRef</c>: a targetRef with port and weight. Those of routes, mirrors, outbounds and reachableBackends have this shape
/// (kuma: api/common/v1alpha1/ref.go).
/// </summary>
public sealed class BackendRef : TargetRef
{
    private BackendRef(Node node)
        : base(node)
    {
        Port = node["port"].Whole();
        HasPort = !node["port"].IsNullOrMissing;
        Weight = node["weight"].AsInteger() ?? 1;
    }

    /// <summary>The port number; null where none is written.</summary>
    public int? Port { get; }

    /// <summary>A port is written, whatever it is.</summary>
    public bool HasPort { get; }

    /// <summary>Its share; 1 where none is written.</summary>
    public long Weight { get; }

    public Node PortNode => Node["port"];

    public Node WeightNode => Node["weight"];

    /// <summary>Where the port is told: the section name, which wins, else the number.</summary>
    public Node SectionOrPortNode => SectionNameNode is { Exists: true } section ? section : PortNode;

    /// <summary>Reads a backendRef.</summary>
    public static new BackendRef Read(Node node) => new(node);

    /// <summary><c>openTelemetry.backendRef</c> of an observability backend; null where it is not a mapping.</summary>
    public static BackendRef? ReadOpenTelemetry(Node backend) =>
        backend["openTelemetry"]["backendRef"] is { IsMapping: true } node ? new(node) : null;
}
