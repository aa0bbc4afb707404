using MeshLint.Kuma.Topology;

namespace MeshLint.Output.Graph;

/// <summary>A MeshService, MeshExternalService or MeshMultiZoneService as the outputs show it.</summary>
/// <param name="Destination">The service.</param>
/// <param name="Index">Its place in the graph, from 0.</param>
public sealed record GraphService(Destination Destination, int Index)
{
    /// <summary>The object's namespace.</summary>
    public string Namespace => Destination.Declared?.Resource.Namespace ?? Destination.Derived?.Namespace ?? Destination.Namespace;

    /// <summary><c>Available</c> or <c>Unavailable</c>; null for the kinds that have no state.</summary>
    public string? State => Destination.Kind != DestinationKind.MeshService ? null : Destination.IsAvailable ? "Available" : "Unavailable";

    /// <summary>
    /// The endpoints of a port as proxies of the home zone dial them. What is born on a Global has no home zone: then those of all zones,
    /// but of a MeshMultiZoneService only those that each zone has of its own.
    /// </summary>
    public IEnumerable<Endpoint> EndpointsOf(int port)
    {
        var isGlobal = Destination.Home.IsGlobal;
        var endpoints = new List<Endpoint>();
        foreach (var instance in isGlobal ? Destination.Instances : [Destination.Local])
        {
            if (port < instance.Endpoints.Length)
                endpoints.AddRange(instance.Endpoints[port].Where(e => !isGlobal || IsOwn(e)));
        }

        return Sort(endpoints).Distinct();
    }

    /// <summary>How many endpoints a port has in the zone where it has most.</summary>
    public int MostEndpoints(int port) => Destination.Instances
        .Where(i => !i.ControlPlane.IsGlobal && i.Endpoints.Length > port)
        .Select(i => i.Endpoints[port].Length).DefaultIfEmpty(0).Max();

    /// <summary>What becomes of the service's hostnames, by control plane, hostname and generator.</summary>
    public IEnumerable<(string ControlPlane, HostnameOutcome Outcome)> Hostnames() => Destination.Instances
        .SelectMany(static i => i.Hostnames.Select(h => (ControlPlane: i.ControlPlane.Name, Outcome: h)))
        .OrderBy(h => h.ControlPlane, StringComparer.Ordinal).ThenBy(h => h.Outcome.Hostname, StringComparer.Ordinal)
        .ThenBy(h => h.Outcome.Generator.CoreName, StringComparer.Ordinal);

    /// <summary>The services of the same mesh that a MeshMultiZoneService matches in any zone, repeated for each zone.</summary>
    public IEnumerable<Destination> Matched() => Destination.Instances
        .SelectMany(static i => i.MatchedServices).Where(m => m.Mesh == Destination.Mesh).Select(static m => m.Destination);

    /// <summary>Endpoints by priority, zone, address, port and Dataplane.</summary>
    public static IEnumerable<Endpoint> Sort(IEnumerable<Endpoint> endpoints) => endpoints
        .OrderBy(static e => e.Priority).ThenBy(static e => e.Zone, StringComparer.Ordinal)
        .ThenBy(static e => e.Address, StringComparer.Ordinal).ThenBy(static e => e.Port)
        .ThenBy(static e => e.Dataplane?.CoreName, StringComparer.Ordinal);

    private bool IsOwn(Endpoint endpoint) =>
        Destination.Kind == DestinationKind.MeshExternalService || endpoint.Route == EndpointRoute.Local;
}
