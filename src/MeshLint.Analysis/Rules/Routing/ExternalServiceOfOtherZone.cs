using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A MeshExternalService whose label binds it to the egress of another zone.</summary>
/// <remarks>Mirrors kuma: pkg/xds/topology/outbound.go. Condition E19 of docs/coverage.md.</remarks>
internal sealed class ExternalServiceOfOtherZone : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5108", "external-service-of-other-zone", "A MeshExternalService is bound to the egress of another zone", RuleCategory.Routing,
        Severity.Warning) { When = static b => b.ExternalServiceOfOneZone };

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
        if (declared.Resource.LabelsNode[WellKnown.Zone] is not { Exists: true, Text: { } zone } node || service.Home.IsGlobal
            || zone == service.Home.Zone)
            return;
        context.Report(Descriptor, Location.Of(node), $"{RuleText.Name(service)} can only be reached through the egress of zone '{zone}'")
            .On(declared)
            .Note("proxies that cannot reach that zone get no endpoints");
    }
}
