using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>
/// A Workload that a zone makes from the label <c>kuma.io/workload</c> of its Dataplanes (2.13 and later;
/// docs/kuma/mesh-services.md#workloads). On Kubernetes there is one per namespace.
/// </summary>
/// <param name="Mesh">Its mesh.</param>
/// <param name="Home">The zone that makes it.</param>
/// <param name="Name">The label's value.</param>
/// <param name="Labels">Its labels in the own zone.</param>
/// <param name="Dataplanes">The Dataplanes with the label, in creation order.</param>
public sealed record Workload(string Mesh, ControlPlane Home, string Name, LabelSet Labels, ImmutableArray<Dataplane> Dataplanes)
{
    /// <summary>Namespace on Kubernetes, else "".</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Its name in the store of its zone.</summary>
    public string CoreName => Namespace.Length > 0 ? $"{Name}.{Namespace}" : Name;

    /// <summary><c>status.dataplaneProxies.healthy</c>: Dataplanes with at least one healthy inbound.</summary>
    public int Healthy => Dataplanes.Count(static d => d.Inbounds.Any(static i => i.IsHealthy));
}

/// <summary>A Workload as one control plane has it; zones copy theirs to the Global.</summary>
public sealed record WorkloadInstance(Workload Workload, ControlPlane ControlPlane, string CoreName, LabelSet Labels);
