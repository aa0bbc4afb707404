using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;

namespace MeshLint.Core.Rules.Routing;

/// <summary>One hostname for several destinations, of one kind or of several.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go (within a kind the first wins, the others get the condition
/// Collision) and pkg/xds/generator/dns_generator.go (across kinds nobody notices: MeshMultiZoneService before MeshExternalService before
/// MeshService). Conditions F05–F08 of docs/coverage.md. One finding a generator and mesh, not one a destination.
/// </remarks>
internal sealed class HostnameCollision : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5101", "hostname-collision", "Several destinations are given one hostname", RuleCategory.Routing, Severity.Error);

    public static readonly DiagnosticDescriptor AcrossKinds = new(
        "ML5103", "hostname-across-kinds", "Destinations of different kinds are given one hostname", RuleCategory.Routing, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor, AcrossKinds];

    public override void Analyze(RuleContext context)
    {
        var collisions = new Dictionary<(string Generator, string Mesh, string Hostname), List<(HostnameOutcome Outcome, DestinationInstance Loser)>>();
        foreach (var view in context.Compilation.Graph.Views)
        {
            var owners = new Dictionary<(string Mesh, string Hostname), DestinationInstance>();
            foreach (var instance in view.Destinations)
            {
                foreach (var outcome in instance.Hostnames)
                {
                    if (outcome.Reason == HostnameReason.Collision)
                    {
                        var key = (outcome.Generator.DisplayName, instance.Mesh, outcome.Hostname);
                        if (!collisions.TryGetValue(key, out var list))
                            collisions[key] = list = [];
                        list.Add((outcome, instance));
                    }
                    else if (outcome.Reason == HostnameReason.Generated && !owners.TryAdd((instance.Mesh, outcome.Hostname), instance))
                    {
                        ReportAcrossKinds(context, view, owners[(instance.Mesh, outcome.Hostname)], instance, outcome);
                    }
                }
            }
        }

        foreach (var ((_, _, hostname), list) in collisions)
            Report(context, hostname, list);
    }

    private static void Report(RuleContext context, string hostname, List<(HostnameOutcome Outcome, DestinationInstance Loser)> list)
    {
        var (outcome, loser) = list[0];
        var losers = list.Select(c => c.Loser.Destination).Distinct().ToList();
        var zones = list.Select(c => c.Loser.ControlPlane.Name).Distinct(StringComparer.Ordinal).ToList();
        var generator = outcome.Generator;
        var winner = outcome.Winner;
        var finding = context.Report(
            Descriptor,
            generator.Stored is { } stored ? RuleText.At(stored.Spec["template"], stored.Resource.Location) : loser.Destination.Location,
            $"hostname '{hostname}' is given to {RuleText.Count(losers.Count + 1, loser.Destination.KindName)} in {(zones.Count == 1 ? $"zone '{zones[0]}'" : $"{zones.Count} zones")}, one of them gets it");
        finding.UnlessUnconfigured(context.Options);
        if (generator.Stored is { } about)
            finding.On(about);
        else
            finding.On(RuleText.Identity(loser.Destination)).Note($"by the HostnameGenerator '{generator.DisplayName}', which every control plane makes");
        if (winner is not null)
        {
            finding.Related(winner.Destination.Location, outcome.DependsOnOrder ? "gets it if it was created first, as document order says" : "gets it");
            if (outcome.DependsOnOrder)
                finding.Note("which one gets it depends on the order of creation, which Git does not know");
        }

        foreach (var other in losers.Take(3))
            finding.Related(other.Location, "goes without");
        finding.Note("the others get the condition Collision and are reached by their virtual IP only")
            .Help("make the template tell them apart, for example by {{ .Namespace }} or {{ .Zone }}, or narrow the selector");
    }

    private static void ReportAcrossKinds(RuleContext context, ZoneView view, DestinationInstance first, DestinationInstance second, HostnameOutcome outcome)
    {
        if (first.Kind == second.Kind)
            return;
        // The DNS table is filled MeshService, MeshExternalService, MeshMultiZoneService; the later entry replaces the earlier.
        var (loser, winner) = Rank(first.Kind) < Rank(second.Kind) ? (first, second) : (second, first);
        context.Report(AcrossKinds, loser.Destination.Location, $"hostname '{outcome.Hostname}' of {RuleText.Name(loser.Destination)} belongs to {RuleText.Name(winner.Destination)} in zone '{view.ControlPlane.Name}'")
            .On(RuleText.Identity(loser.Destination))
            .Related(winner.Destination.Location, "gets the traffic")
            .Note("Kuma does not report it: the DNS table of every proxy keeps the MeshMultiZoneService before the MeshExternalService before the MeshService")
            .Help("give the kinds different domains in the templates of their HostnameGenerators");
    }

    private static int Rank(DestinationKind kind) => kind switch
    {
        DestinationKind.MeshService => 0,
        DestinationKind.MeshExternalService => 1,
        _ => 2,
    };
}
