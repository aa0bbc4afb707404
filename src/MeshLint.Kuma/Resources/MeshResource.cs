using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Resources;

/// <summary>Which of the two spellings a document uses.</summary>
public enum ResourceForm
{
    /// <summary><c>type:</c>, <c>mesh:</c>, <c>name:</c> at the top level.</summary>
    Universal,

    /// <summary><c>apiVersion: kuma.io/v1alpha1</c>.</summary>
    Kubernetes,
}

/// <summary>One Kuma resource as a document states it: nothing computed, nothing judged.</summary>
/// <remarks>One model for both forms. Names are as written; what the control plane would make of them is a <see cref="StoredResource"/>.</remarks>
public sealed class MeshResource
{
    /// <summary>The kind's facts; null where the kind name is no Kuma kind (still a document that a control plane would refuse).</summary>
    public required KindInfo? KindInfo { get; init; }

    /// <summary>The kind's name as written.</summary>
    public required string Kind { get; init; }

    public required ResourceForm Form { get; init; }

    /// <summary>The document that holds it.</summary>
    public required SourceDocument Document { get; init; }

    /// <summary>Its mapping: the document's root, or an item of a <c>List</c>.</summary>
    public required Node Root { get; init; }

    /// <summary>The control plane that it would be applied to.</summary>
    public required ControlPlane Place { get; init; }

    /// <summary>Position in document order over the whole repository (path, then position); stands for creation time.</summary>
    public required int Order { get; init; }

    /// <summary>Universal <c>name</c>, Kubernetes <c>metadata.name</c>; "" where absent or no string.</summary>
    public required string Name { get; init; }

    /// <summary>Kubernetes <c>metadata.namespace</c>; null on Universal and for cluster-scoped kinds; "default" where a namespaced one has none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The mesh as a control plane would read it: field or label by kind and form, <c>default</c> where absent; "" for kinds without a mesh.</summary>
    public required string Mesh { get; init; }

    public bool IsKubernetes => Form == ResourceForm.Kubernetes;

    /// <summary>Universal <c>labels</c>, Kubernetes <c>metadata.labels</c>.</summary>
    public Node LabelsNode => IsKubernetes ? Root["metadata"]["labels"] : Root["labels"];

    /// <summary>Kubernetes <c>metadata.annotations</c>; missing on Universal.</summary>
    public Node AnnotationsNode => IsKubernetes ? Root["metadata"]["annotations"] : default;

    /// <summary>The body as written: <c>spec</c>, or the whole document for protobuf kinds in Universal form.</summary>
    public Node Spec => !IsKubernetes && KindInfo is { Family: KindFamily.Proto } ? Root : Root["spec"];

    /// <summary>The node that carries the name, for findings about the resource as a whole; the kind, else the root, where there is none.</summary>
    public Node NameNode
    {
        get
        {
            var name = IsKubernetes ? Root["metadata"]["name"] : Root["name"];
            if (name.Exists)
                return name;
            var kind = Root[IsKubernetes ? "kind" : "type"];
            return kind.Exists ? kind : Root;
        }
    }

    /// <summary>Where findings about the resource as a whole point to.</summary>
    public Location Location => Location.Of(NameNode);

    public ResourceIdentity Identity => new(Kind, Mesh.Length > 0 ? Mesh : null, Namespace, Name);

    /// <summary>
    /// The name in the control plane's store: Kubernetes namespaced objects are <c>name.namespace</c> (docs/kuma/documents.md#identity).
    /// </summary>
    public string CoreName => Namespace is { } ns ? $"{Name}.{ns}" : Name;

    public override string ToString() => $"{Kind} {Mesh}/{CoreName}";
}
