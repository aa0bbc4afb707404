using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A Service in a mesh with ports of other transport protocols only.</summary>
internal sealed class ServiceWithoutTcpPort : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5154", "service-without-tcp-port", "A Service in a mesh has no TCP port", RuleCategory.Routing, Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is UnsupportedPortProtocol { IsLast: true } e
        ? New(item, $"{Name(item)} has only {e.Protocol} ports, so its MeshService has no ports")
            .Note("the MeshService counts as healthy and routes nothing")
        : null;
}
