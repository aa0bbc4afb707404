using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Admission;

/// <summary>Why a resource may not be applied to a control plane.</summary>
/// <param name="Text">The webhook's words; its answer is 403.</param>
/// <param name="At">What the words are about; missing where it is the resource as a whole.</param>
/// <param name="LacksOrigin">The answer has a cause at the origin label.</param>
internal sealed record PlacementRefusal(string Text, Node At, bool LacksOrigin = false);

/// <summary>
/// Decides which resources an ordinary user may apply where (kuma: pkg/plugins/runtime/k8s/webhooks/resourceadmissionchecker.go;
/// docs/kuma/admission.md#kubernetes-placement).
/// </summary>
internal static class KubernetesPlacement
{
    /// <summary>The cause that a missing origin label has in the answer.</summary>
    public const string OriginField = $"metadata.labels[{WellKnown.Origin}]";

    /// <summary>Why not, or null.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="origin">Its label <c>kuma.io/origin</c> at this moment, "" where it has none.</param>
    /// <param name="zone">Its label <c>kuma.io/zone</c> at this moment.</param>
    /// <param name="spec">Its decoded body.</param>
    /// <param name="version">The Kuma line.</param>
    public static PlacementRefusal? Find(MeshResource resource, KindInfo kind, string origin, string? zone, Node spec, KumaVersion version)
    {
        var place = resource.Place;
        if (resource.Namespace is { } ns && ns != place.SystemNamespace && (place.IsGlobal || kind.SystemNamespaceOnly))
        {
            var text = place.IsGlobal
                ? $"on Global CP the policy can be created only in the system namespace:{place.SystemNamespace}"
                : $"resource type {kind.Name} can be created only in the system namespace:{place.SystemNamespace}";
            return new PlacementRefusal(text, resource.Root["metadata"]["namespace"]);
        }

        if (place.IsGlobal ? !kind.WritableOnGlobal : place.IsFederated && !kind.WritableOnZone)
        {
            var (here, there) = place.IsGlobal ? ("GLOBAL", "ZONE") : ("ZONE", "GLOBAL");
            return new PlacementRefusal(
                $"Operation not allowed. Kuma resources like {kind.Name} can be updated or deleted only from the {there} control plane "
                    + $"and not from a {here} control plane.",
                resource.Root["kind"]);
        }

        if (!kind.IsPlugin || place.Role == ControlPlaneRole.Zone)
            return null;
        return version.Behaviour.PlacementCheckedOnGlobal
            ? CheckLabels(resource, kind, origin, zone, spec, version)
            : CheckLabelsOf210(resource, kind, origin, zone, spec, version);
    }

    private static PlacementRefusal? CheckLabels(
        MeshResource resource, KindInfo kind, string origin, string? zone, Node spec, KumaVersion version)
    {
        if (resource.Place.IsGlobal)
            return origin == "zone" ? Differs(resource, WellKnown.Origin, "global", origin, version) : null;
        return CheckRole(resource, kind, spec, version)
               ?? CheckOrigin(resource, origin, version)
               ?? (origin == "zone" ? CheckZone(resource, zone, version) : null);
    }

    /// <summary>2.9 and 2.10 look at federated zones only, at the role last.</summary>
    private static PlacementRefusal? CheckLabelsOf210(
        MeshResource resource, KindInfo kind, string origin, string? zone, Node spec, KumaVersion version)
    {
        if (resource.Place.IsGlobal)
            return null;
        return CheckOrigin(resource, origin, version)
               ?? (origin is not ("" or "global") ? CheckZone(resource, zone, version) : null)
               ?? CheckRole(resource, kind, spec, version);
    }

    private static PlacementRefusal? CheckRole(MeshResource resource, KindInfo kind, Node spec, KumaVersion version)
    {
        if (kind.Group != KindGroup.Policy || resource.Namespace is not { } ns)
            return null;
        PolicyRole.Compute(spec, ns, resource.Place.SystemNamespace, version, out var error);
        return error is null ? null : new PlacementRefusal(error, PolicySpec.ToNode(resource.Spec));
    }

    private static PlacementRefusal? CheckOrigin(MeshResource resource, string origin, KumaVersion version)
    {
        if (resource.Namespace != resource.Place.SystemNamespace || origin == "zone")
            return null;
        var where = version.Behaviour.PlacementTextNamesNamespace ? " on a system namespace" : "";
        return new PlacementRefusal(
            $"Operation not allowed. Applying policies on Zone CP{where} requires '{WellKnown.Origin}' label to be set to 'zone'.",
            resource.LabelsNode[WellKnown.Origin],
            LacksOrigin: true);
    }

    private static PlacementRefusal? CheckZone(MeshResource resource, string? zone, KumaVersion version) =>
        zone is not null && zone != resource.Place.Zone ? Differs(resource, WellKnown.Zone, resource.Place.Zone, zone, version) : null;

    private static PlacementRefusal Differs(MeshResource resource, string label, string wanted, string given, KumaVersion version)
    {
        var quote = version.Behaviour.PlacementTextQuoted ? "'" : "";
        return new PlacementRefusal(
            $"Operation not allowed. {quote}{label}{quote} label should have {quote}{wanted}{quote} value, got {quote}{given}{quote}",
            resource.LabelsNode[label]);
    }
}
