using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A MeshMultiZoneService that matches several MeshServices of one zone.</summary>
internal sealed class WideMultiZoneSelector : MultiZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2103", "wide-multi-zone-selector", "A MeshMultiZoneService matches several MeshServices of one zone", RuleCategory.References,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override void Check(RuleContext context, MultiZoneService service)
    {
        var crowded = service.Matched
            .GroupBy(static m => m.Home.Name, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .FirstOrDefault(static g => g.Select(static m => m.DisplayName).Distinct(StringComparer.Ordinal).Count() > 1);
        if (crowded is null)
            return;
        var names = RuleText.Quoted(crowded.Select(static m => m.DisplayName).Order(StringComparer.Ordinal));
        var finding = context.Report(
                Descriptor,
                RuleText.At(service.Labels, service.Destination.Location),
                $"{service.Name} matches {RuleText.Count(crowded.Count(), "MeshService")} of zone '{crowded.Key}': {names}")
            .On(service.Declared)
            .Note("its traffic is spread over all of them")
            .Help("add a label that only the intended service has");
        foreach (var one in crowded.Take(3))
            finding.Related(one.Location, "matches");
    }
}
