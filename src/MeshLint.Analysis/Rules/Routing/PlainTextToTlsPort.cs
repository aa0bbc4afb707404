using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A MeshExternalService that speaks plain HTTP to port 443.</summary>
/// <remarks>Mirrors kuma: pkg/xds/topology/outbound.go. Condition E16 of docs/coverage.md.</remarks>
internal sealed class PlainTextToTlsPort : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5107", "plain-text-to-tls-port", "A MeshExternalService speaks plain text to a port that usually expects TLS",
        RuleCategory.Routing, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is { Kind: DestinationKind.MeshExternalService, Declared: { } declared })
                Check(context, service, declared);
        }
    }

    private static void Check(RuleContext context, Destination service, StoredResource declared)
    {
        var spec = declared.MeshExternalService;
        if (spec.Protocol is not ("http" or "http2" or "grpc") || spec.IsTls || service.HasExtension)
            return;
        var port = spec.EndpointPorts.FirstOrDefault(static p => p.AsInteger() == 443);
        if (!port.Exists)
            return;
        context.Report(Descriptor, Location.Of(port), $"{RuleText.Name(service)} sends {spec.Protocol} in plain text to port 443")
            .On(declared)
            .Related(RuleText.At(spec.ProtocolNode, service.Location), "the proxy reads and writes this protocol itself")
            .Help("set 'spec.tls.enabled: true', or 'spec.match.protocol: tcp' if the application speaks TLS itself");
    }
}
