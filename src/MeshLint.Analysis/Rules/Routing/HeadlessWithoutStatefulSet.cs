using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A headless Service whose Pods are not those of a StatefulSet.</summary>
internal sealed class HeadlessWithoutStatefulSet : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5155", "headless-without-stateful-set", "A headless Service selects Pods without stable names", RuleCategory.Routing,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is UnpredictableHeadless e
        ? New(item, $"headless {Name(item)} selects Pods without stable names")
            .Related([e.Workload], "is not a StatefulSet")
            .As(item.Object.Place.IsFederated ? Severity.Warning : Severity.Info)
            .Note(
                "each Pod gets a MeshService of its own, and the default hostname of other zones needs a label that only Pods of a "
                    + "StatefulSet have")
        : null;
}
