using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Everything that the derivation of Kubernetes control planes is computed from.</summary>
public sealed record KubernetesInput
{
    public required KumaVersion Version { get; init; }

    /// <summary>Core objects in document order. Of two with one kind, namespace and name in one control plane the later counts, as the later apply does.</summary>
    public required ImmutableArray<KubernetesObject> Objects { get; init; }

    /// <summary>
    /// The accepted Kuma resources: hand-written MeshServices and MeshZoneAddresses, and Meshes where <see cref="Meshes"/> is null. Other
    /// kinds are not looked at.
    /// </summary>
    public ImmutableArray<StoredResource> Resources { get; init; } = [];

    /// <summary>The meshes; null = those that <see cref="Resources"/> state.</summary>
    public MeshBook? Meshes { get; init; }

    /// <summary>
    /// The objects are all that the cluster holds, made by controllers included (Pods with status, ReplicaSets, Nodes), as in a dump.
    /// Then templates stand for nothing, a missing Node or ReplicaSet is an error, and a Pod without an IP has no Dataplane. Otherwise (Git)
    /// templates stand for their Pods, what a cluster adds later is unknown and taken to be fine, and Namespaces that
    /// are not declared are taken to be labelled for injection.
    /// </summary>
    public bool IsClusterDump { get; init; }
}
