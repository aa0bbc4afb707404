using MeshLint.Kuma.Resources;
using System.Collections;
using System.Runtime.InteropServices;

namespace MeshLint.Kuma.Identity;

/// <summary>Immutable labels, sorted by key (ordinal).</summary>
public sealed class LabelSet : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<LabelSet>
{
    private readonly KeyValuePair<string, string>[] pairs;

    private LabelSet(KeyValuePair<string, string>[] pairs) => this.pairs = pairs;

    public static LabelSet Empty { get; } = new([]);

    public int Count => pairs.Length;

    /// <summary>The label's value, or null.</summary>
    public string? this[string key]
    {
        get
        {
            var index = Search(pairs, pairs.Length, key);
            return index < 0 ? null : pairs[index].Value;
        }
    }

    public bool Contains(string key) => this[key] is not null;

    /// <summary>Builds a set; of pairs with one key the last counts.</summary>
    public static LabelSet Create(IEnumerable<KeyValuePair<string, string>> labels) =>
        Of(CollectionsMarshal.AsSpan(labels is List<KeyValuePair<string, string>> list ? list : [.. labels]));

    /// <summary>Builds a set of the first pairs of an array; of pairs with one key the last counts.</summary>
    internal static LabelSet FromPairs(KeyValuePair<string, string>[] labels, int count) => Of(labels.AsSpan(0, count));

    /// <summary>The labels of a mapping of scalars; entries that are no strings are left out (<c>null</c> reads as "").</summary>
    public static LabelSet From(Node mapping)
    {
        if (mapping.Count == 0 || !mapping.IsMapping)
            return Empty;
        var pairs = new List<KeyValuePair<string, string>>(mapping.Count);
        foreach (var entry in mapping.Entries)
        {
            if (entry.IsString || entry.Kind == NodeKind.Null)
                pairs.Add(new(entry.Key ?? "", entry.Text ?? ""));
        }

        return Of(CollectionsMarshal.AsSpan(pairs));
    }

    /// <summary>The set with one label set or replaced.</summary>
    public LabelSet With(string key, string value)
    {
        var index = Search(pairs, pairs.Length, key);
        if (index >= 0)
        {
            if (pairs[index].Value == value)
                return this;
            var replaced = pairs.AsSpan().ToArray();
            replaced[index] = new(key, value);
            return new LabelSet(replaced);
        }

        index = ~index;
        var extended = new KeyValuePair<string, string>[pairs.Length + 1];
        Array.Copy(pairs, extended, index);
        extended[index] = new(key, value);
        Array.Copy(pairs, index, extended, index + 1, pairs.Length - index);
        return new LabelSet(extended);
    }

    public LabelSet WithDefault(string key, string value) => Contains(key) ? this : With(key, value);

    public LabelSet Without(string key)
    {
        var index = Search(pairs, pairs.Length, key);
        if (index < 0)
            return this;
        if (pairs.Length == 1)
            return Empty;
        var shortened = new KeyValuePair<string, string>[pairs.Length - 1];
        Array.Copy(pairs, shortened, index);
        Array.Copy(pairs, index + 1, shortened, index, shortened.Length - index);
        return new LabelSet(shortened);
    }

    /// <summary>Sorts pairs; of equal keys the last counts. Small sets, which nearly all are, take no dictionary.</summary>
    private static LabelSet Of(ReadOnlySpan<KeyValuePair<string, string>> source)
    {
        const int small = 32;
        if (source.Length == 0)
            return Empty;
        if (source.Length > small)
        {
            var map = new Dictionary<string, string>(source.Length, StringComparer.Ordinal);
            foreach (var (key, value) in source)
                map[key] = value;
            var large = map.ToArray();
            Array.Sort(large, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
            return new LabelSet(large);
        }

        var sorted = new KeyValuePair<string, string>[source.Length];
        var count = 0;
        foreach (var pair in source)
        {
            var index = Search(sorted, count, pair.Key);
            if (index < 0)
            {
                index = ~index;
                Array.Copy(sorted, index, sorted, index + 1, count - index);
                count++;
            }

            sorted[index] = pair;
        }

        return new LabelSet(count == sorted.Length ? sorted : sorted[..count]);
    }

    /// <summary>Position of a key among the first <paramref name="count"/> pairs, or the complement of where it would stand.</summary>
    private static int Search(KeyValuePair<string, string>[] sorted, int count, string key)
    {
        int low = 0, high = count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(sorted[middle].Key, key);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    /// <summary>Whether every pair of <paramref name="query"/> is a label here with that very value.</summary>
    public bool Matches(LabelSet query)
    {
        foreach (var (key, value) in query.pairs)
        {
            if (this[key] != value)
                return false;
        }

        return true;
    }

    public bool Equals(LabelSet? other) => other is not null && pairs.AsSpan().SequenceEqual(other.pairs);

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode()
    {
        var hash = pairs.Length;
        foreach (var (key, value) in pairs)
            hash = HashCode.Combine(hash, key, value);
        return hash;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(',', pairs.Select(p => $"{p.Key}={p.Value}"));
}
