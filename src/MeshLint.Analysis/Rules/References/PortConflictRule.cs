using System.Globalization;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.References;

/// <summary>Ports that cannot both count: Dataplanes of one generated MeshService disagree, keys repeat, listeners collide.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshservice/generate/generator.go (whole ordered port lists are compared, the oldest wins) and
/// pkg/core/resources/apis/meshservice/api/v1alpha1/helpers.go. Conditions B06–B08, B16, B17, D17–D19, D29, D30, E13 of docs/coverage.md.
/// </remarks>
internal sealed class PortConflictRule : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2003", "port-conflict", "Two ports conflict, so only one of them takes effect", RuleCategory.References, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var graph = context.Compilation.Graph;
        foreach (var conflict in graph.PortConflicts)
            ReportGenerated(context, conflict);
        foreach (var destination in graph.Destinations)
        {
            if (destination.Origin == DestinationOrigin.Declared && destination.Kind != DestinationKind.MeshExternalService)
                CheckPorts(context, destination);
        }

        foreach (var dataplane in graph.Dataplanes)
        {
            if (dataplane.Declared is null)
                continue;
            CheckInbounds(context, dataplane);
            CheckOutbounds(context, dataplane);
        }
    }

    private static void ReportGenerated(RuleContext context, PortConflict conflict)
    {
        var winner = conflict.Winner;
        foreach (var loser in conflict.Losers)
        {
            var reordered = SameSet(winner.Ports, loser.Ports);
            var node = FirstDifference(winner.Ports, loser.Ports)?.Node ?? default;
            context.Report(
                    Descriptor,
                    RuleText.At(node, loser.Dataplane.Location),
                    reordered
                        ? $"{RuleText.Name(loser.Dataplane)} lists the ports of MeshService '{conflict.Service.DisplayName}' in another "
                            + $"order than {RuleText.Name(winner.Dataplane)}"
                        : $"{RuleText.Name(loser.Dataplane)} and {RuleText.Name(winner.Dataplane)} disagree on the ports of MeshService "
                            + $"'{conflict.Service.DisplayName}'")
                .On(RuleText.Identity(loser.Dataplane))
                .As(reordered ? Severity.Warning : Severity.Error)
                .UnlessUnconfigured(context.Options)
                .Related(winner.Dataplane.Location, $"is used: {List(winner.Ports)}")
                .Note($"ports of this Dataplane: {List(loser.Ports)}; ports that are used: {List(winner.Ports)}")
                .Note(
                    "the control plane uses the ports of the Dataplane that was created first (MeshLint assumes document order) and only "
                        + "logs the others; inbounds with other ports get no traffic")
                .Help("give all Dataplanes of the service the same inbounds in the same order, or different services");
        }
    }

    private static bool SameSet(ImmutableArray<MeshServicePort> a, ImmutableArray<MeshServicePort> b) =>
        a.Length == b.Length && a.Select(Describe).Order(StringComparer.Ordinal)
            .SequenceEqual(b.Select(Describe).Order(StringComparer.Ordinal));

    private static MeshServicePort? FirstDifference(ImmutableArray<MeshServicePort> winner, ImmutableArray<MeshServicePort> loser)
    {
        for (var i = 0; i < loser.Length; i++)
        {
            if (i >= winner.Length || Describe(winner[i]) != Describe(loser[i]))
                return loser[i];
        }

        return null;
    }

    private static string List(ImmutableArray<MeshServicePort> ports) =>
        ports.IsEmpty ? "no ports" : string.Join(", ", ports.Select(Describe));

    private static string Describe(MeshServicePort port) => $"{port.Name ?? ""}:{Number(port.Port)}/{port.AppProtocol}";

    // D17–D19, E13: references find the first port of a name or number; in 3.0 both ports share one cluster.
    private static void CheckPorts(RuleContext context, Destination destination)
    {
        var numbers = new Dictionary<int, MeshServicePort>();
        var names = new Dictionary<string, MeshServicePort>(StringComparer.Ordinal);
        foreach (var port in destination.Ports)
        {
            var sameNumber = numbers.TryAdd(port.Port, port) ? null : numbers[port.Port];
            var section = destination.SectionName(port, context.Version);
            var sameName = names.TryAdd(section, port) ? null : names[section];
            if ((sameNumber ?? sameName) is not { } first)
                continue;
            var what = sameNumber is null
                ? $"the name '{section}'"
                : sameNumber.AppProtocol == port.AppProtocol
                    ? $"the number {Number(port.Port)} and appProtocol '{port.AppProtocol}'"
                    : $"the number {Number(port.Port)}";
            var key = sameNumber is null ? port.Node["name"].Exists ? port.Node["name"] : port.Node["port"] : port.Node["port"];
            context.Report(Descriptor, RuleText.At(key, destination.Location), $"two ports of {RuleText.Name(destination)} have {what}")
                .On(RuleText.Identity(destination))
                .As(destination.Kind == DestinationKind.MeshMultiZoneService ? Severity.Warning : Severity.Error)
                .Related(RuleText.At(first.Node, destination.Location), "the first one")
                .Note(sameNumber is not null
                    ? "two outbounds would share one address and port, and references by number find only the first"
                    : context.Version.Behaviour.EndpointsByPortNumber
                        ? "references by name find only the first port"
                        : "both ports share one cluster, so each also gets the endpoints of the other");
        }
    }

    // B06–B08: two inbounds on one address and port, or with one section name.
    private static void CheckInbounds(RuleContext context, Dataplane dataplane)
    {
        if (dataplane.Inbounds.Length < 2)
            return;
        var sockets = new Dictionary<(string, int), Inbound>();
        var sections = new Dictionary<string, Inbound>(StringComparer.Ordinal);
        foreach (var inbound in dataplane.Inbounds)
        {
            if (!sockets.TryAdd((inbound.Address, inbound.Port), inbound))
            {
                var first = sockets[(inbound.Address, inbound.Port)];
                context.Report(
                    Descriptor,
                    RuleText.At(inbound.Node["port"], dataplane.Location),
                    $"Dataplane '{dataplane.CoreName}' has two inbounds on {inbound.Address}:{Number(inbound.Port)}")
                    .On(RuleText.Identity(dataplane))
                    .As(Severity.Warning)
                    .Related(RuleText.At(first.Node, dataplane.Location), "the other one")
                    .Note("Kuma keeps both: services list the endpoint twice, and two listeners share one socket");
                sections.TryAdd(inbound.SectionName, inbound);
                continue;
            }

            if (sections.TryAdd(inbound.SectionName, inbound))
                continue;
            var other = sections[inbound.SectionName];
            var node = inbound.Node["name"].Exists ? inbound.Node["name"] : inbound.Node["port"];
            var unserved = context.Version.Behaviour.NamesInboundsBySection(IsExclusive(context, dataplane));
            context.Report(
                    Descriptor,
                    RuleText.At(node, dataplane.Location),
                    inbound.Name.Length > 0 && other.Name.Length > 0
                        ? $"Dataplane '{dataplane.CoreName}' has two inbounds with the name '{inbound.Name}'"
                        : $"one inbound of Dataplane '{dataplane.CoreName}' is named '{inbound.SectionName}', which is the port of another")
                .On(RuleText.Identity(dataplane))
                .As(unserved ? Severity.Error : Severity.Warning)
                .Related(RuleText.At(other.Node, dataplane.Location), "the other one")
                .Note(unserved
                    ? $"Kuma names listeners after the section, so only the last one listens: port {Number(other.Port)} is advertised, "
                        + "but not served"
                    : "a targetPort or sectionName with that name means both");
        }
    }

    // B16, B17: of two outbounds on one address and port (2.x), or to one destination port (KRI names), the later replaces the earlier.
    private static void CheckOutbounds(RuleContext context, Dataplane dataplane)
    {
        if (dataplane.Outbounds.Length < 2 || dataplane.IsTransparent)
            return;
        var sockets = new Dictionary<(string, int), DataplaneOutbound>();
        foreach (var outbound in dataplane.Outbounds)
        {
            if (sockets.TryAdd((outbound.Address, outbound.Port), outbound))
                continue;
            var first = sockets[(outbound.Address, outbound.Port)];
            context.Report(
                Descriptor,
                RuleText.At(outbound.Node["port"], dataplane.Location),
                $"Dataplane '{dataplane.CoreName}' has two outbounds on {outbound.Address}:{Number(outbound.Port)}")
                .On(RuleText.Identity(dataplane))
                .Related(RuleText.At(first.Node, dataplane.Location), "the other one")
                .Note(!context.Version.Behaviour.KriNames
                    ? "Kuma names listeners after address and port, so the later one replaces the earlier, whose destination cannot be "
                        + "reached"
                    : "two listeners share one socket, and Envoy refuses one or serves either");
        }

        if (!context.Version.Behaviour.NamesOutboundsByKri(IsExclusive(context, dataplane)))
            return;
        var backends = new Dictionary<string, DataplaneOutbound>(StringComparer.Ordinal);
        foreach (var outbound in dataplane.Outbounds)
        {
            if (outbound.Backend is not { } backend || backend.Port is not { } port)
                continue;
            var key = $"{backend.Kind}\n{backend.Name}\n{backend.Labels}\n{Number(port)}";
            if (backends.TryAdd(key, outbound))
                continue;
            var first = backends[key];
            context.Report(
                Descriptor,
                RuleText.At(backend.Node, dataplane.Location),
                $"Dataplane '{dataplane.CoreName}' has two outbounds to one destination port")
                .On(RuleText.Identity(dataplane))
                .As(context.Version.Behaviour.KriNames ? Severity.Error : Severity.Warning)
                .Related(RuleText.At(first.Node, dataplane.Location), "the other one")
                .Note(
                    $"Kuma names listeners after the destination, so the later one replaces the earlier: local port {Number(first.Port)} "
                        + "is dead");
        }
    }

    private static bool IsExclusive(RuleContext context, Dataplane dataplane) =>
        context.Compilation.Graph.ViewOf(dataplane.Place).Meshes.TryGetValue(dataplane.Mesh, out var mesh) && mesh.IsExclusive;

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
