using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>A resource that is no destination and no Dataplane (a policy, a generator, an identity, …) as one control plane has it: written there, copied there, or made by the control plane itself.</summary>
public sealed class ResourceInstance
{
    public required KindInfo KindInfo { get; init; }

    /// <summary>"" for kinds without a mesh.</summary>
    public required string Mesh { get; init; }

    /// <summary>The control plane that has it.</summary>
    public required ControlPlane ControlPlane { get; init; }

    /// <summary>The control plane where it was born.</summary>
    public required ControlPlane Home { get; init; }

    /// <summary>Name in this control plane's store; hashed for a copy.</summary>
    public required string CoreName { get; init; }

    /// <summary>Labels as this control plane sees them.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>The decoded body.</summary>
    public required Node Spec { get; init; }

    /// <summary>The document; null for what a control plane makes by itself (default policies and generators) or of a Kubernetes object.</summary>
    public StoredResource? Stored { get; init; }

    /// <summary>The Kubernetes object that it is made of (zone proxies, MeshZoneAddresses), or null.</summary>
    public KubernetesObject? DerivedFrom { get; init; }

    /// <summary>Rank by creation; smaller is older. What control planes make by themselves comes first.</summary>
    public required int Order { get; init; }

    public string Kind => KindInfo.Name;

    /// <summary>Born in this control plane.</summary>
    public bool IsLocal => ReferenceEquals(Home, ControlPlane);

    /// <summary>A control plane makes it by itself.</summary>
    public bool IsDefault => Stored is null && DerivedFrom is null;

    public string DisplayName => Labels[WellKnown.DisplayName] is { Length: > 0 } name ? name : CoreName;

    /// <summary>Label <c>kuma.io/zone</c>, or "".</summary>
    public string ZoneLabel => Labels[WellKnown.Zone] ?? "";

    /// <summary>Label <c>k8s.kuma.io/namespace</c>, or "".</summary>
    public string NamespaceLabel => Labels[WellKnown.Namespace] ?? "";

    /// <summary>The KRI, or "" for a kind without short name.</summary>
    public string Kri => Identity.Kri.Format(KindInfo, Mesh, ZoneLabel, NamespaceLabel, DisplayName, "");

    internal ResourceInstance WithOrder(int order) => new()
    {
        KindInfo = KindInfo,
        Mesh = Mesh,
        ControlPlane = ControlPlane,
        Home = Home,
        CoreName = CoreName,
        Labels = Labels,
        Spec = Spec,
        Stored = Stored,
        DerivedFrom = DerivedFrom,
        Order = order,
    };

    public override string ToString() => $"{Kind} {Mesh}/{CoreName} in {ControlPlane.Name}";
}
