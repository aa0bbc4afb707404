namespace MeshLint.Sources;

/// <summary>The files of a run, sorted by path (ordinal), each path once.</summary>
public sealed class SourceSet
{
    private SourceSet(ImmutableArray<SourceFile> files) => Files = files;

    public static SourceSet Empty { get; } = new([]);

    /// <summary>The files in document order: sorted by path.</summary>
    public ImmutableArray<SourceFile> Files { get; }

    /// <summary>Puts files in order. Of files with the same path the first one counts.</summary>
    public static SourceSet Create(IEnumerable<SourceFile> files)
    {
        var array = files.ToArray();
        // A stable sort: the index decides between equal paths.
        var order = new int[array.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => string.CompareOrdinal(array[a].Path, array[b].Path) is var c and not 0 ? c : a.CompareTo(b));
        var sorted = ImmutableArray.CreateBuilder<SourceFile>(array.Length);
        foreach (var index in order)
        {
            if (sorted.Count == 0 || sorted[^1].Path != array[index].Path)
                sorted.Add(array[index]);
        }

        return new SourceSet(sorted.ToImmutable());
    }

    /// <summary>A set of texts, for tests and for hosts that hold everything in memory.</summary>
    public static SourceSet Of(params ReadOnlySpan<(string Path, string Text)> files)
    {
        var list = new List<SourceFile>(files.Length);
        foreach (var (path, text) in files)
            list.Add(new SourceFile(path, text));
        return Create(list);
    }
}
