using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission.Validators.Core;

/// <summary>
/// Whether a Mesh's constraints let a Dataplane in, 2.x only (kuma: pkg/core/managers/apis/dataplane/membership_validator.go).
/// </summary>
internal static class MembershipCheck
{
    /// <summary>Why a written Dataplane may not join, in the control plane's words; null where it may.</summary>
    /// <param name="dataplane">The body of the Dataplane.</param>
    /// <param name="mesh">The mesh; null where nothing of it is known.</param>
    /// <param name="zone">The zone whose tag the control plane adds before it looks; null where it adds none.</param>
    /// <param name="at">The tags that are refused.</param>
    public static string? FindProblem(Node dataplane, MeshInfo? mesh, string? zone, out Node at)
    {
        at = default;
        if (mesh is null || !mesh.Constraints.IsSet())
            return null;
        var networking = dataplane["networking"];
        List<Node> owners = [.. networking["inbound"].Items];
        if (networking["gateway"].IsSet())
            owners.Add(networking["gateway"]);
        foreach (var owner in owners)
        {
            var tags = LabelSet.Create(owner["tags"].Map());
            if (FindProblem(mesh, zone is null ? tags : tags.With(WellKnown.Zone, zone)) is { } problem)
            {
                at = owner["tags"].Exists ? owner["tags"] : owner;
                return problem;
            }
        }

        return null;
    }

    /// <summary>
    /// Why a Dataplane with such tags of an inbound or of its gateway may not join, in the control plane's words; null where it may.
    /// </summary>
    public static string? FindProblem(MeshInfo mesh, LabelSet tags)
    {
        var requirements = mesh.Constraints["requirements"];
        if (requirements.Count > 0 && !requirements.Items.Any(r => Matches(r["tags"], tags)))
            return $"{Subject(mesh, tags)} does not fulfill any requirements defined on the Mesh";
        foreach (var restriction in mesh.Constraints["restrictions"].Items)
        {
            if (Matches(restriction["tags"], tags))
                return $"{Subject(mesh, tags)} matches restricted tags {Text(restriction["tags"].Map())} defined on the Mesh";
        }

        return null;
    }

    private static string Subject(MeshInfo mesh, LabelSet tags) =>
        $"dataplane cannot be a member of mesh {GoText.Quote(mesh.Name)} because its tags {Text(tags)}";

    private static bool Matches(Node rule, LabelSet tags)
    {
        foreach (var tag in rule.Entries)
        {
            var value = tags[tag.Key ?? ""] ?? "";
            if (tag.Str() != value && !(tag.Str() == "*" && value.Length > 0))
                return false;
        }

        return true;
    }

    private static string Text(IEnumerable<KeyValuePair<string, string>> tags) =>
        GoText.Quote(string.Join(' ', tags.Select(static t => $"{t.Key}={t.Value}").Order(StringComparer.Ordinal)));
}
