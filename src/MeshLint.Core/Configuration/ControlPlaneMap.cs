using MeshLint.Core.Sources;

namespace MeshLint.Core.Configuration;

/// <summary>Says which control plane a file is applied to.</summary>
/// <remarks>Immutable and thread-safe. Matching costs one pass over the patterns a path; hosts ask once a file.</remarks>
public sealed class ControlPlaneMap
{
    private readonly List<Entry> bySpecificity = [];

    private ControlPlaneMap(ImmutableArray<ControlPlane> places, bool isAssumed)
    {
        // Two entries of one name are one control plane that several folders feed; the first stands for it.
        var all = new List<ControlPlane>();
        foreach (var place in places)
        {
            var known = all.Find(p => p.Role == place.Role && p.Zone == place.Zone);
            if (known is null)
                all.Add(known = place);
            var entry = new Entry(new PathPattern(place.Path), known);
            // Behind everything that is as specific: the first one wins.
            var at = bySpecificity.FindIndex(e => e.Pattern.CompareSpecificity(entry.Pattern) > 0);
            bySpecificity.Insert(at < 0 ? bySpecificity.Count : at, entry);
        }

        All = [.. all];
        IsAssumed = isAssumed;
    }

    /// <summary>Every control plane once, in the order of the configuration.</summary>
    public ImmutableArray<ControlPlane> All { get; }

    /// <summary>Nobody named a control plane: one standalone zone <c>default</c> is assumed.</summary>
    public bool IsAssumed { get; }

    /// <summary>The map of a run.</summary>
    /// <param name="options">Its control planes, if it names any.</param>
    /// <param name="anyKubernetesForm">Whether any document is written in Kubernetes form; decides the environment where nobody names one.</param>
    public static ControlPlaneMap Create(MeshLintOptions options, bool anyKubernetesForm)
    {
        var assumed = anyKubernetesForm ? ControlPlaneEnvironment.Kubernetes : ControlPlaneEnvironment.Universal;
        if (options.ControlPlanes.IsEmpty)
            return new([new ControlPlane { Environment = assumed, IsEnvironmentAssumed = true }], isAssumed: true);
        return new([.. options.ControlPlanes.Select(p => p.IsEnvironmentAssumed ? p with { Environment = assumed } : p)], isAssumed: false);
    }

    /// <summary>The control plane that a file is applied to: the most specific path wins, then the first; null where none takes it.</summary>
    public ControlPlane? Find(string path)
    {
        foreach (var entry in bySpecificity)
        {
            if (entry.Pattern.Matches(path))
                return entry.Place;
        }

        return null;
    }

    private sealed record Entry(PathPattern Pattern, ControlPlane Place);
}
