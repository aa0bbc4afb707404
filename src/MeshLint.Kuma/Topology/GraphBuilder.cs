using System.Collections.Frozen;
using MeshLint.Kuma.Topology.Building;

namespace MeshLint.Kuma.Topology;

/// <summary>Computes the graph that control planes would make of a repository. Pure and deterministic.</summary>
public static class GraphBuilder
{
    /// <summary>The kinds in the order in which a zone names them.</summary>
    private static ReadOnlySpan<DestinationKind> NamedKinds =>
        [DestinationKind.MeshService, DestinationKind.MeshExternalService, DestinationKind.MeshMultiZoneService];

    /// <summary>The graph. References are bound in a stage of their own.</summary>
    /// <remarks>Linear in the documents, except where the result itself is larger: copies per control plane, endpoints per selecting service.</remarks>
    public static MeshGraph Build(GraphInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var topology = new World(input).ToTopology();
        // What a zone computes over copies needs the state of the services of all zones.
        var states = StatesOf(topology);
        var hostnames = HostnamesOf(topology);
        var matches = MatchesOf(topology);
        return new MeshGraph(topology, states, hostnames, matches, EndpointsOf(topology, states, matches));
    }

    private static Dictionary<Destination, ServiceState> StatesOf(MeshTopology topology)
    {
        var states = new Dictionary<Destination, ServiceState>();
        foreach (var view in topology.Views)
        {
            var selections = new SelectionMemo(view.DataplaneIndex);
            foreach (var instance in view.Destinations)
            {
                if (instance.Kind == DestinationKind.MeshService && instance.IsLocal && ServiceStatus.IsLocal(instance.Labels))
                {
                    var mesh = view.MeshOf(instance.Mesh);
                    states[instance.Destination] = ServiceStatus.Of(instance.Destination, selections, view.Identities, mesh, view.Version);
                }
            }
        }

        foreach (var destination in topology.Destinations)
        {
            // What is written stays where no control plane computes it: on a Service whose origin label says that it comes from elsewhere.
            if (destination is { Kind: DestinationKind.MeshService, Declared: { } declared } && !states.ContainsKey(destination))
                states[destination] = DestinationReader.ReadState(declared.Spec);
        }

        return states;
    }

    private static Dictionary<DestinationInstance, ImmutableArray<HostnameOutcome>> HostnamesOf(MeshTopology topology)
    {
        var outcomes = new Dictionary<DestinationInstance, ImmutableArray<HostnameOutcome>>();
        foreach (var view in topology.Views)
        {
            if (view.ControlPlane.IsGlobal)
                continue;
            var assigner = new HostnameAssigner(view);
            foreach (var kind in NamedKinds)
                assigner.Assign(kind, view.Destinations, outcomes);
        }

        return outcomes;
    }

    private static Dictionary<DestinationInstance, ServiceMatches> MatchesOf(MeshTopology topology)
    {
        var matches = new Dictionary<DestinationInstance, ServiceMatches>();
        foreach (var view in topology.Views)
        {
            if (view.ControlPlane.IsGlobal)
                continue;
            var matcher = new MultiZoneMatcher(view);
            foreach (var destination in view.Destinations)
            {
                if (destination.Kind == DestinationKind.MeshMultiZoneService)
                    matches[destination] = matcher.Match(destination.Destination);
            }
        }

        return matches;
    }

    private static Dictionary<ZoneView, ZoneEndpoints> EndpointsOf(
        MeshTopology topology,
        Dictionary<Destination, ServiceState> states,
        Dictionary<DestinationInstance, ServiceMatches> matches)
    {
        var offers = new LegacyOffers(topology);
        var endpoints = new Dictionary<ZoneView, ZoneEndpoints>();
        foreach (var view in topology.Views)
        {
            if (view.ControlPlane.IsGlobal)
                continue;
            var builder = new EndpointBuilder(view, states, matches);
            var legacy = view.Version.Behaviour.LegacyServices
                ? LegacyServiceBuilder.Build(view, builder, offers)
                : FrozenDictionary<(string Mesh, string Name), LegacyService>.Empty;
            endpoints[view] = new ZoneEndpoints(new(builder.Build), legacy);
        }

        return endpoints;
    }
}
