using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>Everything that the graph is computed from. Nothing else (no file, no clock) plays a part.</summary>
public sealed record GraphInput
{
    /// <summary>The Kuma line that all control planes run.</summary>
    public required KumaVersion Version { get; init; }

    /// <summary>The control planes that the repository feeds. Several entries of one zone (two folders) are one control plane.</summary>
    public required ImmutableArray<ControlPlane> ControlPlanes { get; init; }

    /// <summary>The accepted resources in document order, which stands for creation time.</summary>
    public required ImmutableArray<StoredResource> Resources { get; init; }

    /// <summary>The meshes; null = those that <see cref="Resources"/> state.</summary>
    public MeshBook? Meshes { get; init; }

    /// <summary>Dataplanes that Kubernetes control planes derive from workloads and Pods.</summary>
    public ImmutableArray<Dataplane> DerivedDataplanes { get; init; } = [];

    /// <summary>Kubernetes Secrets whose type makes them Kuma's; references may name them.</summary>
    public ImmutableArray<KubernetesObject> KubernetesSecrets { get; init; } = [];

    /// <summary>MeshServices that Kubernetes control planes make from Services.</summary>
    public ImmutableArray<DerivedMeshService> DerivedMeshServices { get; init; } = [];

    /// <summary>What else Kubernetes control planes derive; Workloads, zone proxies and MeshZoneAddresses are taken from it.</summary>
    public ImmutableArray<ControlPlaneDerivation> Derivations { get; init; } = [];
}
