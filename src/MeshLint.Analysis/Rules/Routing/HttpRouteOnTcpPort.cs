using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A MeshHTTPRoute on a port that does not speak HTTP.</summary>
/// <remarks>Mirrors kuma: pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go. Condition G21 of docs/coverage.md.</remarks>
internal sealed class HttpRouteOnTcpPort : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5203", "http-route-on-tcp-port", "A MeshHTTPRoute targets a port that does not speak HTTP", RuleCategory.Routing,
        Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var reference in RoutePorts.ItemsOf(context, "MeshHTTPRoute"))
            Check(context, reference);
    }

    private static void Check(RuleContext context, Reference reference)
    {
        foreach (var outcome in reference.Outcomes)
        {
            if (outcome.Status != ReferenceStatus.Resolved || outcome.Targets.IsEmpty
                || outcome.Targets.Any(static t => t.Destination is null))
                continue;
            var ports = outcome.Targets.SelectMany(RoutePorts.Of).ToList();
            if (ports.Count == 0 || !ports.TrueForAll(static p => p.Port.AppProtocol is "tcp" or "kafka"))
                continue;
            var (destination, port) = ports[0];
            context.Report(
                    Descriptor,
                    Location.Of(reference.KindOrWhole),
                    ports.Count == 1
                        ? $"port {port.Port} of {RuleText.Name(destination)} has appProtocol '{port.AppProtocol}', so a MeshHTTPRoute has "
                            + "no effect on it"
                        : $"no port of {RuleText.Name(destination)} speaks HTTP, so a MeshHTTPRoute has no effect there")
                .On(reference.From?.Resource.Identity)
                .Related(
                    RuleText.At(port.Node["appProtocol"].Exists ? port.Node["appProtocol"] : port.Node, destination.Location),
                    $"appProtocol '{port.AppProtocol}' here")
                .Help(
                    destination.Kind == DestinationKind.MeshExternalService
                        ? "set 'protocol: http' under 'match', or use a MeshTCPRoute"
                        : "set 'appProtocol: http' (or http2, grpc) on the port, or use a MeshTCPRoute");
            return;
        }
    }
}
