namespace MeshLint.Sources;

/// <summary>Many patterns, asked at once: which is the first that matches a path.</summary>
/// <remarks>
/// Patterns without wildcards are found by the path's folders, however many there are; those with wildcards are tried one by one, so that
/// whoever reads patterns bounds their number (<see cref="MaxWildcards"/>). Immutable, thread-safe.
/// </remarks>
public sealed class PathPatternSet
{
    /// <summary>As many patterns with wildcards one list may have; each is compared with each path.</summary>
    public const int MaxWildcards = 1_000;

    private readonly Dictionary<string, int> literals = new(StringComparer.Ordinal);
    private readonly List<(int Index, PathPattern Pattern)> wildcards = [];
    private readonly int matchesAll = int.MaxValue;

    /// <param name="patterns">The patterns; the first that matches counts.</param>
    public PathPatternSet(IEnumerable<PathPattern> patterns)
    {
        var index = 0;
        foreach (var pattern in patterns)
        {
            if (pattern.IsEverything)
                matchesAll = Math.Min(matchesAll, index);
            else if (pattern.HasWildcards)
                wildcards.Add((index, pattern));
            else
                literals.TryAdd(pattern.Normal, index);
            index++;
        }
    }

    /// <summary>Whether any pattern matches.</summary>
    public bool Matches(string path) => Find(path) >= 0;

    /// <summary>Position of the first pattern that matches the path or a folder above it; -1 where none does.</summary>
    public int Find(string path)
    {
        var best = matchesAll;
        if (literals.Count > 0)
        {
            var lookup = literals.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var end = path.IndexOf('/'); ; end = path.IndexOf('/', end + 1))
            {
                if (lookup.TryGetValue(end < 0 ? path : path.AsSpan(0, end), out var index))
                    best = Math.Min(best, index);
                if (end < 0)
                    break;
            }
        }

        if (wildcards.Count > 0)
        {
            var segments = path.Split('/');
            foreach (var (index, pattern) in wildcards)
            {
                if (index >= best)
                    break;
                if (pattern.Matches(segments))
                    best = index;
            }
        }

        return best == int.MaxValue ? -1 : best;
    }
}
