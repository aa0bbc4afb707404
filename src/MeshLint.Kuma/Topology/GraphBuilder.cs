using MeshLint.Kuma.Topology.Building;

namespace MeshLint.Kuma.Topology;

/// <summary>Computes the graph that control planes would make of a repository. Pure and deterministic.</summary>
public static class GraphBuilder
{
    /// <summary>The graph. References are bound in a stage of their own.</summary>
    /// <remarks>Linear in the documents, except where the result itself is larger: copies per control plane, endpoints per selecting service.</remarks>
    public static MeshGraph Build(GraphInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var world = new World(input);
        world.Fill();
        var graph = world.ToGraph();
        // What a zone computes over copies needs the state of the services of all zones.
        foreach (var view in graph.Views)
            UpdateServices(view);
        var offers = new LegacyOffers(graph);
        foreach (var view in graph.Views)
            Complete(view, offers);
        return graph;
    }

    private static void UpdateServices(ZoneView view)
    {
        var selections = new SelectionMemo(view.DataplaneIndex);
        foreach (var instance in view.Destinations)
        {
            if (instance.Kind == DestinationKind.MeshService && instance.IsLocal && ServiceStatus.IsLocal(instance.Labels))
                ServiceStatus.Update(instance.Destination, selections, view.Identities, view.MeshOf(instance.Mesh), view.Version);
        }
    }

    /// <summary>Hostnames, matches, endpoints: what a zone computes over everything that it has. A Global computes none of it.</summary>
    private static void Complete(ZoneView view, LegacyOffers offers)
    {
        if (view.ControlPlane.IsGlobal)
            return;
        var hostnames = new HostnameAssigner(view);
        foreach (var kind in (ReadOnlySpan<DestinationKind>)[DestinationKind.MeshService, DestinationKind.MeshExternalService, DestinationKind.MeshMultiZoneService])
            hostnames.Assign(kind, view.Destinations);
        var matcher = new MultiZoneMatcher(view);
        foreach (var destination in view.Destinations)
        {
            if (destination.Kind == DestinationKind.MeshMultiZoneService)
                matcher.Match(destination);
        }

        var endpoints = new EndpointBuilder(view, view.Version, view.Identities);
        var table = new Lazy<Dictionary<DestinationInstance, ImmutableArray<ImmutableArray<Endpoint>>>>(endpoints.Build);
        foreach (var destination in view.Destinations)
            destination.EndpointTable = table;
        if (view.Version.Behaviour.LegacyServices)
            view.LegacyServices = LegacyServiceBuilder.Build(view, endpoints, offers);
    }
}
