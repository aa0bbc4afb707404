using System.Collections.Frozen;
using MeshLint.Core.Configuration;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Graph.Building;

/// <summary>Makes the view of each control plane: its own resources, then the copies that replication brings (mesh-graph.md §1.5).</summary>
internal sealed class Copier(List<Place> places, KumaVersion version)
{
    private static readonly KindInfo DataplaneKind = Find("Dataplane");
    private static readonly KindInfo WorkloadKind = Find("Workload");

    private readonly Dictionary<Destination, List<DestinationInstance>> instances = new(ReferenceEqualityComparer.Instance);
    private readonly Place? global = places.Find(static p => p.ControlPlane.IsGlobal);

    /// <summary>The view of one control plane.</summary>
    public ZoneView CreateView(Place place, FrozenDictionary<string, MeshInfo> meshes)
    {
        var destinations = ImmutableArray.CreateBuilder<DestinationInstance>(place.Destinations.Count);
        var resources = ImmutableArray.CreateBuilder<ResourceInstance>(place.Resources.Count);
        var workloads = ImmutableArray.CreateBuilder<WorkloadInstance>(place.Workloads.Count);
        foreach (var destination in place.Destinations)
            Add(destinations, destination, place.ControlPlane, destination.CoreName, destination.Labels);
        resources.AddRange(place.Resources);
        foreach (var workload in place.Workloads)
            workloads.Add(new WorkloadInstance(workload, place.ControlPlane, workload.Name, workload.Labels));

        var dataplanes = ImmutableArray<DataplaneInstance>.Empty;
        if (place.ControlPlane.IsGlobal)
        {
            var copies = ImmutableArray.CreateBuilder<DataplaneInstance>();
            foreach (var zone in places)
            {
                if (zone.ControlPlane.IsFederated)
                    CopyUp(zone, place.ControlPlane, destinations, resources, workloads, copies);
            }

            dataplanes = copies.ToImmutable();
        }
        else if (place.ControlPlane.IsFederated && global is not null)
        {
            CopyDown(global, place.ControlPlane, destinations, resources);
            foreach (var zone in places)
            {
                if (zone.ControlPlane.IsFederated && !ReferenceEquals(zone, place))
                    CopyAcross(zone, place.ControlPlane, global.ControlPlane, destinations, resources);
            }
        }

        return new ZoneView(version)
        {
            ControlPlane = place.ControlPlane,
            IsImplied = place.IsImplied,
            Meshes = meshes,
            Dataplanes = place.ControlPlane.IsGlobal ? [] : [.. place.Dataplanes],
            DataplaneCopies = dataplanes,
            Destinations = destinations.ToImmutable(),
            Resources = resources.ToImmutable(),
            Workloads = workloads.ToImmutable(),
        };
    }

    /// <summary>Tells each destination its instances: home first, then in the order of the views.</summary>
    public void SetInstances()
    {
        foreach (var (destination, list) in instances)
        {
            var ordered = ImmutableArray.CreateBuilder<DestinationInstance>(list.Count);
            foreach (var instance in list)
            {
                if (instance.IsLocal)
                    ordered.Insert(0, instance);
                else
                    ordered.Add(instance);
            }

            destination.Instances = ordered.DrainToImmutable();
        }
    }

    private void CopyUp(
        Place zone, ControlPlane receiver, ImmutableArray<DestinationInstance>.Builder destinations, ImmutableArray<ResourceInstance>.Builder resources,
        ImmutableArray<WorkloadInstance>.Builder workloads, ImmutableArray<DataplaneInstance>.Builder dataplanes)
    {
        foreach (var destination in zone.Destinations)
        {
            if (!Replication.ZoneToGlobal(destination.KindInfo) || !Replication.IsSent(destination.Labels, zone.ControlPlane))
                continue;
            var copy = Replication.Up(destination.KindInfo, destination.Mesh, destination.DisplayName, destination.Labels, zone.ControlPlane, receiver);
            Add(destinations, destination, receiver, copy.CoreName, copy.Labels);
        }

        foreach (var resource in zone.Resources)
        {
            if (Replication.ZoneToGlobal(resource.KindInfo) && Replication.IsSent(resource.Labels, zone.ControlPlane))
                Add(resources, resource, receiver, Replication.Up(resource.KindInfo, resource.Mesh, resource.DisplayName, resource.Labels, zone.ControlPlane, receiver));
        }

        foreach (var workload in zone.Workloads)
        {
            var copy = Replication.Up(WorkloadKind, workload.Mesh, workload.Name, workload.Labels, zone.ControlPlane, receiver);
            workloads.Add(new WorkloadInstance(workload, receiver, copy.CoreName, copy.Labels));
        }

        foreach (var dataplane in zone.Dataplanes)
        {
            if (!Replication.IsSent(dataplane.Labels, zone.ControlPlane) || !IsValidOnArrival(dataplane))
                continue;
            var copy = Replication.Up(DataplaneKind, dataplane.Mesh, dataplane.DisplayName, dataplane.Labels, zone.ControlPlane, receiver);
            dataplanes.Add(new DataplaneInstance(dataplane, receiver, copy.CoreName, copy.Labels));
        }
    }

