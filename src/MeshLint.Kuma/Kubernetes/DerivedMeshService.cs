using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>A MeshService that a Kubernetes control plane makes from a Service (docs/kuma/kubernetes.md#meshservices).</summary>
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

    /// <summary>The Pod of a headless Service's MeshService (or the workload whose template stands for it); null where no document holds the Pod.</summary>
    public KubernetesObject? Pod { get; init; }

    /// <summary>Name of that Pod, or null.</summary>
    public string? PodName { get; init; }

    /// <summary>The Pod's name, hence this one's, is unknown offline: one symbolic MeshService stands for those of all Pods of a workload.</summary>
    public bool IsSymbolic { get; init; }

    /// <summary>Virtual IPs: the cluster IP or the Pod's addresses; empty where only the cluster knows them.</summary>
    public ImmutableArray<string> Vips { get; init; } = [];

    /// <summary>Labels and annotations as stored in Kubernetes.</summary>
    public StoredMetadata Metadata { get; init; } = new(LabelSet.Empty, LabelSet.Empty);
}
