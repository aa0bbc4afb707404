using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>
/// A zone whose services are used from other zones and that has no ingress. Ingresses usually come from the installation, so that it is an
/// info unless the repository has some.
/// </summary>
internal sealed class MissingZoneIngress : CrossZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5206", "missing-zone-ingress", "A zone without ingress is called from other zones", RuleCategory.Routing, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override string? KeyOf(DestinationInstance instance, MeshInfo mesh, bool hasIdentity) =>
        hasIdentity ? instance.Destination.Home.Name : null;

    public override void Report(RuleContext context, CrossZoneUse use)
    {
        var (zone, first, all) = use;
        var graph = context.Compilation.Graph;
        var finding = context.Report(
                Descriptor,
                first.Destination.Location,
                $"zone '{zone}' has no ingress with a public address in these files, so zone '{first.ControlPlane.Name}' cannot reach "
                    + $"{(all.Count == 1 ? RuleText.Name(first.Destination) : $"{all.Count} of its MeshServices")}")
            .On(RuleText.Identity(first.Destination))
            .Help(
                context.Version.Behaviour.MeshZoneAddresses
                    ? "add a MeshZoneAddress for the zone's ingress"
                    : "give the ZoneIngress 'advertisedAddress' and 'advertisedPort'");
        foreach (var other in all.Where(d => !ReferenceEquals(d, first.Destination)).OrderBy(d => d.Order).Take(3))
            finding.Related(other.Location, "cannot be reached either");
        if (graph.Views.Any(v => ZoneAddresses.Of(v).Any()))
            finding.UnlessOpen(context.Options, "ZoneIngress");
        else
            finding.As(Severity.Info).Note("these files contain no ingress at all; the installation of the zones probably creates them");
    }
}
