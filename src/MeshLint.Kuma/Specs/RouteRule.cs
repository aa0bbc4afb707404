namespace MeshLint.Kuma.Specs;

/// <summary>One rule of a MeshHTTPRoute or MeshTCPRoute.</summary>
public sealed class RouteRule
{
    private RouteRule(Node node, string path)
    {
        Node = node;
        Path = path;
        var conf = node["default"];
        BackendRefs = [.. conf["backendRefs"].Items.Select(BackendRef.Read)];
        Filters = [.. conf["filters"].Items.Select(RouteFilter.Read)];
    }

    public Node Node { get; }

    /// <summary>Path below the body: <c>to[0].rules[0]</c>.</summary>
    public string Path { get; }

    /// <summary><c>matches</c>; a MeshTCPRoute has none.</summary>
    public Node Matches => Node["matches"];

    /// <summary><c>default.backendRefs[]</c>.</summary>
    public ImmutableArray<BackendRef> BackendRefs { get; }

    /// <summary><c>default.filters[]</c>.</summary>
    public ImmutableArray<RouteFilter> Filters { get; }

    /// <summary>Some filter answers with a redirect, so that no backend is asked.</summary>
    public bool Redirects => Filters.Any(static f => f.Type == "RequestRedirect");

    internal static RouteRule Read(Node node, string path) => new(node, path);
}
