using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>The annotation <c>kuma.io/gateway</c> on a Service.</summary>
internal sealed class GatewayAnnotationOnService : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9153", "gateway-annotation-on-service", "The gateway annotation is on a Service instead of its Pods", RuleCategory.Hygiene,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is GatewayOnService
        ? New(item, $"'kuma.io/gateway' on {Name(item)} only suppresses its MeshService; the Pods keep their inbounds").AtKey()
            .Help("put the annotation on the Pods")
        : null;
}
