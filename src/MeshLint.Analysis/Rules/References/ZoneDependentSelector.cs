using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A selector by the origin of a MeshService, which differs between the original and its copies.</summary>
internal sealed class ZoneDependentSelector : MultiZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2105", "zone-dependent-selector", "A selector uses a label whose value differs from zone to zone", RuleCategory.References,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override void Check(RuleContext context, MultiZoneService service)
    {
        var pair = service.Labels[WellKnown.Origin];
        if (pair.Text is "" or null)
            return;
        context.Report(
                Descriptor,
                Location.OfKey(pair),
                $"'{pair.Key}' is 'zone' in the zone of a MeshService and 'global' on its copies, so each zone matches different "
                    + "MeshServices")
            .On(service.Declared)
            .Help("select by a label that is the same in all zones, such as 'kuma.io/display-name' or one of your own");
    }
}
