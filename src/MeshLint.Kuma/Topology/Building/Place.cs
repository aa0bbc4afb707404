using MeshLint.Kuma.Model;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>One control plane while the graph is built: what is written to it and what it makes.</summary>
internal sealed class Place(ControlPlane controlPlane, bool isImplied)
{
    private readonly Dictionary<(string Kind, string Mesh, string CoreName), int> positions = [];

    public ControlPlane ControlPlane { get; } = controlPlane;

    /// <summary>Not configured: the Global that federated zones must have.</summary>
    public bool IsImplied { get; } = isImplied;

    /// <summary>Belongs to the multi-zone deployment (of which there is one), not a standalone zone.</summary>
    public bool IsFederated => ControlPlane.IsGlobal || ControlPlane.IsFederated;

    /// <summary>The stored resources, each key once, with the order of the first document of the key.</summary>
    public List<(StoredResource Stored, int Order)> Stored { get; } = [];

    public List<Dataplane> Dataplanes { get; } = [];

    public List<DerivedMeshService> DerivedServices { get; } = [];

    /// <summary>What a Kubernetes zone derives, or null.</summary>
    public ControlPlaneDerivation? Derivation { get; set; }

    /// <summary>Destinations born here, in creation order.</summary>
    public List<Destination> Destinations { get; } = [];

    /// <summary>Resources born here, in creation order.</summary>
    public List<ResourceInstance> Resources { get; } = [];

    public List<Workload> Workloads { get; } = [];

    /// <summary>Takes a document; an earlier one of the same key is overwritten but keeps its age.</summary>
    /// <returns>The overwritten document, or null.</returns>
    public StoredResource? Add(StoredResource stored)
    {
        ref var position = ref CollectionsMarshal.GetValueRefOrAddDefault(positions, (stored.Kind, stored.Mesh, stored.CoreName), out var exists);
        if (!exists)
        {
            position = Stored.Count;
            Stored.Add((stored, stored.Order));
            return null;
        }

        var (earlier, order) = Stored[position];
        Stored[position] = (stored, order);
        return earlier;
    }

    /// <summary>Whether a document states the resource.</summary>
    public bool States(string kind, string mesh, string coreName) => positions.ContainsKey((kind, mesh, coreName));
}
