namespace MeshLint.Yaml;

/// <summary>One copy of each short text that documents repeat (keys, kinds, small values). Thread-safe, bounded.</summary>
internal static class KeyPool
{
    // As many as an array can have without being a large object, which the runtime keeps apart and is slow to make.
    private const int Slots = 1 << 13;
    private const int MaxLength = 24;
    private static readonly string?[] Table = new string?[Slots];

    /// <summary>The text as a string: a known copy where there is one.</summary>
    public static string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return text.ToString();
        if (text.IsEmpty)
            return "";
        // A lossy table: a collision only means a second copy, so no lock is needed.
        var slot = Slot(text);
        var found = Volatile.Read(ref Table[slot]);
        if (found is not null && text.SequenceEqual(found))
            return found;
        var copy = text.ToString();
        Volatile.Write(ref Table[slot], copy);
        return copy;
    }

    private static int Slot(ReadOnlySpan<char> text)
    {
        var hash = (uint)text.Length;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619;
        return (int)((hash ^ (hash >> 15)) & (Slots - 1));
    }
}
