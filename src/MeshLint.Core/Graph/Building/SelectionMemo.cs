using MeshLint.Core.Resources;

namespace MeshLint.Core.Graph.Building;

/// <summary>What the MeshServices of one zone select: services with equal selectors by labels or tags share one list, however many there are.</summary>
/// <remarks>Used by one thread.</remarks>
internal sealed class SelectionMemo(DataplaneIndex index)
{
    private readonly Dictionary<(string Mesh, bool ByTags, LabelSet Pairs), ImmutableArray<Dataplane>> known = [];

    /// <summary>The Dataplanes that the service selects, in creation order.</summary>
    public ImmutableArray<Dataplane> Of(Destination service)
    {
        // One tag alone is an entry of the index already.
        var selector = service.Selector;
        if (selector.DataplaneRef is not null || (selector.DataplaneTags ?? selector.DataplaneLabels) is not { } wanted || (selector.DataplaneTags is not null && wanted.Labels.Count < 2))
            return ServiceStatus.Select(service, index, healthyOnly: false);
        var key = (service.Mesh, selector.DataplaneTags is not null, wanted.Labels);
        if (!known.TryGetValue(key, out var selected))
            known[key] = selected = ServiceStatus.Select(service, index, healthyOnly: false);
        return selected;
    }
}
