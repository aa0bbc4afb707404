using MeshLint.Kuma.Topology;

namespace MeshLint.Kuma.Binding;

/// <summary>What every reference of a graph finds. Complete when made; made by <see cref="ReferenceBinder.Bind"/>.</summary>
public sealed class Bindings
{
    internal Bindings(MeshGraph graph, ImmutableArray<Reference> references)
    {
        Graph = graph;
        References = references;
        Limits =
        [
            .. graph.Views.Where(static v => v.Budget.CutLists > 0)
                .Select(static v => new GraphLimit(v.ControlPlane, v.Budget.CutLists)),
        ];
    }

    /// <summary>The graph that the references are bound in.</summary>
    public MeshGraph Graph { get; }

    /// <summary>Every reference, in document order.</summary>
    public ImmutableArray<Reference> References { get; }

    /// <summary>The control planes whose selections are not complete; empty for every repository but hostile ones.</summary>
    public ImmutableArray<GraphLimit> Limits { get; }
}
