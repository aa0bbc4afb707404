using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules.Routing;

/// <summary>MeshExternalServices that lead nowhere, or in plain text to a TLS port.</summary>
/// <remarks>Mirrors kuma: pkg/xds/topology/outbound.go. Conditions E14, E16 and E19 of docs/coverage.md.</remarks>
internal sealed class ExternalServiceRule : Rule
{
    public static readonly DiagnosticDescriptor NoEndpoints = new(
        "ML5106", "external-service-without-endpoints", "A MeshExternalService has no endpoints", RuleCategory.Routing, Severity.Error);

    public static readonly DiagnosticDescriptor PlainText = new(
        "ML5107", "plain-text-to-tls-port", "A MeshExternalService speaks plain text to a port that usually wants TLS", RuleCategory.Routing, Severity.Warning);

    public static readonly DiagnosticDescriptor OtherZone = new(
        "ML5108", "external-service-of-other-zone", "A MeshExternalService is bound to the egress of another zone", RuleCategory.Routing, Severity.Warning) { When = static b => b.ExternalServiceOfOneZone };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [NoEndpoints, PlainText, OtherZone];

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
        if (service.ExternalEndpoints.IsEmpty && !service.HasExtension)
        {
            context.Report(NoEndpoints, service.Location, $"{RuleText.Name(service)} has no endpoints, so there is nothing to route to")
                .On(declared)
                .Help("add 'spec.endpoints'");
        }

        var match = declared.Spec["match"];
        if (match["protocol"].AsString() is "http" or "http2" or "grpc" && declared.Spec["tls"]["enabled"].AsBoolean() != true && !service.HasExtension)
        {
            foreach (var endpoint in declared.Spec["endpoints"].Items)
            {
                if (endpoint["port"].AsInteger() != 443)
                    continue;
                context.Report(PlainText, Location.Of(endpoint["port"]), $"{RuleText.Name(service)} sends {match["protocol"].Text} in plain text to port 443")
                    .On(declared)
                    .Related(RuleText.At(match["protocol"], service.Location), "the proxy reads and writes this protocol itself")
                    .Help("set 'spec.tls.enabled: true', or 'spec.match.protocol: tcp' where the application speaks TLS itself");
                break;
            }
        }

        if (declared.Resource.LabelsNode[WellKnown.Zone] is { Exists: true, Text: { } zone } node && !service.Home.IsGlobal && zone != service.Home.Zone)
        {
            context.Report(OtherZone, Location.Of(node), $"{RuleText.Name(service)} is reached through the egress of zone '{zone}' only")
                .On(declared)
                .Note("proxies without a way to that zone get no endpoints");
        }
    }
}
