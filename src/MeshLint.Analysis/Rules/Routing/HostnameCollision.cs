using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>One hostname for several destinations of one kind.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go: the first wins, the others get the condition Collision.
/// Conditions F05–F07
/// of docs/coverage.md. One finding a generator and mesh, not one a destination.
/// </remarks>
internal sealed class HostnameCollision : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5101", "hostname-collision", "Several destinations get the same hostname", RuleCategory.Routing, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var collisions =
            new Dictionary<(string Generator, string Mesh, string Hostname), List<(HostnameOutcome Outcome, DestinationInstance Loser)>>();
        foreach (var view in context.Compilation.Graph.Views)
        {
            foreach (var instance in view.Destinations)
            {
                foreach (var outcome in instance.Hostnames)
                {
                    if (outcome.Reason != HostnameReason.Collision)
                        continue;
                    var key = (outcome.Generator.DisplayName, instance.Mesh, outcome.Hostname);
                    if (!collisions.TryGetValue(key, out var list))
                        collisions[key] = list = [];
                    list.Add((outcome, instance));
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
            generator.Stored is { } stored
                ? RuleText.At(stored.HostnameGenerator.Template, stored.Resource.Location)
                : loser.Destination.Location,
            $"hostname '{hostname}' is generated for {RuleText.Count(losers.Count + 1, loser.Destination.KindName)} in "
                + $"{(zones.Count == 1 ? $"zone '{zones[0]}'" : $"{zones.Count} zones")}, and only one of them gets it");
        finding.UnlessUnconfigured(context.Options);
        if (generator.Stored is { } about)
            finding.On(about);
        else
            finding.On(RuleText.Identity(loser.Destination))
                .Note($"the hostname comes from HostnameGenerator '{generator.DisplayName}', which every control plane creates");
        if (winner is not null)
        {
            finding.Related(
                winner.Destination.Location,
                outcome.DependsOnOrder ? "gets it if it was created first; document order is assumed here" : "gets it");
            if (outcome.DependsOnOrder)
                finding.Note("which one gets it depends on the order of creation, which is not visible in Git");
        }

        foreach (var other in losers.Take(3))
            finding.Related(other.Location, "does not get it");
        finding.Note("the others get the condition Collision, and can only be reached by their virtual IP")
            .Help("add what tells them apart to the template, for example {{ .Namespace }} or {{ .Zone }}, or narrow the selector");
    }
}
