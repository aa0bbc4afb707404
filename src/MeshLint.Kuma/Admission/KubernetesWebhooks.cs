using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Admission;

/// <summary>
/// Which of Kuma's webhooks an API server calls for a kind (kuma: deployments/charts/kuma/templates/cp-webhooks-and-secrets.yaml;
/// docs/kuma/admission.md#kubernetes-pipeline).
/// </summary>
/// <param name="Defaulter">Decodes the object, computes labels, writes it back.</param>
/// <param name="OwnerReference">Makes the Mesh the owner.</param>
/// <param name="Validator">Validates.</param>
internal readonly record struct KubernetesWebhooks(bool Defaulter, bool OwnerReference, bool Validator)
{
    private const string KubeSystem = "kube-system";

    /// <summary>The webhooks that serve a create of the kind in a namespace; none where the namespace is not selected.</summary>
    public static KubernetesWebhooks Of(MeshResource resource, KindInfo kind, AdmissionWorld world) =>
        resource.Namespace is not { } ns || IsSelected(ns, resource.Place, world) ? Of(kind) : default;

    /// <summary>
    /// Cluster-scoped objects are always selected; since 2.11 a namespace is by the label key, whatever its value. The chart labels the
    /// system namespace.
    /// </summary>
    private static bool IsSelected(string ns, ControlPlane place, AdmissionWorld world)
    {
        if (ns == KubeSystem)
            return false;
        if (!world.Version.Behaviour.NamespaceNeedsInjectionLabel || ns == place.SystemNamespace)
            return true;
        return world.NamespaceLabels(place, ns) is not { } labels || labels.Contains(WellKnown.SidecarInjection);
    }

    private static KubernetesWebhooks Of(KindInfo kind)
    {
        if (kind.IsPlugin)
            return new(true, true, true);
        return kind.Name switch
        {
            "Mesh" or "Dataplane" => new(true, false, true),
            "MeshGateway" => new(true, true, true),
            "ZoneIngress" or "ZoneEgress" => new(true, false, false),
            "Timeout" => new(false, true, false),
            "Zone" or "ContainerPatch" or "MeshGatewayInstance" => new(false, false, true),
            "MeshGatewayConfig" => default,
            _ => new(false, true, true),
        };
    }
}
