using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Topology;

namespace MeshLint.Output.Graph;

/// <summary>A Dataplane as the outputs show it.</summary>
/// <param name="Dataplane">The Dataplane.</param>
/// <param name="Index">Its place in the graph, from 0.</param>
public sealed record GraphDataplane(Dataplane Dataplane, int Index)
{
    private static readonly KindInfo Kind = KindCatalog.Find("Dataplane") ?? throw new InvalidOperationException("Dataplane is a kind");

    /// <summary>The KRI.</summary>
    public string Kri { get; } = KriOf(Dataplane);

    /// <summary>The object's namespace. The label that references compare may differ (a Pod label wins over what is computed).</summary>
    public string Namespace { get; } =
        Dataplane.DerivedFrom?.Namespace ?? Dataplane.Declared?.Resource.Namespace ?? Dataplane.Namespace;

    /// <summary>The name without the namespace that Kubernetes puts behind it.</summary>
    public string Name =>
        Dataplane.Place.IsKubernetes && Namespace.Length > 0 && Dataplane.CoreName.EndsWith($".{Namespace}", StringComparison.Ordinal)
            ? Dataplane.CoreName[..^(Namespace.Length + 1)]
            : Dataplane.CoreName;

    /// <summary>The KRI of a Dataplane.</summary>
    public static string KriOf(Dataplane dataplane) => MeshLint.Kuma.Identity.Kri.Format(
        Kind, dataplane.Mesh, dataplane.Labels[WellKnown.Zone] ?? "", dataplane.Namespace, dataplane.DisplayName, "");
}
