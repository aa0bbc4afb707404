using MeshLint.Core.Graph;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Kubernetes;

/// <summary>A MeshService that a Kubernetes control plane makes from a Service (mesh-graph.md §3.7).</summary>
public sealed class DerivedMeshService
{
    public required string Mesh { get; init; }

    public required string Name { get; init; }

    public required string Namespace { get; init; }

    /// <summary>All labels, those that the webhook computes and the display name included.</summary>
    public required LabelSet Labels { get; init; }

    public required MeshServiceSelector Selector { get; init; }

    public required ImmutableArray<MeshServicePort> Ports { get; init; }

    /// <summary>The Service.</summary>
    public required KubernetesObject Service { get; init; }

    /// <summary>The Pod of a headless Service's MeshService.</summary>
    public KubernetesObject? Pod { get; init; }
}
