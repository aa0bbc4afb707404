using MeshLint.Kuma.Identity;

namespace MeshLint.Sources;

/// <summary>A control plane, and the first root kustomization that stands in it.</summary>
internal readonly record struct RootPlace(int Root, ControlPlane Place);

/// <summary>The control planes that files are applied to by way of kustomizations.</summary>
internal sealed class RootPlaces(Func<string, ImmutableArray<RootPlace>> find)
{
    /// <summary>
    /// More control planes than this are not told apart for one kustomization: the lists of a chain would be as long as the chain.
    /// </summary>
    public const int Most = 1_000;

    /// <summary>
    /// The control planes of the roots that apply the file, in the order of the roots; empty where no root with a control plane does.
    /// </summary>
    public ImmutableArray<RootPlace> Of(string path) => find(path);

    /// <summary>
    /// Each control plane once, with its first root, in the order of the roots. Where one list holds everything, it is shared.
    /// </summary>
    /// <param name="lists">What earlier calls gave.</param>
    /// <param name="own">What comes on top, in any order.</param>
    public static ImmutableArray<RootPlace> Merge(IEnumerable<ImmutableArray<RootPlace>> lists, List<RootPlace> own)
    {
        var distinct = lists.Where(static l => !l.IsEmpty).Distinct().ToList();
        if (own.Count == 0 && distinct.Count <= 1)
            return distinct.Count == 0 ? [] : distinct[0];
        var first = new Dictionary<ControlPlane, int>(ReferenceEqualityComparer.Instance);
        foreach (var (root, place) in distinct.SelectMany(static l => l).Concat(own))
        {
            if (!first.TryGetValue(place, out var known) || root < known)
                first[place] = root;
        }

        return [.. first.Select(static p => new RootPlace(p.Value, p.Key)).OrderBy(static p => p.Root).Take(Most)];
    }
}
