using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Finds the MeshServices that MeshMultiZoneServices match in one zone (docs/kuma/multi-zone.md#meshmultizoneservices; kuma:
/// pkg/core/resources/apis/meshmultizoneservice/status_updater.go).
/// </summary>
internal sealed class MultiZoneMatcher
{
    private readonly ImmutableArray<DestinationInstance> services;
    private readonly PairIndex<DestinationInstance> index;
    private readonly WorkBudget budget;

    /// <summary>MeshServices without a label, by the label's key; filled where a selector asks for an empty value.</summary>
    private readonly Dictionary<string, ImmutableArray<DestinationInstance>> without = new(StringComparer.Ordinal);

    /// <summary>Every key that some MeshService has a label of.</summary>
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    public MultiZoneMatcher(ZoneView view)
    {
        budget = view.Budget;
        // Sorted once, so that every answer is.
        services = [.. view.Destinations.Where(static d => d.Kind == DestinationKind.MeshService).OrderBy(NameOf, StringComparer.Ordinal)];
        foreach (var service in services)
        {
            foreach (var (key, _) in service.Labels)
                keys.Add(key);
        }

        // The mesh is not compared.
        index = new(services, static s => ("", "", s.Labels), null, budget);
    }

    /// <summary>Sets <see cref="DestinationInstance.MatchedServices"/>.</summary>
    public void Match(DestinationInstance multiZone)
    {
        if (multiZone.Destination.MeshServiceLabels is not { Labels.Count: > 0 } selector)
            return;
        var cuts = budget.Cuts;
        multiZone.MatchedServices = Candidates(selector.Labels).RemoveAll(s => !Matches(s.Labels, selector.Labels));
        multiZone.IsCut = budget.Cuts != cuts;
    }

    /// <summary>The key that the control plane sorts by.</summary>
    private static string NameOf(DestinationInstance service) =>
        $"{service.DisplayName}/{service.Labels[WellKnown.Namespace]}/{service.Labels[WellKnown.Zone]}/{service.Mesh}";

    /// <summary>A missing label reads as empty.</summary>
    private static bool Matches(LabelSet labels, LabelSet selector)
    {
        foreach (var (key, value) in selector)
        {
            if ((labels[key] ?? "") != value)
                return false;
        }

        return true;
    }

    private ImmutableArray<DestinationInstance> Candidates(LabelSet selector)
    {
        var indexed = LabelSet.Create(selector.Where(static p => p.Value.Length > 0));
        if (indexed.Count > 0)
            return index.Find("", "", indexed);
        var key = selector.First().Key;
        if (!keys.Contains(key))
            return budget.Take(services);
        if (!without.TryGetValue(key, out var found))
            without[key] = found = services.RemoveAll(s => !string.IsNullOrEmpty(s.Labels[key]));
        return budget.Take(found);
    }
}
