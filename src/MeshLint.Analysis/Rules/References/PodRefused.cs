using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Pod that a webhook of Kuma refuses.</summary>
internal sealed class PodRefused : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2152", "pod-refused", "A webhook of Kuma refuses the Pods of a workload", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is PodRejected e
        ? New(item, $"the Pods of {Name(item)} are refused: {Sentence(e.Text)}")
            .World(e.Reason == PodRejectionReason.MeshNotFound ? "Mesh" : null)
            .Refuses(item.Object.Kind == "Pod" ? e.Text : null)
        : null;
}
