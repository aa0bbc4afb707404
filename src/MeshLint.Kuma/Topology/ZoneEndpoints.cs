using System.Collections.Frozen;

namespace MeshLint.Kuma.Topology;

/// <summary>The endpoints that proxies of one zone have.</summary>
/// <param name="table">Endpoints per destination and port, computed when asked for.</param>
/// <param name="legacyServices">2.x: the <c>kuma.io/service</c> values that proxies of the zone know.</param>
internal sealed class ZoneEndpoints(
    Lazy<Dictionary<DestinationInstance, ImmutableArray<ImmutableArray<Endpoint>>>> table,
    FrozenDictionary<(string Mesh, string Name), LegacyService> legacyServices)
{
    public FrozenDictionary<(string Mesh, string Name), LegacyService> LegacyServices => legacyServices;

    public ImmutableArray<ImmutableArray<Endpoint>> Of(DestinationInstance instance) => table.Value.GetValueOrDefault(instance, []);
}
