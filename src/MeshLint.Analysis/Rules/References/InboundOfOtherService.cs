using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A MeshService that selects by <c>kuma.io/service</c> and leads to an inbound with another value of it.</summary>
/// <remarks>
/// Tags choose Dataplanes; the port is then looked for on all of their inbounds (kuma: pkg/xds/topology/outbound.go). It works, and may be
/// meant. Condition
/// D15 of docs/coverage.md.
/// </remarks>
internal sealed class InboundOfOtherService : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2204", "inbound-of-other-service", "A targetPort leads to the inbound of another service", RuleCategory.References,
        Severity.Info) { When = static b => b.InboundTags };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is not { Kind: DestinationKind.MeshService, Declared: not null }
                || service.Selector.DataplaneTags?.Labels[WellKnown.ServiceTag] is not { } wanted)
                continue;
            foreach (var port in service.Ports)
            {
                if (Find(service, port, wanted) is not { } found)
                    continue;
                var (dataplane, inbound, actual) = found;
                var node = port.Node["targetPort"].Exists ? port.Node["targetPort"] : port.Node;
                context.Report(
                    Descriptor,
                    RuleText.At(node, service.Location),
                    $"{RuleText.Name(service)} selects '{WellKnown.ServiceTag}: {wanted}', but targetPort {port.TargetPort} leads to the "
                        + $"inbound of '{actual}'")
                    .On(RuleText.Identity(service))
                    .Related(RuleText.At(inbound.Node, dataplane.Location), $"of '{actual}'")
                    .Note("tags choose Dataplanes, not inbounds: the port is looked for on all inbounds of those Dataplanes");
            }
        }
    }

    private static (Dataplane Dataplane, Inbound Inbound, string Actual)? Find(Destination service, MeshServicePort port, string wanted)
    {
        foreach (var dataplane in service.Selected)
        {
            foreach (var inbound in dataplane.Inbounds)
            {
                var serves = port.TargetPort.Name is { } name ? inbound.Name == name : port.TargetPort.Number == inbound.Port;
                if (serves && inbound.Tags[WellKnown.ServiceTag] is { } actual && actual != wanted)
                    return (dataplane, inbound, actual);
            }
        }

        return null;
    }
}
