using MeshLint.Kuma.Model;
using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Which control planes get a copy of a resource, and what the copy is called there (docs/kuma/documents.md#kinds,
/// docs/kuma/multi-zone.md#replication; kuma: pkg/kds/context/context.go).
/// </summary>
internal static class Replication
{
    /// <summary>Name and labels of a copy.</summary>
    public readonly record struct Copy(string CoreName, LabelSet Labels);

    public static bool ZoneToGlobal(KindInfo kind) => kind.Group is KindGroup.Policy or KindGroup.ZoneProxy
        || kind.Name is "Dataplane" or "MeshService" or "MeshExternalService" or "HostnameGenerator" or "MeshIdentity" or "MeshTrust"
            or "MeshOpenTelemetryBackend" or "Workload" or "MeshZoneAddress" or "MeshGateway";

    public static bool GlobalToZones(KindInfo kind) => kind.Group is KindGroup.Policy or KindGroup.LegacyPolicy or KindGroup.Secret
        || kind.Name is "MeshMultiZoneService" or "MeshExternalService" or "HostnameGenerator" or "MeshIdentity" or "MeshTrust"
            or "MeshOpenTelemetryBackend" or "MeshGateway" or "MeshGatewayRoute";

    /// <summary>Whether a zone's resource reaches the other zones; of policies only producer policies do.</summary>
    public static bool AcrossZones(KindInfo kind, LabelSet labels, Node spec, ControlPlane home, KumaVersion version)
    {
        if (kind.Name is "MeshService" or "MeshZoneAddress" or "ZoneIngress")
            return true;
        // The Global computes the role once more, so a label alone does not do it.
        return kind.Group == KindGroup.Policy && labels[WellKnown.PolicyRole] == PolicyRole.Producer
            && PolicyRole.Compute(spec, labels[WellKnown.Namespace] ?? "", home.SystemNamespace, version, out _) == PolicyRole.Producer;
    }

    /// <summary>Whether the receiving side sees the resource as born where it was written, and nobody opted it out.</summary>
    public static bool IsSent(LabelSet labels, ControlPlane home)
    {
        var origin = labels[WellKnown.Origin];
        return labels[WellKnown.KdsSync] != "disabled" && (origin is null or "" || origin == (home.IsGlobal ? "global" : "zone"));
    }

    /// <summary>The copy that a Global has of a zone's resource.</summary>
    public static Copy Up(KindInfo kind, string mesh, string displayName, LabelSet labels, ControlPlane home, ControlPlane global)
    {
        var copied = labels.With(WellKnown.Origin, "zone").With(WellKnown.Zone, home.Zone).WithDefault(WellKnown.DisplayName, displayName)
            .Without(WellKnown.DeletionGracePeriodStartedAt);
        return new(NameIn(global, kind, mesh, displayName, copied), copied);
    }

    /// <summary>The copy that a zone has of a Global's resource, or of what the Global has from another zone.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="mesh">Its mesh, or "".</param>
    /// <param name="displayName">Its display name.</param>
    /// <param name="labels">Its labels on the Global.</param>
    /// <param name="zone">The receiving zone.</param>
    public static Copy Down(KindInfo kind, string mesh, string displayName, LabelSet labels, ControlPlane zone)
    {
        var copied = labels.With(WellKnown.Origin, "global").WithDefault(WellKnown.DisplayName, displayName);
        return new(NameIn(zone, kind, mesh, displayName, copied), copied);
    }

    private static string NameIn(ControlPlane receiver, KindInfo kind, string mesh, string displayName, LabelSet labels)
    {
        var name = kind.Name is "Mesh" or "Secret" or "GlobalSecret" ? displayName : Identity.Kri.CopyName(mesh, displayName, labels[WellKnown.Zone], labels[WellKnown.Namespace]);
        return receiver.IsKubernetes && kind.IsNamespaced ? $"{name}.{receiver.SystemNamespace}" : name;
    }
}
