using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A MeshMultiZoneService that one of several zones serves.</summary>
internal sealed class OneSidedMultiZoneService : MultiZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2104", "one-sided-multi-zone-service", "Only one of several zones has a MeshService that a MeshMultiZoneService matches",
        RuleCategory.References, Severity.Info);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override void Check(RuleContext context, MultiZoneService service)
    {
        if (service.Zones.Length < 2 || service.Matched.Select(static m => m.Home.Name).Distinct(StringComparer.Ordinal).Count() != 1)
            return;
        var only = service.Matched[0];
        context.Report(
                Descriptor,
                RuleText.At(service.Labels, service.Destination.Location),
                $"only zone '{only.Home.Name}' of {service.Zones.Length} zones has a MeshService that {service.Name} matches")
            .On(service.Declared)
            .Related(only.Location, "the MeshService");
    }
}
