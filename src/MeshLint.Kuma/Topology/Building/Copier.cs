using MeshLint.Kuma.Model;
using System.Collections.Frozen;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Makes the view of each control plane: its own resources, then the copies that replication brings
/// (docs/kuma/multi-zone.md#replication).
/// </summary>
internal sealed class Copier(List<Place> places, KumaVersion version)
{
    private static readonly KindInfo DataplaneKind = Find("Dataplane");
    private static readonly KindInfo WorkloadKind = Find("Workload");

    private readonly Dictionary<Destination, List<DestinationInstance>> instances = new(ReferenceEqualityComparer.Instance);
    private readonly Place? global = places.Find(static p => p.ControlPlane.IsGlobal);

    /// <summary>The view of one control plane.</summary>
    public ZoneView CreateView(Place place, FrozenDictionary<string, MeshInfo> meshes)
    {
        var draft = new ViewDraft(place.ControlPlane);
        foreach (var destination in place.Destinations)
            draft.Add(destination, new(destination.CoreName, destination.Labels));
        foreach (var resource in place.Resources)
            draft.Add(resource);
        foreach (var workload in place.Workloads)
            draft.Workloads.Add(new WorkloadInstance(workload, place.ControlPlane, workload.CoreName, workload.Labels));

        if (place.ControlPlane.IsGlobal)
        {
            foreach (var zone in places)
            {
                if (zone.ControlPlane.IsFederated)
                    CopyUp(zone, draft);
            }
        }
        else if (place.ControlPlane.IsFederated && global is not null)
        {
            CopyDown(global, draft);
            foreach (var zone in places)
            {
                if (zone.ControlPlane.IsFederated && !ReferenceEquals(zone, place))
                    CopyAcross(zone, global.ControlPlane, draft);
            }
        }

        foreach (var instance in draft.Destinations)
        {
            if (!instances.TryGetValue(instance.Destination, out var all))
                instances[instance.Destination] = all = new List<DestinationInstance>(1);
            all.Add(instance);
        }

        return new ZoneView(version)
        {
            ControlPlane = place.ControlPlane,
            IsImplied = place.IsImplied,
            Meshes = meshes,
            Dataplanes = place.ControlPlane.IsGlobal ? [] : [.. place.Dataplanes],
            DataplaneCopies = [.. draft.Dataplanes],
            Destinations = [.. draft.Destinations],
            Resources = [.. draft.Resources],
            Workloads = [.. draft.Workloads],
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

    private void CopyUp(Place zone, ViewDraft draft)
    {
        foreach (var destination in zone.Destinations)
        {
            if (Replication.ZoneToGlobal(destination.KindInfo) && Replication.IsSent(destination.Labels, zone.ControlPlane))
                draft.Add(destination, Replication.Up(destination.KindInfo, destination.Mesh, destination.DisplayName, destination.Labels, zone.ControlPlane, draft.Receiver));
        }

        foreach (var resource in zone.Resources)
        {
            if (Replication.ZoneToGlobal(resource.KindInfo) && Replication.IsSent(resource.Labels, zone.ControlPlane))
                draft.Add(resource, Replication.Up(resource.KindInfo, resource.Mesh, resource.DisplayName, resource.Labels, zone.ControlPlane, draft.Receiver));
        }

        foreach (var workload in zone.Workloads)
        {
            var copy = Replication.Up(WorkloadKind, workload.Mesh, workload.Name, workload.Labels, zone.ControlPlane, draft.Receiver);
            draft.Workloads.Add(new WorkloadInstance(workload, draft.Receiver, copy.CoreName, copy.Labels));
        }

        foreach (var dataplane in zone.Dataplanes)
        {
            if (Replication.IsSent(dataplane.Labels, zone.ControlPlane) && IsValidOnArrival(dataplane))
                draft.Add(dataplane, Replication.Up(DataplaneKind, dataplane.Mesh, dataplane.DisplayName, dataplane.Labels, zone.ControlPlane, draft.Receiver));
        }
    }

    private static void CopyDown(Place from, ViewDraft draft)
    {
        foreach (var destination in from.Destinations)
        {
            if (Replication.GlobalToZones(destination.KindInfo) && Replication.IsSent(destination.Labels, from.ControlPlane))
                draft.Add(destination, Replication.Down(destination.KindInfo, destination.Mesh, destination.DisplayName, destination.Labels, draft.Receiver));
        }

        foreach (var resource in from.Resources)
        {
            if (Replication.GlobalToZones(resource.KindInfo) && Replication.IsSent(resource.Labels, from.ControlPlane))
                draft.Add(resource, Replication.Down(resource.KindInfo, resource.Mesh, resource.DisplayName, resource.Labels, draft.Receiver));
        }
    }

    private void CopyAcross(Place zone, ControlPlane via, ViewDraft draft)
    {
        foreach (var destination in zone.Destinations)
        {
            if (destination.Kind == DestinationKind.MeshService && Replication.IsSent(destination.Labels, zone.ControlPlane))
                draft.Add(destination, Across(destination.KindInfo, destination.Mesh, destination.DisplayName, destination.Labels));
        }

        foreach (var resource in zone.Resources)
        {
            if (Replication.AcrossZones(resource.KindInfo, resource.Labels, resource.Spec, zone.ControlPlane, version) && Replication.IsSent(resource.Labels, zone.ControlPlane))
                draft.Add(resource, Across(resource.KindInfo, resource.Mesh, resource.DisplayName, resource.Labels));
        }

        Replication.Copy Across(KindInfo kind, string mesh, string displayName, LabelSet labels) =>
            Replication.Down(kind, mesh, displayName, Replication.Up(kind, mesh, displayName, labels, zone.ControlPlane, via).Labels, draft.Receiver);
    }

    /// <summary>
    /// The receiver validates what arrives, after the zone has written its tag: tags without a service then refuse a Dataplane that its own zone took
    /// (condition B15 of docs/coverage.md; kuma: pkg/kds/v2/client/kds_client.go).
    /// </summary>
    private bool IsValidOnArrival(Dataplane dataplane)
    {
        if (dataplane.Gateway != GatewayType.None && dataplane.GatewayTags.Count > 0 && !dataplane.GatewayTags.Contains(WellKnown.ServiceTag))
            return false;
        if (!version.Behaviour.InboundTags)
            return true;
        foreach (var inbound in dataplane.Inbounds)
        {
            if (inbound.Tags.Count > 0 && !inbound.Tags.Contains(WellKnown.ServiceTag))
                return false;
        }

        return true;
    }

    private static KindInfo Find(string name) => KindCatalog.Find(name) ?? throw new InvalidOperationException($"{name} is no kind");
}
