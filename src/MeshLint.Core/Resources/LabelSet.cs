using System.Collections;

namespace MeshLint.Core.Resources;

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
            int low = 0, high = pairs.Length - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var order = string.CompareOrdinal(pairs[middle].Key, key);
                if (order == 0)
                    return pairs[middle].Value;
                if (order < 0)
                    low = middle + 1;
                else
                    high = middle - 1;
            }

            return null;
        }
    }

    public bool Contains(string key) => this[key] is not null;

    /// <summary>Builds a set; of pairs with one key the last counts.</summary>
    public static LabelSet Create(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in labels)
            map[key] = value;
        if (map.Count == 0)
            return Empty;
        var pairs = map.ToArray();
        Array.Sort(pairs, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return new LabelSet(pairs);
    }

    /// <summary>The labels of a mapping of scalars; entries that are no strings are left out (<c>null</c> reads as "").</summary>
    public static LabelSet From(Documents.Node mapping)
    {
        if (mapping.Count == 0 || !mapping.IsMapping)
            return Empty;
        var pairs = new List<KeyValuePair<string, string>>(mapping.Count);
        foreach (var entry in mapping.Entries)
        {
            if (entry.IsString || entry.Kind == Documents.NodeKind.Null)
                pairs.Add(new(entry.Key ?? "", entry.Text ?? ""));
        }

        return Create(pairs);
    }

    public LabelSet With(string key, string value) => Create(pairs.Append(new(key, value)));

    public LabelSet WithDefault(string key, string value) => Contains(key) ? this : With(key, value);

    public LabelSet Without(string key) => Contains(key) ? Create(pairs.Where(p => p.Key != key)) : this;

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

    public override int GetHashCode() => pairs.Aggregate(pairs.Length, static (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(',', pairs.Select(p => $"{p.Key}={p.Value}"));
}
