using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A named targetPort that leads to different numbers on the Pods of one Service.</summary>
internal sealed class NamedPortDiffers : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5151", "named-port-differs", "A named targetPort has different numbers on different Pods", RuleCategory.Routing,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is NamedPortFound { Node.Exists: true } found && scene.FirstOf(found) is var first && first.Port != found.Port
        ? New(
                item,
                $"targetPort '{found.Name}' is port {first.Port} of {Name(first)} and port {found.Port} of {Name(found)}")
            .On(found.Service)
            .Related(RuleText.At(first.ContainerPort, first.Object.Location), $"port {first.Port}")
            .Related(RuleText.At(found.ContainerPort, found.Object.Location), $"port {found.Port}")
        : null;
}
