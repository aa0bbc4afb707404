namespace MeshLint.Kuma.Resources;

/// <summary>How an item of a document is read.</summary>
public enum DocumentItemForm
{
    /// <summary>A Kuma resource in Universal form.</summary>
    Universal,

    /// <summary>A Kuma resource as a Kubernetes object.</summary>
    Kubernetes,

    /// <summary>A core Kubernetes object from which Kuma derives resources.</summary>
    CoreObject,
}
