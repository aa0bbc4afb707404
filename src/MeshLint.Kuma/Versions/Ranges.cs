namespace MeshLint.Kuma.Versions;

/// <summary>A value for every Kuma line: each entry holds from its line until the next entry's line. The last one is open-ended.</summary>
/// <param name="Entries">Oldest first; the first one starts at the oldest line.</param>
internal readonly record struct Ranges<T>(ImmutableArray<(KumaVersion From, T Value)> Entries)
{
    /// <summary>The value in a line, also in one that is added between two others later.</summary>
    public T In(KumaVersion version)
    {
        var found = Entries[0].Value;
        foreach (var (from, value) in Entries)
        {
            if (version < from)
                break;
            found = value;
        }

        return found;
    }
}
