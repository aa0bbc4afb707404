namespace MeshLint.Kuma.Topology;

/// <summary>What a MeshMultiZoneService matches in one control plane.</summary>
/// <param name="Services">The MeshServices, in the order of <c>status.meshServices</c>.</param>
/// <param name="IsCut">There are more than are listed, or may be (<c>Bindings.Limits</c>).</param>
internal readonly record struct ServiceMatches(ImmutableArray<DestinationInstance> Services, bool IsCut);
