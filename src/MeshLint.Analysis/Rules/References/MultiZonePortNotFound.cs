using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using System.Globalization;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A port of a MeshMultiZoneService that matched MeshServices lack.</summary>
internal sealed class MultiZonePortNotFound : MultiZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2102", "multi-zone-port-not-found", "A port of a MeshMultiZoneService does not exist on some or all of the matched MeshServices",
        RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override void Check(RuleContext context, MultiZoneService service)
    {
        if (service.Matched.IsEmpty)
            return;
        foreach (var port in service.Destination.Ports)
            CheckPort(context, service, port);
    }

    private static void CheckPort(RuleContext context, MultiZoneService service, MeshServicePort port)
    {
        var section = service.Destination.SectionName(port, context.Version);
        var byNumber = context.Version.Behaviour.MultiZonePortsByNumber;
        var lacking = service.Matched.Where(m => Find(m) is null).ToList();
        if (lacking.Count == 0)
            return;
        var all = lacking.Count == service.Matched.Length;
        var what = byNumber ? Number(port.Port) : $"'{section}'";
        var finding = context.Report(
                Descriptor,
                RuleText.At(byNumber || !port.Node["name"].Exists ? port.Node["port"] : port.Node["name"], service.Destination.Location),
                all
                    ? $"no MeshService that {service.Name} matches has port {what}"
                    : $"{lacking.Count} of the {service.Matched.Length} MeshServices that {service.Name} matches do not have port {what}")
            .On(service.Declared)
            .As(all ? Severity.Error : Severity.Warning)
            .Note(
                byNumber
                    ? "ports are matched by number; names and protocols do not count"
                    : "ports are matched by name; only a port without a name is matched by number")
            .Help($"the ports there are {RuleText.Quoted(lacking.SelectMany(static m => m.Ports).Select(p => byNumber ? Number(p.Port) : p.Name ?? Number(p.Port)).Distinct(StringComparer.Ordinal))}");
        foreach (var one in lacking.Take(3))
            finding.Related(one.Location, "adds no endpoints to this port");

        MeshServicePort? Find(Destination candidate) =>
            byNumber ? candidate.Ports.FirstOrDefault(p => p.Port == port.Port) : candidate.FindPort(section);
    }

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
