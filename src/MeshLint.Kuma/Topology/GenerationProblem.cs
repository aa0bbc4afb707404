using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Topology;

/// <summary>The ordered port list that one Dataplane asks for under one name.</summary>
/// <param name="Dataplane">The Dataplane.</param>
/// <param name="Ports">Its ports, in inbound order; each port's node is the inbound.</param>
public sealed record PortCandidate(Dataplane Dataplane, ImmutableArray<MeshServicePort> Ports);

/// <summary>
/// Dataplanes of one generated MeshService disagree on its ordered port list (docs/kuma/mesh-services.md#port-conflicts). Only the first
/// one's list counts; all stay selected.
/// </summary>
/// <param name="Service">The generated MeshService.</param>
/// <param name="Winner">The candidate whose ports count: the oldest, which document order stands for.</param>
/// <param name="Losers">Those that differ, in creation order; their own port lists may differ from each other.</param>
public sealed record PortConflict(Destination Service, PortCandidate Winner, ImmutableArray<PortCandidate> Losers);

/// <summary>Why a name gives no generated MeshService.</summary>
public enum SkippedNameReason
{
    /// <summary>Not a name that the version takes (docs/kuma/mesh-services.md#generated-names).</summary>
    InvalidName,

    /// <summary>Somebody wrote a MeshService of that name (docs/kuma/mesh-services.md#blocked-generation).</summary>
    DeclaredExists,

    /// <summary>3.0: an inbound's protocol is none that a MeshService may have, so the control plane refuses its own creation.</summary>
    InvalidProtocol,
}

/// <summary>A value of <c>kuma.io/service</c> (or <c>kuma.io/workload</c>) that gives no MeshService.</summary>
/// <param name="Place">The zone.</param>
/// <param name="Mesh">The mesh.</param>
/// <param name="Name">The value.</param>
/// <param name="Key">The tag or label key that holds it.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Dataplanes">The Dataplanes that name it, in creation order.</param>
/// <param name="Declared">The MeshService in the way, for <see cref="SkippedNameReason.DeclaredExists"/>.</param>
public sealed record SkippedName(
    ControlPlane Place, string Mesh, string Name, string Key, SkippedNameReason Reason, ImmutableArray<Dataplane> Dataplanes, Destination? Declared);

/// <summary>Two documents with one key: the later apply overwrites the earlier (docs/kuma/documents.md#identity).</summary>
public sealed record Overwrite(StoredResource Earlier, StoredResource Later);
