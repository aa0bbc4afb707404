using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A zone-proxy Service that gives no listener or no MeshZoneAddress.</summary>
internal sealed class ZoneProxySkipped : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5153", "zone-proxy-skipped", "A zone-proxy Service has no effect", RuleCategory.Routing,
        Severity.Warning) { When = static b => b.ZoneProxyListeners };

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item switch
    {
        ListenersSkipped e =>
            New(item, $"zone-proxy Service '{e.Service.Name}' gets no listener, because mesh '{e.Mesh}' is not in mode Exclusive")
                .On(e.Service),
        DuplicateListener e =>
            New(item, $"zone-proxy Services '{e.First.Name}' and '{e.Service.Name}' use the same port {e.Port}; the second one is ignored")
                .On(e.Service),
        MeshZoneAddressSkipped { Reason: MeshZoneAddressSkipReason.Error } e =>
            New(item, $"zone-ingress {Name(item)} gets no MeshZoneAddress: {Sentence(e.Text)}"),
        _ => null,
    };
}