    private void CopyDown(
        Place from, ControlPlane receiver, ImmutableArray<DestinationInstance>.Builder destinations, ImmutableArray<ResourceInstance>.Builder resources)
    {
        foreach (var destination in from.Destinations)
        {
            if (!Replication.GlobalToZones(destination.KindInfo) || !Replication.IsSent(destination.Labels, from.ControlPlane))
                continue;
            var copy = Replication.Down(destination.KindInfo, destination.Mesh, destination.DisplayName, destination.Labels, receiver);
            Add(destinations, destination, receiver, copy.CoreName, copy.Labels);
        }

        foreach (var resource in from.Resources)
        {
            if (Replication.GlobalToZones(resource.KindInfo) && Replication.IsSent(resource.Labels, from.ControlPlane))
                Add(resources, resource, receiver, Replication.Down(resource.KindInfo, resource.Mesh, resource.DisplayName, resource.Labels, receiver));
        }
    }

    private void CopyAcross(
        Place zone, ControlPlane receiver, ControlPlane via, ImmutableArray<DestinationInstance>.Builder destinations, ImmutableArray<ResourceInstance>.Builder resources)
    {
        foreach (var destination in zone.Destinations)
        {
            if (destination.Kind == DestinationKind.MeshService && Replication.IsSent(destination.Labels, zone.ControlPlane))
            {
                var copy = Across(destination.KindInfo, destination.Mesh, destination.DisplayName, destination.Labels);
                Add(destinations, destination, receiver, copy.CoreName, copy.Labels);
            }
        }

        foreach (var resource in zone.Resources)
        {
            if (Replication.AcrossZones(resource.KindInfo, resource.Labels, resource.Spec, zone.ControlPlane, version) && Replication.IsSent(resource.Labels, zone.ControlPlane))
                Add(resources, resource, receiver, Across(resource.KindInfo, resource.Mesh, resource.DisplayName, resource.Labels));
        }

        Replication.Copy Across(KindInfo kind, string mesh, string displayName, LabelSet labels) =>
            Replication.Down(kind, mesh, displayName, Replication.Up(kind, mesh, displayName, labels, zone.ControlPlane, via).Labels, receiver);
    }

    /// <summary>
    /// The receiver validates what arrives, after the zone has written its tag: tags without a service then refuse a Dataplane that its own zone took
    /// (condition B15; kuma: pkg/kds/v2/client/kds_client.go).
    /// </summary>
    private bool IsValidOnArrival(Dataplane dataplane)
    {
        if (dataplane.Gateway != GatewayType.None && dataplane.GatewayTags.Count > 0 && !dataplane.GatewayTags.Contains(WellKnown.ServiceTag))
            return false;
        if (!version.IsTwo())
            return true;
        foreach (var inbound in dataplane.Inbounds)
        {
            if (inbound.Tags.Count > 0 && !inbound.Tags.Contains(WellKnown.ServiceTag))
                return false;
        }

        return true;
    }

    private void Add(ImmutableArray<DestinationInstance>.Builder list, Destination destination, ControlPlane receiver, string coreName, LabelSet labels)
    {
        var instance = new DestinationInstance { Destination = destination, ControlPlane = receiver, CoreName = coreName, Labels = labels, Order = list.Count };
        list.Add(instance);
        if (!instances.TryGetValue(destination, out var all))
            instances[destination] = all = new List<DestinationInstance>(1);
        all.Add(instance);
    }

    private static void Add(ImmutableArray<ResourceInstance>.Builder list, ResourceInstance resource, ControlPlane receiver, Replication.Copy copy) =>
        list.Add(new ResourceInstance
        {
            KindInfo = resource.KindInfo,
            Mesh = resource.Mesh,
            ControlPlane = receiver,
            Home = resource.Home,
            CoreName = copy.CoreName,
            Labels = copy.Labels,
            Spec = resource.Spec,
            Stored = resource.Stored,
            Order = list.Count,
        });

    private static KindInfo Find(string name) => KindCatalog.Find(name) ?? throw new InvalidOperationException($"{name} is no kind");
}
