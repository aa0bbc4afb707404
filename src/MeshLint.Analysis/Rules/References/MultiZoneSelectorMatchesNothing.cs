using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A MeshMultiZoneService that matches no MeshService in any zone.</summary>
internal sealed class MultiZoneSelectorMatchesNothing : MultiZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2101", "multi-zone-selector-matches-nothing", "A MeshMultiZoneService matches no MeshService in any zone",
        RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override void Check(RuleContext context, MultiZoneService service)
    {
        // Of a list that is cut nobody knows what else it has.
        if (service.Zones.IsEmpty || !service.Matched.IsEmpty || service.Zones.Any(static z => z.IsCut))
            return;
        var mesh = service.Destination.Mesh;
        var finding = context.Report(
            Descriptor,
            RuleText.At(service.Labels, service.Destination.Location),
            $"{service.Name} matches no MeshService of mesh '{mesh}' in any zone")
            .On(service.Declared)
            .UnlessOpen(context.Options, "MeshService")
            .Note("it has no endpoints: HTTP requests are answered with 503, TCP connections are reset");
        var other = service.Zones.SelectMany(static z => z.MatchedServices).FirstOrDefault();
        if (other is not null)
            finding.Related(other.Destination.Location, $"matches, but belongs to mesh '{other.Mesh}'");
        foreach (var pair in service.Labels.Entries)
        {
            if (pair.Text is not { Length: > 0 } value || pair.Key is not { } key)
                continue;
            var services = service.Samples.Value.GetValueOrDefault(mesh) ?? [];
            // A18/E11: on Universal before 3.0 a hand-written service has no display-name label in its own zone.
            if (key == WellKnown.DisplayName && services.Find(s => s.CoreName == value && s.Labels[key] is null) is { } hidden)
            {
                finding.Related(hidden.Location, "has no 'kuma.io/display-name' label in its own zone")
                    .Note(
                        $"before 3.0 a hand-written Universal MeshService has the label '{WellKnown.DisplayName}' only on its copies in "
                            + "other zones")
                    .Help("add the label to the MeshService, or select by one of your own");
                return;
            }

            var values = services.Select(s => s.Labels[key]).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
            if (!values.Contains(value))
            {
                finding.NearMiss(value, pair, values);
                return;
            }
        }
    }
}
