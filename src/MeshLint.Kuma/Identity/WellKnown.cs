using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Identity;

/// <summary>Label, tag and annotation keys that Kuma gives a meaning (kuma: api/mesh/v1alpha1/metadata.go, pkg/plugins/runtime/k8s/metadata/annotations.go).</summary>
public static class WellKnown
{
    public const string Mesh = "kuma.io/mesh";
    public const string DisplayName = "kuma.io/display-name";
    public const string Origin = "kuma.io/origin";
    public const string Zone = "kuma.io/zone";
    public const string Env = "kuma.io/env";
    public const string Namespace = "k8s.kuma.io/namespace";
    public const string PolicyRole = "kuma.io/policy-role";
    public const string ProxyType = "kuma.io/proxy-type";
    public const string ListenerZoneIngress = "kuma.io/listener-zoneingress";
    public const string ListenerZoneEgress = "kuma.io/listener-zoneegress";
    public const string Workload = "kuma.io/workload";
    public const string ServiceAccount = "k8s.kuma.io/service-account";
    public const string ManagedBy = "kuma.io/managed-by";
    public const string KdsSync = "kuma.io/kds-sync";
    public const string ServiceName = "k8s.kuma.io/service-name";
    public const string ServicePort = "k8s.kuma.io/service-port";
    public const string IsHeadlessService = "k8s.kuma.io/is-headless-service";
    public const string DeletionGracePeriodStartedAt = "kuma.io/deletion-grace-period-started-at";
    public const string ZoneProxyType = "k8s.kuma.io/zone-proxy-type";
    public const string SidecarInjection = "kuma.io/sidecar-injection";

    public const string ServiceTag = "kuma.io/service";
    public const string ProtocolTag = "kuma.io/protocol";
    public const string InstanceTag = "kuma.io/instance";

    public const string DefaultMesh = "default";
}
