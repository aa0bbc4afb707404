using System.Globalization;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Versions;

/// <summary>A port of a MeshMultiZoneService that finds its MeshServices by number in 2.x and will not by name in 3.0.</summary>
/// <remarks>
/// Mirrors kuma: pkg/xds/topology/outbound.go of both lines. Condition E06 of docs/coverage.md; what fails in the version of the run is
/// multi-zone-port-not-found.
/// </remarks>
internal sealed class PortLostIn30 : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML6201", "port-lost-in-3-0", "A port of a MeshMultiZoneService has no endpoints in Kuma 3.0, which matches ports by name",
        RuleCategory.Versions, Severity.Info) { When = static b => b.MultiZonePortsByNumber };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is not { Kind: DestinationKind.MeshMultiZoneService, Declared: { } declared })
                continue;
            // Generated services get other ports in 3.0 anyway; the migration plan speaks of them.
            var matched = service.Instances.SelectMany(i => i.MatchedServices)
                .Where(m => m.Mesh == service.Mesh && m.Destination.Origin != DestinationOrigin.GeneratedFromDataplanes)
                .Select(m => m.Destination).Distinct().ToList();
            foreach (var port in service.Ports)
            {
                var section = service.SectionName(port, KumaVersion.V3_0);
                if (matched.Find(m => m.FindPort(section) is null && m.Ports.Any(p => p.Port == port.Port)) is not { } lost)
                    continue;
                var name = lost.Ports.First(p => p.Port == port.Port).Name;
                context.Report(
                    Descriptor,
                    RuleText.At(port.Node["name"].Exists ? port.Node["name"] : port.Node["port"], service.Location),
                    $"Kuma 3.0 matches ports by name and finds no port '{section}' on {RuleText.Name(lost)}, whose port "
                        + $"{port.Port.ToString(CultureInfo.InvariantCulture)} is named '{name}'")
                    .On(declared)
                    .Related(lost.Location, "adds no endpoints to this port in 3.0")
                    .Help("give the port the same name on both sides before the upgrade");
            }
        }
    }
}
