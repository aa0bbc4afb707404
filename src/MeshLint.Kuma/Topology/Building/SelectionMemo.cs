using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>What the MeshServices of one zone select: services with equal selectors by labels or tags share one list, however many there are.</summary>
/// <remarks>Used by one thread.</remarks>
internal sealed class SelectionMemo(DataplaneIndex index)
{
    private readonly Dictionary<(string Mesh, bool ByTags, LabelSet Pairs), ImmutableArray<Dataplane>> known = [];

    /// <summary>The Dataplanes that the service selects, in creation order.</summary>
    public ImmutableArray<Dataplane> Of(Destination service)
    {
        var cuts = index.Budget.Cuts;
        var selected = Find(service);
        service.IsSelectionCut = index.Budget.Cuts != cuts;
        return selected;
    }

    private ImmutableArray<Dataplane> Find(Destination service)
    {
        var selector = service.Selector;
        // A list that is known, or one tag alone, which is an entry of the index already, is counted like one that is looked for.
        if (selector.DataplaneTags is { Labels.Count: < 2 })
            return index.Budget.Take(ServiceStatus.Select(service, index, healthyOnly: false));
        if (selector.DataplaneRef is not null || (selector.DataplaneTags ?? selector.DataplaneLabels) is not { } wanted)
            return ServiceStatus.Select(service, index, healthyOnly: false);
        var key = (service.Mesh, selector.DataplaneTags is not null, wanted.Labels);
        if (known.TryGetValue(key, out var selected))
        {
            index.Budget.Again(selected.Length);
            return index.Budget.Take(selected);
        }

        return known[key] = ServiceStatus.Select(service, index, healthyOnly: false);
    }
}
