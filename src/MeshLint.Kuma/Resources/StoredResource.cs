using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Resources;

/// <summary>A resource as the control plane that received it would store it: labels computed, body decoded, defaults put in.</summary>
/// <remarks>The graph is built from these, never from the text. Refused documents have none.</remarks>
public sealed class StoredResource
{
    /// <summary>The document that it came from.</summary>
    public required MeshResource Resource { get; init; }

    /// <summary>
    /// The labels that the control plane sees, adapter labels included (docs/kuma/documents.md#identity,
    /// docs/kuma/labels.md#computed-labels).
    /// </summary>
    public required LabelSet Labels { get; init; }

    /// <summary>
    /// The decoded body: for plugin kinds the <c>spec</c>, for protobuf kinds the message, with keys in their JSON spelling,
    /// unknown fields and nulls gone and defaults put in. Its spans point into the document.
    /// </summary>
    public required Node Spec { get; init; }

    public KindInfo KindInfo => Resource.KindInfo ?? throw new InvalidOperationException("a stored resource has a known kind");

    public string Kind => Resource.Kind;

    public string Mesh => Resource.Mesh;

    public string CoreName => Resource.CoreName;

    public ControlPlane Place => Resource.Place;

    public int Order => Resource.Order;

    /// <summary>Label <c>kuma.io/display-name</c> if present and non-empty, else the core name.</summary>
    public string DisplayName => Labels[WellKnown.DisplayName] is { Length: > 0 } name ? name : CoreName;

    /// <summary>Label <c>kuma.io/zone</c>, or "".</summary>
    public string ZoneLabel => Labels[WellKnown.Zone] ?? "";

    /// <summary>Label <c>k8s.kuma.io/namespace</c>, or "".</summary>
    public string NamespaceLabel => Labels[WellKnown.Namespace] ?? "";

    /// <summary>The resource's KRI, or "" for a kind without short name.</summary>
    public string Kri => Identity.Kri.Format(KindInfo, Mesh, ZoneLabel, NamespaceLabel, DisplayName, "");

    public override string ToString() => Resource.ToString();
}
