namespace MeshLint.Fuzz;

/// <summary>Random numbers that are the same for one seed on every platform and .NET version (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>The dice of one case of a run.</summary>
    public static Dice Of(ulong seed, long index) => new(new Dice(seed ^ ((ulong)index * 0x9E3779B97F4A7C15)).NextBits());

    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below a limit.</summary>
    public int Next(int limit) => limit <= 1 ? 0 : (int)(NextBits() % (ulong)limit);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Next(times) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>The same items in another order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var array = items.ToArray();
        for (var i = array.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (array[i], array[j]) = (array[j], array[i]);
        }

        return array;
    }
}
