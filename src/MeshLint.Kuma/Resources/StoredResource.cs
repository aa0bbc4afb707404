using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Resources;

/// <summary>A resource as the control plane that received it would store it: labels computed, body decoded, defaults put in.</summary>
/// <remarks>The graph is built from these, never from the text. Refused documents have none.</remarks>
public sealed class StoredResource
{
    private object? view;

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

    /// <summary>The body of a targetRef policy.</summary>
    public PolicySpec Policy => View(PolicySpec.Read);

    /// <summary>The body of a MeshService.</summary>
    public MeshServiceSpec MeshService => View(MeshServiceSpec.Read);

    /// <summary>The body of a MeshMultiZoneService.</summary>
    public MeshMultiZoneServiceSpec MeshMultiZoneService => View(MeshMultiZoneServiceSpec.Read);

    /// <summary>The body of a MeshExternalService.</summary>
    public MeshExternalServiceSpec MeshExternalService => View(MeshExternalServiceSpec.Read);

    /// <summary>The body of a HostnameGenerator.</summary>
    public HostnameGeneratorSpec HostnameGenerator => View(HostnameGeneratorSpec.Read);

    /// <summary>The body of a MeshIdentity.</summary>
    public MeshIdentitySpec MeshIdentity => View(MeshIdentitySpec.Read);

    /// <summary>The body of a Dataplane.</summary>
    public DataplaneSpec Dataplane => View(DataplaneSpec.Read);

    public override string ToString() => Resource.ToString();

    // A resource has one kind and with it one view, parsed when it is asked for the first time; threads that meet make equal ones.
    private T View<T>(Func<Node, T> read)
        where T : class
    {
        if (view is T known)
            return known;
        var parsed = read(Spec);
        view = parsed;
        return parsed;
    }
}
