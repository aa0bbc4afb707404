
namespace MeshLint.Sources;

/// <summary>Says which control plane a file is applied to.</summary>
/// <remarks>
/// Immutable and thread-safe. Matching costs a lookup for each folder of the path, and one pass over the patterns with wildcards.
/// </remarks>
public sealed class ControlPlaneMap
{
    private readonly PathPatternSet patterns;
    private readonly ImmutableArray<ControlPlane> bySpecificity;

    private ControlPlaneMap(ImmutableArray<ControlPlane> places, bool isAssumed)
    {
        // Two entries of one name are one control plane that several folders feed; the first stands for it.
        var all = ImmutableArray.CreateBuilder<ControlPlane>();
        var known = new Dictionary<(ControlPlaneRole Role, string Zone), ControlPlane>();
        var entries = new List<(PathPattern Pattern, ControlPlane Place)>(places.Length);
        foreach (var place in places)
        {
            if (!known.TryGetValue((place.Role, place.Zone), out var first))
            {
                all.Add(place);
                known[(place.Role, place.Zone)] = first = place;
            }

            entries.Add((new PathPattern(place.Path), first));
        }

        // The sort is stable: of equally specific ones the first wins.
        entries = [.. entries.OrderByDescending(static e => e.Pattern.Specificity)];
        patterns = new PathPatternSet(entries.ConvertAll(static e => e.Pattern));
        bySpecificity = [.. entries.Select(static e => e.Place)];
        All = all.DrainToImmutable();
        IsAssumed = isAssumed;
    }

    /// <summary>Every control plane once, in the order of the configuration.</summary>
    public ImmutableArray<ControlPlane> All { get; }

    /// <summary>Nobody named a control plane: one standalone zone <c>default</c> is assumed.</summary>
    public bool IsAssumed { get; }

    /// <summary>The map of a run.</summary>
    /// <param name="configured">The control planes that the configuration names; empty where it names none.</param>
    /// <param name="anyKubernetesForm">Whether any document is written in Kubernetes form; decides the environment where nobody names
    /// one.</param>
    public static ControlPlaneMap Create(ImmutableArray<ControlPlane> configured, bool anyKubernetesForm)
    {
        var assumed = anyKubernetesForm ? ControlPlaneEnvironment.Kubernetes : ControlPlaneEnvironment.Universal;
        if (configured.IsEmpty)
            return new([new ControlPlane { Environment = assumed, IsEnvironmentAssumed = true }], isAssumed: true);
        return new([.. configured.Select(p => p.IsEnvironmentAssumed ? p with { Environment = assumed } : p)], isAssumed: false);
    }

    /// <summary>
    /// The control plane that a file is applied to: the most specific path wins, then the first; null where none takes it.
    /// </summary>
    public ControlPlane? Find(string path) => patterns.Find(path) is >= 0 and var at ? bySpecificity[at] : null;
}
