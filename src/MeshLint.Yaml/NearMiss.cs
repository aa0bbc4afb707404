namespace MeshLint.Yaml;

/// <summary>Finds the candidate a person most likely meant.</summary>
public static class NearMiss
{
    /// <summary>The closest candidate within a third of the word's length, or null. Ties go to the ordinally smallest.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var limit = Math.Max(1, word.Length / 3);
        var bestDistance = limit + 1;
        foreach (var candidate in candidates)
        {
            if (candidate == word || Math.Abs(candidate.Length - word.Length) > limit)
                continue;
            var distance = string.Equals(candidate, word, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(word, candidate, limit);
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>Optimal string alignment distance, given up (limit + 1) as soon as it must exceed the limit.</summary>
    internal static int Distance(string a, string b, int limit)
    {
        Span<int> beforePrevious = stackalloc int[b.Length + 1 <= 128 ? b.Length + 1 : 0];
        if (b.Length + 1 > 128)
            return limit + 1;
        Span<int> previous = stackalloc int[b.Length + 1];
        Span<int> current = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            var rowBest = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                var value = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    value = Math.Min(value, beforePrevious[j - 2] + 1);
                current[j] = value;
                rowBest = Math.Min(rowBest, value);
            }

            if (rowBest > limit)
                return limit + 1;
            previous.CopyTo(beforePrevious);
            current.CopyTo(previous);
        }

        return previous[b.Length];
    }
}
