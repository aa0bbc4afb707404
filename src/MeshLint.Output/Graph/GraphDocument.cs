using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Meshes;
using MeshLint.Kuma.Topology;

namespace MeshLint.Output.Graph;

/// <summary>The graph as its outputs show it: one model for graph.json, the HTML page, Graphviz and Mermaid.</summary>
/// <remarks>
/// Everything is sorted, so that it depends on the documents alone; the place of each part in the graph (document order) is its index.
/// </remarks>
public sealed class GraphDocument
{
    private GraphDocument(Bindings bindings)
    {
        var graph = bindings.Graph;
        Version = graph.Version;
        ControlPlanes = graph.Views;
        Meshes = [.. graph.Meshes.OrderBy(static m => m.Name, StringComparer.Ordinal).ThenBy(static m => m.Home.Name, StringComparer.Ordinal)];
        MeshesAsDeclared = graph.Meshes;
        Dataplanes = [.. Sort(graph.Dataplanes.Select(static (d, i) => new GraphDataplane(d, i)))];
        Services = [.. Sort(graph.Destinations.Select(static (d, i) => new GraphService(d, i)))];
        Workloads =
        [
            .. graph.Workloads.OrderBy(static w => w.Mesh, StringComparer.Ordinal)
                .ThenBy(static w => w.Home.Name, StringComparer.Ordinal).ThenBy(static w => w.Name, StringComparer.Ordinal),
        ];
        References = [.. Sort(bindings.References.Select(static (r, i) => new GraphReference(r, GraphReference.LocationOf(r), i)))];
    }

    /// <summary>The Kuma line.</summary>
    public KumaVersion Version { get; }

    /// <summary>The control planes, in the order of the configuration.</summary>
    public ImmutableArray<ZoneView> ControlPlanes { get; }

    /// <summary>The meshes, by name and control plane.</summary>
    public ImmutableArray<MeshInfo> Meshes { get; }

    /// <summary>The meshes in the order of the graph.</summary>
    public ImmutableArray<MeshInfo> MeshesAsDeclared { get; }

    /// <summary>The Dataplanes, by mesh, control plane, namespace and name.</summary>
    public ImmutableArray<GraphDataplane> Dataplanes { get; }

    /// <summary>The services, by mesh, kind, control plane, namespace and name.</summary>
    public ImmutableArray<GraphService> Services { get; }

    /// <summary>The Workloads, by mesh, control plane and name.</summary>
    public ImmutableArray<Workload> Workloads { get; }

    /// <summary>The references, by file, position and what they come from.</summary>
    public ImmutableArray<GraphReference> References { get; }

    /// <summary>The model of a graph.</summary>
    public static GraphDocument Of(Bindings bindings)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        return new GraphDocument(bindings);
    }

    private static IEnumerable<GraphDataplane> Sort(IEnumerable<GraphDataplane> dataplanes) => dataplanes
        .OrderBy(static d => d.Dataplane.Mesh, StringComparer.Ordinal).ThenBy(static d => d.Dataplane.Place.Name, StringComparer.Ordinal)
        .ThenBy(static d => d.Dataplane.Namespace, StringComparer.Ordinal)
        .ThenBy(static d => d.Dataplane.CoreName, StringComparer.Ordinal).ThenBy(static d => d.Dataplane.Order);

    private static IEnumerable<GraphService> Sort(IEnumerable<GraphService> services) => services
        .OrderBy(static s => s.Destination.Mesh, StringComparer.Ordinal).ThenBy(static s => s.Destination.KindName, StringComparer.Ordinal)
        .ThenBy(static s => s.Destination.Home.Name, StringComparer.Ordinal)
        .ThenBy(static s => s.Destination.Namespace, StringComparer.Ordinal)
        .ThenBy(static s => s.Destination.CoreName, StringComparer.Ordinal).ThenBy(static s => s.Destination.Order);

    private static IEnumerable<GraphReference> Sort(IEnumerable<GraphReference> references) => references
        .OrderBy(static r => r.Location.Source.Path, StringComparer.Ordinal).ThenBy(static r => r.Location.Span.Start)
        .ThenBy(static r => r.Reference.FromKind, StringComparer.Ordinal).ThenBy(static r => r.Reference.FromName, StringComparer.Ordinal)
        .ThenBy(static r => r.Reference.Path, StringComparer.Ordinal);
}
