using MeshLint.Kuma.Model;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>What one control plane has, while its view is put together.</summary>
/// <remarks>
/// Two resources of one identity give copies of one name; the one sent last overwrites the other (condition A07 of docs/coverage.md).
/// </remarks>
internal sealed class ViewDraft(ControlPlane receiver)
{
    private readonly Dictionary<(string Kind, string Mesh, string CoreName), int> positions = [];

    public ControlPlane Receiver { get; } = receiver;

    public List<DestinationInstance> Destinations { get; } = [];

    public List<ResourceInstance> Resources { get; } = [];

    public List<WorkloadInstance> Workloads { get; } = [];

    public List<DataplaneInstance> Dataplanes { get; } = [];

    public void Add(Destination destination, Replication.Copy copy)
    {
        var position = PositionOf(destination.KindName, destination.Mesh, copy.CoreName, Destinations.Count);
        Put(Destinations, position, new DestinationInstance
        {
            Destination = destination, ControlPlane = Receiver, CoreName = copy.CoreName, Labels = copy.Labels, Order = position,
        });
    }

    /// <summary>Adds a resource that is born here.</summary>
    public void Add(ResourceInstance resource)
    {
        var position = PositionOf(resource.Kind, resource.Mesh, resource.CoreName, Resources.Count);
        Put(Resources, position, resource);
    }

    /// <summary>Adds a copy of a resource.</summary>
    public void Add(ResourceInstance resource, Replication.Copy copy)
    {
        var position = PositionOf(resource.Kind, resource.Mesh, copy.CoreName, Resources.Count);
        Put(Resources, position, new ResourceInstance
        {
            KindInfo = resource.KindInfo,
            Mesh = resource.Mesh,
            ControlPlane = Receiver,
            Home = resource.Home,
            CoreName = copy.CoreName,
            Labels = copy.Labels,
            Spec = resource.Spec,
            Stored = resource.Stored,
            DerivedFrom = resource.DerivedFrom,
            Order = position,
        });
    }

    public void Add(Dataplane dataplane, Replication.Copy copy)
    {
        var position = PositionOf("Dataplane", dataplane.Mesh, copy.CoreName, Dataplanes.Count);
        Put(Dataplanes, position, new DataplaneInstance(dataplane, Receiver, copy.CoreName, copy.Labels));
    }

    private int PositionOf(string kind, string mesh, string coreName, int next)
    {
        ref var position = ref CollectionsMarshal.GetValueRefOrAddDefault(positions, (kind, mesh, coreName), out var exists);
        if (!exists)
            position = next;
        return position;
    }

    private static void Put<T>(List<T> list, int position, T item)
    {
        if (position < list.Count)
            list[position] = item;
        else
            list.Add(item);
    }
}
