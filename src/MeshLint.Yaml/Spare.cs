namespace MeshLint.Yaml;

/// <summary>One array for each thread that a reader takes, fills and gives back, so that not every document needs new ones.</summary>
/// <remarks>
/// What the array holds is left over from its last user. An array that is not given back (after a fault) is simply made anew.
/// </remarks>
internal static class Spare<T>
    where T : struct
{
    // Larger ones are rare, and would be kept for nothing.
    private const int Most = 4096;

    [ThreadStatic]
    private static T[]? kept;

    /// <summary>An array of at least that length; only its user knows which part of it is filled.</summary>
    public static T[] Take(int least)
    {
        var array = kept;
        kept = null;
        return array is not null && array.Length >= least ? array : new T[least];
    }

    /// <summary>Gives an array back; whoever gives it must not touch it any more.</summary>
    public static void Give(T[] array)
    {
        if (array.Length <= Most)
            kept = array;
    }
}
