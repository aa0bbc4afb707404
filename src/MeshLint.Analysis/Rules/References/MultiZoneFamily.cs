using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.References;

/// <summary>What a MeshMultiZoneService selects, and which of its ports lead anywhere.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshmultizoneservice/status_updater.go and pkg/xds/topology/outbound.go (2.x joins ports by
/// number, 3.0 by
/// name). Conditions E02–E05, E07–E12 of docs/coverage.md.
/// </remarks>
internal sealed class MultiZoneFamily(ImmutableArray<MultiZoneRule> rules) : RuleFamily<MultiZoneRule>(rules)
{
    /// <summary>A sample is enough for a suggestion.</summary>
    private const int MostCandidates = 500;

    public override void Analyze(RuleContext context)
    {
        var samples = new Lazy<Dictionary<string, List<Destination>>>(() => context.Compilation.Graph.Destinations
            .Where(static d => d.Kind == DestinationKind.MeshService)
            .GroupBy(static d => d.Mesh, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Take(MostCandidates).ToList(), StringComparer.Ordinal));
        foreach (var destination in context.Compilation.Graph.Destinations)
        {
            if (destination is not { Kind: DestinationKind.MeshMultiZoneService, Declared: { } declared })
                continue;
            var service = MultiZoneService.Of(destination, declared, samples);
            foreach (var rule in Rules)
                rule.Check(context, service);
        }
    }
}
