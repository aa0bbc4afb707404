using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>What the injector does with a Pod.</content>
public sealed partial class Behaviour
{
    public bool SystemNamespaceExcluded { get; } = facts.Add(
        Injection, "Pods of the system namespace are not injected (zone proxies are)",
        Since(V2_11),
        "deployments/charts/kuma/templates/cp-webhooks-and-secrets.yaml",
        "UPGRADE.md 2.11.x: System namespace requires the kuma.io/sidecar-injection label");

    public bool WorkloadLabelRefused { get; } = facts.Add(
        Injection, "A Pod that carries 'kuma.io/workload' itself is refused",
        Since(V2_13), "pkg/plugins/runtime/k8s/webhooks/pod_validator.go", "CHANGELOG.md 2.13.0");

    public bool RedirectionByConfig { get; } = facts.Add(
        Injection, "Redirection is configured by one ConfigMap and annotation; otherwise by an annotation for each setting",
        Since(V3_0),
        "pkg/plugins/runtime/k8s/webhooks/injector/injector.go",
        "UPGRADE.md 3.0.0: Transparent proxy configured only through the ConfigMap");

    public bool SpireAnnotation { get; } = facts.Add(
        Injection, "The annotation 'k8s.kuma.io/spire-support' is read",
        Since(V2_12), "pkg/plugins/runtime/k8s/webhooks/injector/injector.go");

    public bool ReadinessPortExcluded { get; } = facts.Add(
        Injection, "The port of the readiness reporter is excluded from redirection",
        Since(V2_14), "pkg/plugins/runtime/k8s/webhooks/injector/injector.go", "UPGRADE.md 2.14.x: Readiness reporter is now TCP-only");

    public bool VirtualProbes { get; } = facts.Add(
        Injection, "Probes may go through virtual probes of the sidecar",
        Before(V3_0), "pkg/plugins/runtime/k8s/probes/probe.go", "UPGRADE.md 3.0.0: Virtual probes removed");

    public bool VirtualProbesByDefault { get; } = facts.Add(
        Injection, "Virtual probes are on unless switched off",
        Before(V2_13), "pkg/plugins/runtime/k8s/probes/probe.go", "UPGRADE.md 2.13.x: Virtual Probes Disabled by Default");

    public bool NativeSidecarsByDefault { get; } = facts.Add(
        Injection, "Sidecars are injected as init containers that keep running, without a setting",
        Since(V3_0),
        "pkg/plugins/runtime/k8s/webhooks/injector/injector.go",
        "UPGRADE.md 2.14.x: Kubernetes native sidecar containers are now the only injection mode");
}
