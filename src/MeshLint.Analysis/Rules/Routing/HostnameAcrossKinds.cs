using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>One hostname for destinations of different kinds.</summary>
/// <remarks>
/// Mirrors kuma: pkg/xds/generator/dns_generator.go: MeshMultiZoneService before MeshExternalService before MeshService. Condition F08 of
/// docs/coverage.md.
/// </remarks>
internal sealed class HostnameAcrossKinds : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5103", "hostname-across-kinds", "Destinations of different kinds get the same hostname", RuleCategory.Routing, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var view in context.Compilation.Graph.Views)
        {
            var owners = new Dictionary<(string Mesh, string Hostname), DestinationInstance>();
            foreach (var instance in view.Destinations)
            {
                foreach (var outcome in instance.Hostnames)
                {
                    if (outcome.Reason != HostnameReason.Generated || owners.TryAdd((instance.Mesh, outcome.Hostname), instance))
                        continue;
                    var first = owners[(instance.Mesh, outcome.Hostname)];
                    if (first.Kind != instance.Kind)
                        Report(context, view, first, instance, outcome);
                }
            }
        }
    }

    private static void Report(
        RuleContext context, ZoneView view, DestinationInstance first, DestinationInstance second, HostnameOutcome outcome)
    {
        // The DNS table is filled MeshService, MeshExternalService, MeshMultiZoneService; the later entry replaces the earlier.
        var (loser, winner) = Rank(first.Kind) < Rank(second.Kind) ? (first, second) : (second, first);
        context.Report(
                Descriptor,
                loser.Destination.Location,
                $"hostname '{outcome.Hostname}' of {RuleText.Name(loser.Destination)} leads to {RuleText.Name(winner.Destination)} in "
                    + $"zone '{view.ControlPlane.Name}'")
            .On(RuleText.Identity(loser.Destination))
            .Related(winner.Destination.Location, "gets the traffic")
            .Note(
                "Kuma does not report it; in the DNS table of every proxy a MeshMultiZoneService takes precedence over a "
                    + "MeshExternalService, and a MeshExternalService over a MeshService")
            .Help("give the kinds different domains in the templates of their HostnameGenerators");
    }

    private static int Rank(DestinationKind kind) => kind switch
    {
        DestinationKind.MeshService => 0,
        DestinationKind.MeshExternalService => 1,
        _ => 2,
    };
}
