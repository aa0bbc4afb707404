using MeshLint.Core.Resources;

namespace MeshLint.Core.Admission.Validators.Core;

/// <summary>Whether a Mesh's constraints let a Dataplane in, 2.x only (kuma: pkg/core/managers/apis/dataplane/membership_validator.go).</summary>
internal static class MembershipCheck
{
    /// <summary>Why the Dataplane may not join, in the control plane's words; null where it may.</summary>
    /// <param name="dataplane">The body of the Dataplane.</param>
    /// <param name="constraints">The Mesh's <c>constraints.dataplaneProxy</c>.</param>
    /// <param name="mesh">The Mesh's name.</param>
    /// <param name="zone">The zone whose tag the control plane adds before it looks; null where it adds none.</param>
    /// <param name="at">The tags that are refused.</param>
    public static string? FindProblem(Node dataplane, Node constraints, string mesh, string? zone, out Node at)
    {
        at = default;
        if (!constraints.IsSet())
            return null;
        var networking = dataplane["networking"];
        foreach (var inbound in networking["inbound"].Items)
        {
            if (FindProblem(inbound["tags"], constraints, mesh, zone) is { } problem)
            {
                at = inbound["tags"].Exists ? inbound["tags"] : inbound;
                return problem;
            }
        }

        var gateway = networking["gateway"];
        at = gateway["tags"].Exists ? gateway["tags"] : gateway;
        return gateway.IsSet() ? FindProblem(gateway["tags"], constraints, mesh, zone) : null;
    }

    private static string? FindProblem(Node written, Node constraints, string mesh, string? zone)
    {
        var tags = written.Map();
        if (zone is not null)
            tags[WellKnown.Zone] = zone;
        var requirements = constraints["requirements"];
        if (requirements.Count > 0 && !requirements.Items.Any(r => Matches(r["tags"], tags)))
            return $"dataplane cannot be a member of mesh {GoText.Quote(mesh)} because its tags {Text(tags)} does not fulfill any requirements defined on the Mesh";
        foreach (var restriction in constraints["restrictions"].Items)
        {
            if (Matches(restriction["tags"], tags))
            {
                return $"dataplane cannot be a member of mesh {GoText.Quote(mesh)} because its tags {Text(tags)} matches restricted tags "
                       + $"{Text(restriction["tags"].Map())} defined on the Mesh";
            }
        }

        return null;
    }

    private static bool Matches(Node rule, SortedDictionary<string, string> tags)
    {
        foreach (var tag in rule.Entries)
        {
            var value = tags.GetValueOrDefault(tag.Key ?? "") ?? "";
            if (tag.Str() != value && !(tag.Str() == "*" && value.Length > 0))
                return false;
        }

        return true;
    }

    private static string Text(SortedDictionary<string, string> tags) =>
        GoText.Quote(string.Join(' ', tags.Select(t => $"{t.Key}={t.Value}").Order(StringComparer.Ordinal)));
}
