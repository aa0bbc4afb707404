using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Meshes;

/// <summary>
/// One mesh of one deployment (a standalone zone, or a Global with its zones), as its control planes have it. Made once from the Meshes that
/// are accepted; admission, the derivation of Kubernetes objects and the graph ask the same value.
/// </summary>
public sealed record MeshInfo
{
    public required string Name { get; init; }

    /// <summary>The control plane where the Mesh is written: the Global, or the standalone zone.</summary>
    public required ControlPlane Home { get; init; }

    /// <summary>The mode in effect: what is written on 2.x (absent = Disabled), always Exclusive in 3.0.</summary>
    public required MeshServicesMode Mode { get; init; }

    /// <summary>2.x: <c>mtls.enabledBackend</c> names a backend that exists. False in 3.0, where a Mesh has no mTLS.</summary>
    public required bool HasMtls { get; init; }

    /// <summary>2.x: <c>routing.zoneEgress</c>.</summary>
    public bool RoutesThroughZoneEgress { get; init; }

    /// <summary>2.x: <c>routing.localityAwareLoadBalancing</c>; legacy services then prefer the own zone.</summary>
    public bool IsLocalityAware { get; init; }

    /// <summary>2.x: <c>constraints.dataplaneProxy</c>, which Dataplanes may join; missing where none is written, and in 3.0.</summary>
    public Node Constraints { get; init; }

    /// <summary>The Mesh documents; empty where the mesh is only named by others (or is the <c>default</c> one that a control plane makes). The last one counts.</summary>
    public ImmutableArray<StoredResource> Documents { get; init; } = [];

    /// <summary>Whether a document states the mesh.</summary>
    public bool IsDeclared => !Documents.IsEmpty;

    /// <summary>The document in effect, or null.</summary>
    public StoredResource? Document => Documents.IsEmpty ? null : Documents[^1];

    /// <summary>Only MeshServices and their like are served; <c>kuma.io/service</c> names have no outbound any more.</summary>
    public bool IsExclusive => Mode == MeshServicesMode.Exclusive;

    /// <summary>
    /// The mode taken for a mesh that exists but that no document states (the <c>default</c> one, or one of a Global elsewhere): 2.x
    /// Everywhere, where both the old and the new names work, so that nothing is called missing on a guess.
    /// </summary>
    public static MeshServicesMode AssumedMode(KumaVersion version) =>
        version.Behaviour.AlwaysExclusive ? MeshServicesMode.Exclusive : MeshServicesMode.Everywhere;

    public override string ToString() => $"Mesh {Name}";
}
