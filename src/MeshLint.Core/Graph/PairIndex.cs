using System.Runtime.InteropServices;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Graph;

/// <summary>Finds things of a kind and mesh by label pairs. A query costs as much as its rarest pair has holders.</summary>
internal sealed class PairIndex<T>
    where T : class
{
    private readonly Dictionary<(string Kind, string Mesh, string Key, string Value), List<int>> positions = [];
    private readonly ImmutableArray<T> items;
    private readonly Func<T, (string Kind, string Mesh, LabelSet Labels)> facts;
    private readonly Func<T, string?>? displayName;

    /// <param name="items">What to index, in the order in which queries shall answer.</param>
    /// <param name="facts">Kind, mesh and labels of an item.</param>
    /// <param name="displayName">Stands for the display-name label where an item has none; null (or answering null) = no such fallback.</param>
    public PairIndex(ImmutableArray<T> items, Func<T, (string Kind, string Mesh, LabelSet Labels)> facts, Func<T, string?>? displayName)
    {
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

    /// <summary>Items that have every pair of the query; none for an empty query.</summary>
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
        var found = ImmutableArray.CreateBuilder<T>();
        foreach (var position in rarest)
        {
            if (HasAll(items[position], query))
                found.Add(items[position]);
        }

        return found.DrainToImmutable();
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
