using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Labels that a generated MeshService takes over from its Dataplanes where the control plane is told to (2.14 and later;
/// docs/kuma/mesh-services.md#generated-labels; kuma: generate/labels.go).
/// </summary>
internal static class LabelPropagation
{
    private const string TrackingPrefix = "kuma.io/pkey-";

    /// <summary>The propagated labels, with the labels that track them.</summary>
    /// <param name="candidates">The Dataplanes, in creation order.</param>
    /// <param name="service">The service tag whose inbounds count; null = all inbounds.</param>
    /// <param name="allowed">Keys that may be taken over; empty = all.</param>
    public static Dictionary<string, string> Merge(List<PortCandidate> candidates, string? service, ImmutableArray<string> allowed)
    {
        var votes = new Dictionary<string, Dictionary<string, (int Count, int Newest)>>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            foreach (var (key, value) in Contribution(candidate.Dataplane, service, allowed))
            {
                if (!votes.TryGetValue(key, out var values))
                    votes[key] = values = new(StringComparer.Ordinal);
                var (count, newest) = values.GetValueOrDefault(value, (0, int.MinValue));
                values[value] = (count + 1, Math.Max(newest, candidate.Dataplane.Order));
            }
        }

        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, values) in votes)
        {
            result[key] = Winner(values);
            result[TrackingPrefix + Sha256.Hex(key)[..16]] = "";
        }

        return result;
    }

    /// <summary>The value of most Dataplanes; of equals that of the newest Dataplane; then the smallest.</summary>
    private static string Winner(Dictionary<string, (int Count, int Newest)> values)
    {
        string? best = null;
        (int Count, int Newest) bestVote = default;
        foreach (var (value, vote) in values)
        {
            if (best is null || vote.CompareTo(bestVote) > 0 || (vote == bestVote && string.CompareOrdinal(value, best) < 0))
                (best, bestVote) = (value, vote);
        }

        return best ?? "";
    }

    private static Dictionary<string, string> Contribution(Dataplane dataplane, string? service, ImmutableArray<string> allowed)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        var conflicting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var inbound in dataplane.Inbounds)
        {
            if (service is not null && inbound.Tags[WellKnown.ServiceTag] != service)
                continue;
            foreach (var (key, value) in inbound.Tags)
            {
                if (IsAllowed(key, value, allowed) && !result.TryAdd(key, value) && result[key] != value)
                    conflicting.Add(key);
            }
        }

        foreach (var key in conflicting)
            result.Remove(key);
        foreach (var (key, value) in dataplane.Labels)
        {
            if (IsAllowed(key, value, allowed))
                result[key] = value;
        }

        return result;
    }

    private static bool IsAllowed(string key, string value, ImmutableArray<string> allowed) =>
        !key.StartsWith("kuma.io/", StringComparison.Ordinal) && !key.StartsWith("k8s.kuma.io/", StringComparison.Ordinal)
        && (allowed.IsEmpty || allowed.Contains(key)) && Names.IsQualifiedName(key) && Names.IsLabelValue(value);
}
