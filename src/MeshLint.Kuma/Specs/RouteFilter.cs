namespace MeshLint.Kuma.Specs;

/// <summary>One filter of a rule of a MeshHTTPRoute.</summary>
public sealed class RouteFilter
{
    private RouteFilter(Node node)
    {
        Node = node;
        Type = node["type"].Word();
        Mirror = node["requestMirror"]["backendRef"] is { Exists: true } mirror ? BackendRef.Read(mirror) : null;
    }

    public Node Node { get; }

    /// <summary><c>RequestMirror</c>, <c>RequestRedirect</c>, …</summary>
    public string Type { get; }

    /// <summary><c>requestMirror.backendRef</c>, whatever the type; null where there is none.</summary>
    public BackendRef? Mirror { get; }

    internal static RouteFilter Read(Node node) => new(node);
}
