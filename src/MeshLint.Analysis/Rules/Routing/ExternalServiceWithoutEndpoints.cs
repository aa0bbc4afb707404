using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A MeshExternalService without endpoints.</summary>
/// <remarks>Mirrors kuma: pkg/xds/topology/outbound.go. Condition E14 of docs/coverage.md.</remarks>
internal sealed class ExternalServiceWithoutEndpoints : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5106", "external-service-without-endpoints", "A MeshExternalService has no endpoints", RuleCategory.Routing, Severity.Error);

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
        if (!service.ExternalEndpoints.IsEmpty || service.HasExtension)
            return;
        context.Report(Descriptor, service.Location, $"{RuleText.Name(service)} has no endpoints, so requests to it fail")
            .On(declared)
            .Help("add 'spec.endpoints'");
    }
}
