using System.Globalization;
using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules.References;

/// <summary>What a MeshMultiZoneService selects, and which of its ports lead anywhere.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshmultizoneservice/status_updater.go and pkg/xds/topology/outbound.go (2.x joins ports by number, 3.0 by
/// name). Conditions E02–E05, E07–E12 of docs/coverage.md.
/// </remarks>
internal sealed class MultiZoneServiceRule : Rule
{
    public static readonly DiagnosticDescriptor MatchesNothing = new(
        "ML2101", "multi-zone-selector-matches-nothing", "A MeshMultiZoneService matches no MeshService in any zone", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor PortNotFound = new(
        "ML2102", "multi-zone-port-not-found", "A port of a MeshMultiZoneService is on none or not all of the matched MeshServices", RuleCategory.References, Severity.Error);

    public static readonly DiagnosticDescriptor TooWide = new(
        "ML2103", "wide-multi-zone-selector", "A MeshMultiZoneService matches several MeshServices of one zone", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor OneSided = new(
        "ML2104", "one-sided-multi-zone-service", "A MeshMultiZoneService is served by one of several zones only", RuleCategory.References, Severity.Info);

    public static readonly DiagnosticDescriptor ZoneDependent = new(
        "ML2105", "zone-dependent-selector", "A selector uses a label whose value differs from zone to zone", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor EmptyValue = new(
        "ML2106", "empty-selector-value", "A selector pair with an empty value matches what lacks the label", RuleCategory.References, Severity.Warning);

    /// <summary>A sample is enough for a suggestion.</summary>
    private const int MostCandidates = 500;

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [MatchesNothing, PortNotFound, TooWide, OneSided, ZoneDependent, EmptyValue];

    public override void Analyze(RuleContext context)
    {
        var samples = new Lazy<Dictionary<string, List<Destination>>>(() => context.Compilation.Graph.Destinations
            .Where(static d => d.Kind == DestinationKind.MeshService)
            .GroupBy(static d => d.Mesh, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Take(MostCandidates).ToList(), StringComparer.Ordinal));
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is { Kind: DestinationKind.MeshMultiZoneService, Declared: { } declared })
                Check(context, service, declared, samples);
        }
    }

    private static void Check(RuleContext context, Destination service, StoredResource declared, Lazy<Dictionary<string, List<Destination>>> samples)
    {
        var node = declared.Spec["selector"]["meshService"]["matchLabels"];
        foreach (var pair in node.Entries)
        {
            if (pair.Text is "" or null)
            {
                context.Report(EmptyValue, Location.Of(pair), $"'{pair.Key}' with an empty value matches the MeshServices that do not have the label")
                    .On(declared)
                    .Help("leave the pair out, or name a value");
            }
            else if (pair.Key is WellKnown.Origin)
            {
                context.Report(ZoneDependent, Location.OfKey(pair), $"'{pair.Key}' is 'zone' where a MeshService is born and 'global' on its copies, so each zone matches different ones")
                    .On(declared)
                    .Help("select by a label that the services carry everywhere, such as 'kuma.io/display-name' or one of your own");
            }
        }

        var zones = service.Instances.Where(i => !i.ControlPlane.IsGlobal).ToList();
        if (zones.Count == 0)
            return;
        var matched = zones.SelectMany(z => z.MatchedServices).Where(m => m.Mesh == service.Mesh).Select(m => m.Destination).Distinct().ToList();
        if (matched.Count == 0)
        {
            ReportNothing(context, service, declared, node, zones, samples.Value.GetValueOrDefault(service.Mesh) ?? []);
            return;
        }

        CheckWidth(context, service, declared, node, zones, matched);
        foreach (var port in service.Ports)
            CheckPort(context, service, declared, port, matched);
    }

    private static void ReportNothing(
        RuleContext context, Destination service, StoredResource declared, Node node, List<DestinationInstance> zones, List<Destination> services)
    {
        var finding = context.Report(MatchesNothing, RuleText.At(node, service.Location), $"{RuleText.Name(service)} matches no MeshService of mesh '{service.Mesh}' in any zone")
            .On(declared)
            .UnlessOpen(context.Options, "MeshService")
            .Note("it has no endpoints: HTTP requests get 503, TCP connections are reset");
        var other = zones.SelectMany(z => z.MatchedServices).FirstOrDefault();
        if (other is not null)
            finding.Related(other.Destination.Location, $"matches, but belongs to mesh '{other.Mesh}'");
        foreach (var pair in node.Entries)
        {
            if (pair.Text is not { Length: > 0 } value || pair.Key is not { } key)
                continue;
            // A18/E11: on Universal before 3.0 a hand-written service has no display-name label in its own zone.
            if (key == WellKnown.DisplayName && services.Find(s => s.CoreName == value && s.Labels[key] is null) is { } hidden)
            {
                finding.Related(hidden.Location, "has no 'kuma.io/display-name' label in its own zone")
                    .Note($"before 3.0 a hand-written Universal MeshService carries '{WellKnown.DisplayName}' only on its copies in other zones")
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

    private static void CheckWidth(RuleContext context, Destination service, StoredResource declared, Node node, List<DestinationInstance> zones, List<Destination> matched)
    {
        var byHome = matched.GroupBy(m => m.Home.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var crowded = byHome.Find(g => g.Select(m => m.DisplayName).Distinct(StringComparer.Ordinal).Count() > 1);
        if (crowded is not null)
        {
            var finding = context.Report(TooWide, RuleText.At(node, service.Location), $"{RuleText.Name(service)} matches {RuleText.Count(crowded.Count(), "MeshService")} of zone '{crowded.Key}': {RuleText.Quoted(crowded.Select(m => m.DisplayName).Order(StringComparer.Ordinal))}")
                .On(declared)
                .Note("its traffic is spread over all of them")
                .Help("add a label that only the intended service has");
            foreach (var one in crowded.Take(3))
                finding.Related(one.Location, "matches");
        }

        if (byHome.Count == 1 && zones.Count > 1)
        {
            context.Report(OneSided, RuleText.At(node, service.Location), $"{RuleText.Name(service)} is served by zone '{byHome[0].Key}' only, {zones.Count} zones are known")
                .On(declared)
                .Related(matched[0].Location, "the MeshService");
        }
    }

    private static void CheckPort(RuleContext context, Destination service, StoredResource declared, MeshServicePort port, List<Destination> matched)
    {
        var section = service.SectionName(port, context.Version);
        var lacking = matched.Where(m => Find(m) is null).ToList();
        if (lacking.Count > 0)
        {
            var byNumber = context.Version.Behaviour.MultiZonePortsByNumber;
            var what = byNumber ? port.Port.ToString(CultureInfo.InvariantCulture) : $"'{section}'";
            var finding = context.Report(
                    PortNotFound,
                    RuleText.At(byNumber || !port.Node["name"].Exists ? port.Node["port"] : port.Node["name"], service.Location),
                    lacking.Count == matched.Count
                        ? $"no MeshService that {RuleText.Name(service)} matches has port {what}"
                        : $"{lacking.Count} of the {matched.Count} MeshServices that {RuleText.Name(service)} matches lack port {what}")
                .On(declared)
                .As(lacking.Count == matched.Count ? Severity.Error : Severity.Warning)
                .Note(byNumber ? "ports are joined by number; names and protocols play no part" : "ports are joined by name; only an unnamed port is joined by number")
                .Help($"the services have {RuleText.Quoted(lacking.SelectMany(m => m.Ports).Select(p => byNumber ? p.Port.ToString(CultureInfo.InvariantCulture) : p.Name ?? p.Port.ToString(CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal))}");
            foreach (var one in lacking.Take(3))
                finding.Related(one.Location, "contributes nothing to this port");
        }

        MeshServicePort? Find(Destination candidate) =>
            context.Version.Behaviour.MultiZonePortsByNumber ? candidate.Ports.FirstOrDefault(p => p.Port == port.Port) : candidate.FindPort(section);
    }
}
