using MeshLint.Core.Sources;

namespace MeshLint.Core.Configuration;

/// <summary>Says which control plane a file is applied to.</summary>
/// <remarks>Immutable and thread-safe. Matching costs one pass over the patterns a path; hosts ask once a file.</remarks>
public sealed class ControlPlaneMap
{
    private readonly ImmutableArray<(PathPattern Pattern, ControlPlane Place)> bySpecificity;

    private ControlPlaneMap(ImmutableArray<ControlPlane> places, bool isAssumed)
    {
        // Two entries of one name are one control plane that several folders feed; the first stands for it.
        All = [.. places.DistinctBy(p => (p.Role, p.Zone))];
        IsAssumed = isAssumed;
        bySpecificity =
        [
            .. places.Select(p => (Pattern: new PathPattern(p.Path), Place: All.First(a => a.Role == p.Role && a.Zone == p.Zone)))
                .OrderBy(p => p.Pattern, Comparer<PathPattern>.Default),
        ];
    }

    /// <summary>Every control plane once, in the order of the configuration.</summary>
    public ImmutableArray<ControlPlane> All { get; }

    /// <summary>Nobody named a control plane: one standalone zone <c>default</c> is assumed.</summary>
    public bool IsAssumed { get; }

    /// <summary>The map of a run.</summary>
    /// <param name="options">Its control planes, if it names any.</param>
    /// <param name="anyKubernetesForm">Whether any document is written in Kubernetes form; decides the assumed environment.</param>
    public static ControlPlaneMap Create(MeshLintOptions options, bool anyKubernetesForm) => options.ControlPlanes.IsEmpty
        ? new([new ControlPlane { Environment = anyKubernetesForm ? ControlPlaneEnvironment.Kubernetes : ControlPlaneEnvironment.Universal }], isAssumed: true)
        : new(options.ControlPlanes, isAssumed: false);

    /// <summary>The control plane that a file is applied to: the most specific path wins, then the first; null where none takes it.</summary>
    public ControlPlane? Find(string path)
    {
        foreach (var (pattern, place) in bySpecificity)
        {
            if (pattern.Matches(path))
                return place;
        }

        return null;
    }
}
