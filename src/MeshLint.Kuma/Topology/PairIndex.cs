using MeshLint.Kuma.Model;
using System.Numerics;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>Finds things of a kind and mesh by label pairs. A query costs at most as much as its rarest pair has holders; where that is many, a 64th of the items for each pair.</summary>
internal sealed class PairIndex<T>
    where T : class
{
    private readonly Dictionary<(string Kind, string Mesh, string Key, string Value), List<int>> positions = [];
    private readonly Dictionary<(string Kind, string Mesh, string Key, string Value), ulong[]> holderBits = [];
    private readonly Dictionary<(string Kind, string Mesh, LabelSet Query), ImmutableArray<T>> answers = [];
    private readonly Dictionary<int, List<(ulong[] Holders, ImmutableArray<T> List)>> lists = [];
    private readonly ImmutableArray<T> items;
    private readonly WorkBudget budget;
    private readonly Func<T, (string Kind, string Mesh, LabelSet Labels)> facts;
    private readonly Func<T, string?>? displayName;
    private long listed;

    /// <param name="items">What to index, in the order in which queries shall answer.</param>
    /// <param name="facts">Kind, mesh and labels of an item.</param>
    /// <param name="displayName">Stands for the display-name label where an item has none; null (or answering null) = no such fallback.</param>
    /// <param name="budget">What all queries of the control plane may find together.</param>
    public PairIndex(ImmutableArray<T> items, Func<T, (string Kind, string Mesh, LabelSet Labels)> facts, Func<T, string?>? displayName, WorkBudget budget)
    {
        this.budget = budget;
        this.items = items;
        this.facts = facts;
        this.displayName = displayName;
        for (var i = 0; i < items.Length; i++)
        {
            var (kind, mesh, labels) = facts(items[i]);
            foreach (var (key, value) in labels)
                Add(kind, mesh, key, value, i);
            if (!labels.Contains(WellKnown.DisplayName) && displayName?.Invoke(items[i]) is { } name)
                Add(kind, mesh, WellKnown.DisplayName, name, i);
        }
    }

    /// <summary>Items that have every pair of the query; none for an empty query. Long answers are shared, and cut where the budget is used up.</summary>
    public ImmutableArray<T> Find(string kind, string mesh, LabelSet query)
    {
        List<int>? rarest = null;
        foreach (var (key, value) in query)
        {
            if (!positions.TryGetValue((kind, mesh, key, value), out var list))
                return [];
            if (rarest is null || list.Count < rarest.Count)
                rarest = list;
        }

        if (rarest is null)
            return [];
        if (rarest.Count > WorkBudget.Short)
            return budget.Take(FindMany(kind, mesh, query));
        var found = ImmutableArray.CreateBuilder<T>();
        foreach (var position in rarest)
        {
            if (HasAll(items[position], query))
                found.Add(items[position]);
        }

        return found.DrainToImmutable();
    }

    /// <summary>Where every pair has many holders: the sets of holders are intersected 64 at a time, and equal answers are one list.</summary>
    private ImmutableArray<T> FindMany(string kind, string mesh, LabelSet query)
    {
        lock (answers)
        {
            if (answers.TryGetValue((kind, mesh, query), out var known))
                return known;
            var bits = new ulong[(items.Length + 63) / 64];
            Array.Fill(bits, ulong.MaxValue);
            foreach (var (key, value) in query)
            {
                var holders = BitsOf((kind, mesh, key, value));
                for (var i = 0; i < bits.Length; i++)
                    bits[i] &= holders[i];
            }

            var count = 0;
            foreach (var word in bits)
                count += BitOperations.PopCount(word);
            return answers[(kind, mesh, query)] = count <= WorkBudget.Short ? Items(bits, count) : Shared(bits, count);
        }
    }

    private ulong[] BitsOf((string Kind, string Mesh, string Key, string Value) pair)
    {
        if (!holderBits.TryGetValue(pair, out var bits))
        {
            holderBits[pair] = bits = new ulong[(items.Length + 63) / 64];
            foreach (var position in positions[pair])
                bits[position / 64] |= 1UL << (position % 64);
        }

        return bits;
    }

    /// <summary>One list for all queries that find the same.</summary>
    private ImmutableArray<T> Shared(ulong[] bits, int count)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes<ulong>(bits));
        var code = hash.ToHashCode();
        if (!lists.TryGetValue(code, out var same))
            lists[code] = same = [];
        foreach (var (holders, list) in same)
        {
            if (holders.AsSpan().SequenceEqual(bits))
                return list;
        }

        // Beyond the first some lists only as many things are kept as a cut list shows: whoever needs them all asks too much.
        var items = listed + count <= WorkBudget.Base + ((long)WorkBudget.Short * this.items.Length) ? Items(bits, count) : default;
        if (items.IsDefault)
        {
            budget.Exhaust();
            return Items(bits, WorkBudget.Short + 1);
        }

        listed += count;
        same.Add((bits, items));
        return items;
    }

    private ImmutableArray<T> Items(ulong[] bits, int count)
    {
        var found = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < bits.Length && found.Count < count; i++)
        {
            for (var word = bits[i]; word != 0 && found.Count < count; word &= word - 1)
                found.Add(items[(i * 64) + BitOperations.TrailingZeroCount(word)]);
        }

        return found.MoveToImmutable();
    }

    private bool HasAll(T item, LabelSet query)
    {
        var labels = facts(item).Labels;
        foreach (var (key, value) in query)
        {
            var own = labels[key] ?? (key == WellKnown.DisplayName ? displayName?.Invoke(item) : null);
            if (own != value)
                return false;
        }

        return true;
    }

    private void Add(string kind, string mesh, string key, string value, int position)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(positions, (kind, mesh, key, value), out _);
        (list ??= new List<int>(1)).Add(position);
    }
}
