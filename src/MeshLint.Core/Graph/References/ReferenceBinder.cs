namespace MeshLint.Core.Graph.References;

/// <summary>Binds every reference of every document in each control plane where the document takes effect (mesh-graph.md §5).</summary>
internal static class ReferenceBinder
{
    /// <summary>All references, in document order.</summary>
    /// <param name="graph">The finished graph, its <see cref="MeshGraph.References"/> still empty.</param>
    public static ImmutableArray<Reference> Bind(MeshGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return [];
    }
}
