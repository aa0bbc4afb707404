using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A port of a MeshMultiZoneService says one protocol, the MeshServices behind it another.</summary>
/// <remarks>
/// Clients go by the MeshMultiZoneService (kuma: pkg/plugins/policies/core/xds/meshroute/listeners.go). Condition E07 of
/// docs/coverage.md.
/// </remarks>
internal sealed class MultiZoneProtocolMismatch : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5201", "multi-zone-protocol-mismatch", "A MeshMultiZoneService and its MeshServices disagree on the protocol",
        RuleCategory.Routing, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is not { Kind: DestinationKind.MeshMultiZoneService, Declared: { } declared })
                continue;
            var matched = service.Instances.SelectMany(i => i.MatchedServices).Where(m => m.Mesh == service.Mesh).Select(m => m.Destination)
                .Distinct().ToList();
            foreach (var port in service.Ports)
            {
                foreach (var other in matched)
                {
                    var behind = context.Version.Behaviour.MultiZonePortsByNumber
                        ? other.Ports.FirstOrDefault(p => p.Port == port.Port)
                        : other.FindPort(service.SectionName(port, context.Version));
                    if (behind is null || !IsKnown(port.AppProtocol) || !IsKnown(behind.AppProtocol)
                        || IsHttp(port.AppProtocol) == IsHttp(behind.AppProtocol))
                        continue;
                    var node = port.Node["appProtocol"].Exists ? port.Node["appProtocol"] : port.Node;
                    context.Report(
                        Descriptor,
                        RuleText.At(node, service.Location),
                        $"port {port.Port} of {RuleText.Name(service)} has appProtocol '{port.AppProtocol}', but {RuleText.Name(other)} "
                            + $"has '{behind.AppProtocol}'")
                        .On(declared)
                        .Related(RuleText.At(behind.Node, other.Location), $"appProtocol '{behind.AppProtocol}' here")
                        .Note(IsHttp(port.AppProtocol)
                            ? "clients send HTTP to a port that its zone treats as TCP"
                            : "clients treat the traffic as TCP, so HTTP routes, retries and metrics do not apply to it")
                        .Help($"set 'appProtocol: {behind.AppProtocol}' if the service speaks it");
                    break;
                }
            }
        }
    }

    private static bool IsKnown(string protocol) => protocol is "http" or "http2" or "grpc" or "tcp" or "kafka";

    private static bool IsHttp(string protocol) => protocol is "http" or "http2" or "grpc";
}
