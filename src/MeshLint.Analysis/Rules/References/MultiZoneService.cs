using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A hand-written MeshMultiZoneService with what it matches.</summary>
/// <param name="Destination">The service.</param>
/// <param name="Declared">Its document.</param>
/// <param name="Labels">Its <c>matchLabels</c>; may be missing.</param>
/// <param name="Zones">The service as each zone has it; empty where only a Global is known.</param>
/// <param name="Matched">The MeshServices of its own mesh that it matches in any zone, each once.</param>
/// <param name="Samples">Some MeshServices of each mesh, enough for a suggestion.</param>
internal sealed record MultiZoneService(
    Destination Destination, StoredResource Declared, Node Labels, ImmutableArray<DestinationInstance> Zones,
    ImmutableArray<Destination> Matched,
    Lazy<Dictionary<string, List<Destination>>> Samples)
{
    /// <summary>For messages: <c>MeshMultiZoneService 'cart'</c>.</summary>
    public string Name => RuleText.Name(Destination);

    /// <summary>Reads the service from the graph.</summary>
    public static MultiZoneService Of(Destination service, StoredResource declared, Lazy<Dictionary<string, List<Destination>>> samples)
    {
        var zones = service.Instances.Where(static i => !i.ControlPlane.IsGlobal).ToImmutableArray();
        return new MultiZoneService(
            service,
            declared,
            declared.MeshMultiZoneService.LabelsNode,
            zones,
            [.. zones.SelectMany(static z => z.MatchedServices).Where(m => m.Mesh == service.Mesh).Select(static m => m.Destination).Distinct()],
            samples);
    }
}
