using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Topology;

/// <summary>What the control planes of a repository would make of it: Dataplanes, destinations, hostnames and endpoints, per control plane.</summary>
/// <remarks>Every list is in document order (creation order) unless it says otherwise. Outcomes that hang on creation time say so.</remarks>
public sealed class MeshGraph
{
    private readonly Dictionary<(bool IsGlobal, string Zone), ZoneView> byPlace;

    internal MeshGraph(KumaVersion version, ImmutableArray<ZoneView> views)
    {
        Version = version;
        Views = views;
        byPlace = new(views.Length);
        foreach (var view in views)
            byPlace[KeyOf(view.ControlPlane)] = view;
    }

    public KumaVersion Version { get; }

    /// <summary>One per control plane: in the order of the configuration, an implied Global last.</summary>
    public ImmutableArray<ZoneView> Views { get; }

    /// <summary>The meshes, by name, then by home.</summary>
    public required ImmutableArray<MeshInfo> Meshes { get; init; }

    /// <summary>The Dataplanes of all zones, each once.</summary>
    public required ImmutableArray<Dataplane> Dataplanes { get; init; }

    /// <summary>The destinations, each once, where it is born.</summary>
    public required ImmutableArray<Destination> Destinations { get; init; }

    /// <summary>The Workloads of all zones (2.13 and later).</summary>
    public ImmutableArray<Workload> Workloads { get; init; } = [];

    /// <summary>Generated MeshServices whose Dataplanes disagree.</summary>
    public ImmutableArray<PortConflict> PortConflicts { get; init; } = [];

    /// <summary>Names that give no generated MeshService.</summary>
    public ImmutableArray<SkippedName> SkippedNames { get; init; } = [];

    /// <summary>Documents that overwrite an earlier one of the same key.</summary>
    public ImmutableArray<Overwrite> Overwrites { get; init; } = [];

    /// <summary>Kubernetes Secrets whose type makes them Kuma's, in document order.</summary>
    public ImmutableArray<KubernetesObject> KubernetesSecrets { get; init; } = [];

    /// <summary>The view of the control plane that a place belongs to.</summary>
    public ZoneView ViewOf(ControlPlane place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return byPlace[KeyOf(place)];
    }

    /// <summary>What makes two configured places one control plane: both are the Global, or both are the zone of that name.</summary>
    internal static (bool IsGlobal, string Zone) KeyOf(ControlPlane place) => (place.IsGlobal, place.IsGlobal ? "" : place.Zone);
}
