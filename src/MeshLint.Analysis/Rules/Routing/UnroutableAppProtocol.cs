using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>An <c>appProtocol</c> that no listener is made for: unknown, in the wrong case, or empty.</summary>
/// <remarks>
/// Mirrors kuma: pkg/plugins/policies/core/xds/meshroute/listeners.go, which compares exactly. What 3.0 refuses is reported as a refusal
/// instead. Conditions B05, C09, C10, D20, D21 and D36 of docs/coverage.md.
/// </remarks>
internal sealed class UnroutableAppProtocol : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5001", "unroutable-app-protocol", "A port has an appProtocol that Kuma does not support", RuleCategory.Routing, Severity.Error);

    private static readonly ImmutableArray<string> Served = ["grpc", "http", "http2", "kafka", "tcp"];

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service.Kind == DestinationKind.MeshExternalService)
                continue;
            foreach (var port in service.Ports)
                Check(context, service, port);
        }
    }

    private static void Check(RuleContext context, Destination service, MeshServicePort port)
    {
        var protocol = port.AppProtocol;
        var served = context.Version.Behaviour.KafkaProtocol ? Served : Served.Remove("kafka");
        if (served.Contains(protocol))
            return;
        var node = service.Origin == DestinationOrigin.GeneratedFromDataplanes ? ProtocolNode(port.Node) : port.Node["appProtocol"];
        var lower = protocol.ToLowerInvariant();
        var message = protocol.Length == 0
            ? $"port {port.Port} of {RuleText.Name(service)} has no appProtocol"
            : served.Contains(lower)
                ? $"appProtocol '{protocol}' of {RuleText.Name(service)} is not lower case"
                : $"appProtocol '{protocol}' of {RuleText.Name(service)} is not supported by Kuma";
        var finding = context.Report(Descriptor, RuleText.At(node.Exists ? node : port.Node, service.Location), message)
            .On(RuleText.Identity(service))
            .Note(
                "proxies compare the protocol exactly; the port gets neither an HTTP nor a TCP listener, so connections to it are closed");
        if (protocol.Length == 0)
            finding.Help(
                node.Exists
                    ? "Kuma does not replace an empty value by the default; remove the field or set a protocol"
                    : "Kuma 2.9 sets no default on Universal; set the protocol");
        else if (served.Contains(lower))
            finding.NearMiss(protocol, node, [lower]);
        else
            finding.Help($"use one of {string.Join(", ", served)}");
    }

    // A generated port's node is its inbound.
    private static Node ProtocolNode(Node inbound) =>
        inbound["protocol"].Exists ? inbound["protocol"] : inbound["tags"]["kuma.io/protocol"];
}
