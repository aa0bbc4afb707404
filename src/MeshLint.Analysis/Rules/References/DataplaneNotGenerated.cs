using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>An injected Pod of which the control plane cannot make a Dataplane.</summary>
internal sealed class DataplaneNotGenerated : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2153", "dataplane-not-generated", "A Pod is injected, but gets no Dataplane", RuleCategory.References, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is DataplaneError { Reason: not (DataplaneErrorReason.NodeNotFound or DataplaneErrorReason.OwnerNotFound) } e
        ? New(item, $"{Name(item)} gets no Dataplane: {Sentence(e.Text)}")
            .World(scene.IsAssumed(item.Object.Namespace) ? "Namespace" : e.Reason == DataplaneErrorReason.MeshNotFound ? "Mesh" : null)
            .Related(e.Services, "this Service selects the Pod and causes the error")
        : null;
}
