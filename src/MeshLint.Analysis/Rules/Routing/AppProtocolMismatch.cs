using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A port says one protocol, the inbounds behind it another.</summary>
/// <remarks>
/// Clients go by the service, servers by the inbound (kuma: pkg/plugins/policies/core/xds/meshroute/listeners.go). Conditions C11 and D22
/// of docs/coverage.md.
/// </remarks>
internal sealed class AppProtocolMismatch : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5002", "app-protocol-mismatch", "A service and its Dataplanes disagree on the protocol", RuleCategory.Routing, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        // Services that share a selection of many Dataplanes share the answer that all agree.
        var agreeing = new HashSet<(ImmutableArray<Dataplane> Selected, TargetPort Target, bool IsHttp)>();
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service.Kind != DestinationKind.MeshService || service.Origin == DestinationOrigin.GeneratedFromDataplanes)
                continue;
            foreach (var port in service.Ports)
            {
                // An odd protocol of the service is another rule's finding.
                if (!IsKnown(port.AppProtocol))
                    continue;
                var question = (service.Selected, port.TargetPort, IsHttp(port.AppProtocol));
                if (service.Selected.Length > 16 && agreeing.Contains(question))
                    continue;
                if (Agrees(context, service, port) && service.Selected.Length > 16)
                    agreeing.Add(question);
            }
        }
    }

    /// <summary>Reports the first inbound that disagrees; true where none does.</summary>
    private static bool Agrees(RuleContext context, Destination service, MeshServicePort port)
    {
        foreach (var dataplane in service.Selected)
        {
            foreach (var inbound in dataplane.Inbounds)
            {
                if (port.TargetPort.Name is { } name ? inbound.Name != name : port.TargetPort.Number != inbound.Port)
                    continue;
                var actual = IsKnown(inbound.RawProtocol.ToLowerInvariant()) ? inbound.RawProtocol.ToLowerInvariant() : "tcp";
                if (IsHttp(actual) == IsHttp(port.AppProtocol))
                    continue;
                var node = port.Node["appProtocol"].Exists ? port.Node["appProtocol"] : port.Node;
                context.Report(
                    Descriptor,
                    RuleText.At(node, service.Location),
                    $"port {port.Port} of {RuleText.Name(service)} has appProtocol '{port.AppProtocol}', but the inbound behind it has "
                        + $"protocol '{actual}'")
                    .On(RuleText.Identity(service))
                    .Related(RuleText.At(inbound.Node, dataplane.Location), $"protocol '{actual}' here")
                    .Note(IsHttp(port.AppProtocol)
                        ? "clients send HTTP, but the server's proxy treats it as TCP, so its HTTP policies do not apply"
                        : "clients treat the traffic as TCP, so HTTP routes, retries and metrics do not apply to it");
                return false;
            }
        }

        return true;
    }

    private static bool IsKnown(string protocol) => protocol is "http" or "http2" or "grpc" or "tcp" or "tls" or "kafka" or "mysql";

    private static bool IsHttp(string protocol) => protocol is "http" or "http2" or "grpc";
}
