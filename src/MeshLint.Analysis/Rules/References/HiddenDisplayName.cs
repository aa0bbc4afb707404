using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A selector by display name that misses a MeshService in its own zone and finds it in all others.</summary>
/// <remarks>
/// Before 3.0 a hand-written Universal resource carries the label only on its copies (kuma: pkg/core/resources/labels/compute.go). Where
/// nothing at
/// all matches, multi-zone-selector-matches-nothing says it. Conditions A18 and E11 of docs/coverage.md.
/// </remarks>
internal sealed class HiddenDisplayName : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2203", "hidden-display-name", "A selector by display name misses a MeshService in its own zone", RuleCategory.References,
        Severity.Warning) { When = static b => !b.DisplayNameOfEveryResource };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is not { Kind: DestinationKind.MeshMultiZoneService, Declared: { } declared })
                continue;
            var pair = declared.MeshMultiZoneService.LabelsNode[WellKnown.DisplayName];
            if (pair.Text is not { Length: > 0 } || service.Instances.Any(static i => i.IsCut))
                continue;
            foreach (var missed in Missed(service))
            {
                context.Report(
                    Descriptor,
                    Location.Of(pair),
                    $"{RuleText.Name(service)} matches {RuleText.Name(missed)} in other zones, but not in its own zone "
                        + $"'{missed.Home.Name}'")
                    .On(declared)
                    .Related(missed.Location, $"has no label '{WellKnown.DisplayName}' in its own zone")
                    .Note("before 3.0 a Universal control plane puts the label on the copies only")
                    .Help("add the label to the MeshService, or select by one of your own");
            }
        }
    }

    private static IEnumerable<Destination> Missed(Destination service)
    {
        var byZone = service.Instances.Where(i => !i.ControlPlane.IsGlobal)
            .ToDictionary(i => i.ControlPlane.Name, i => i.MatchedServices.Select(m => m.Destination).ToHashSet(), StringComparer.Ordinal);
        return byZone.Values.SelectMany(m => m).Distinct()
            .Where(m => m.Labels[WellKnown.DisplayName] is null && byZone.TryGetValue(m.Home.Name, out var own) && !own.Contains(m))
            .OrderBy(m => m.Order);
    }
}
