using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Resources;

/// <summary>A core Kubernetes object from which Kuma derives resources: Namespace, Service, Pod, a workload with a Pod template, Node, ServiceAccount, EndpointSlice.</summary>
public sealed class KubernetesObject
{
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Namespace; "default" where a namespaced object has none, "" for cluster-scoped kinds.</summary>
    public required string Namespace { get; init; }

    public required SourceDocument Document { get; init; }

    /// <summary>The object's mapping: the document's root, or an item of a <c>List</c>.</summary>
    public required Node Root { get; init; }

    public required ControlPlane Place { get; init; }

    /// <summary>Position in document order over the whole repository.</summary>
    public required int Order { get; init; }

    public LabelSet Labels => LabelSet.From(Root["metadata"]["labels"]);

    public LabelSet Annotations => LabelSet.From(Root["metadata"]["annotations"]);

    public Node Spec => Root["spec"];

    public Location Location => Location.Of(Root["metadata"]["name"] is { Exists: true } name ? name : Root);

    public ResourceIdentity Identity => new(Kind, null, Namespace.Length > 0 ? Namespace : null, Name);

    public override string ToString() => Namespace.Length > 0 ? $"{Kind} {Namespace}/{Name}" : $"{Kind} {Name}";
}
