using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>MeshServices used from other zones that lack the same thing.</summary>
/// <param name="Key">What they share: a mesh or a zone.</param>
/// <param name="First">The first use.</param>
/// <param name="All">Every MeshService, each once.</param>
internal sealed record CrossZoneUse(string Key, DestinationInstance First, HashSet<Destination> All);
