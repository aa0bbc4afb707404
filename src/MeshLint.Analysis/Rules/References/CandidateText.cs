using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>Says what the author of a reference may have meant.</summary>
internal static class CandidateText
{
    private const int MostRelated = 2;

    /// <summary>"did you mean" with a fix where one value is close, and why the nearest candidates do not match.</summary>
    /// <param name="finding">Gets help, fix and related places.</param>
    /// <param name="found">The case.</param>
    /// <param name="at">The scalar that is wrong.</param>
    public static void Show(Finding finding, in ReferenceCase found, Node at)
    {
        var candidates = found.Outcome.Candidates;
        if (candidates.IsEmpty)
            return;
        var best = candidates[0];
        var node = best.Key.Length > 0 ? found.Target.LabelsNode[best.Key] : at;
        if (best.Value.Length > 0 && best.Value != node.Text)
            finding.Help(best.Key.Length > 0 ? $"did you mean '{best.Key}: {best.Value}'?" : $"did you mean '{best.Value}'?")
                .Replace(node, best.Value);
        else if (best is { Difference: CandidateDifference.Namespace, Destination.Namespace: { Length: > 0 } ns }
            && !found.Target.NamespaceNode.Exists)
            finding.Help($"add 'namespace: {ns}'").Add(found.Target.NameNode, "namespace", ns);

        foreach (var candidate in candidates.Take(MostRelated))
        {
            if (WhyNot(candidate) is not { } why)
                continue;
            if (candidate.Destination is { } destination)
                finding.Related(destination.Location, $"{RuleText.Name(destination)} {why}");
            else if (candidate.Dataplane is { } dataplane)
                finding.Related(dataplane.Location, $"{RuleText.Name(dataplane)} {why}");
        }
    }

    private static string? WhyNot(ReferenceCandidate candidate)
    {
        var difference = candidate.Difference;
        if (difference.HasFlag(CandidateDifference.NumberOfNamedPort))
            return $"has a port with that number, but the port is named '{candidate.Value}', and a section is found by name";
        foreach (var (flag, text) in Differences)
        {
            if (difference.HasFlag(flag))
                return text;
        }

        return difference == CandidateDifference.None ? null : "is similar";
    }

    // The first that applies is told.
    private static readonly ImmutableArray<(CandidateDifference Flag, string Text)> Differences =
    [
        (CandidateDifference.TargetPort, "has that number as targetPort, but references use the port"),
        (CandidateDifference.ReferrerWithoutZone, "exists, but a name in a resource of the Global never finds a resource that has a zone; "
            + "use labels"),
        (CandidateDifference.TargetWithoutZone, "exists, but it was created on the Global and has no zone, so a name in a zone never "
            + "finds it; use labels"),
        (CandidateDifference.NoDisplayNameLabel, "has the name, but no 'kuma.io/display-name' label"),
        (CandidateDifference.ModeDisabled, "would be generated if 'meshServices.mode' were not Disabled"),
        (CandidateDifference.NotCopied, "exists, but is not copied to this zone"),
        (CandidateDifference.Mesh, "is in another mesh, and a reference only finds resources of its own mesh"),
        (CandidateDifference.Namespace, "is in another namespace"),
        (CandidateDifference.Zone, "is in another zone, where a name does not reach; use labels"),
        (CandidateDifference.LegacyService, "has the name as value of the tag 'kuma.io/service'"),
        (CandidateDifference.TagNotLabel, "has the label as an inbound tag only"),
        (CandidateDifference.Kind, "has the name, but is of another kind"),
    ];
}
