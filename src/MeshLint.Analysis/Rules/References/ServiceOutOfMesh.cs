using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Service outside of the mesh whose Pods are inside.</summary>
internal sealed class ServiceOutOfMesh : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2154", "service-out-of-mesh", "A Service has injected Pods behind it, but no MeshService", RuleCategory.References,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is MeshServiceSkipped { Reason: MeshServiceSkipReason.NotInMesh, Pods.IsEmpty: false } e
        ? New(item, $"{Name(item)} selects injected Pods, but gets no MeshService")
            .Related(e.Pods, "has a Dataplane")
            .Note(
                "neither the label 'kuma.io/mesh' on the Service nor the label 'kuma.io/sidecar-injection' on its namespace brings it "
                    + "into a mesh")
            .Help("add the label 'kuma.io/mesh' to the Service, or 'kuma.io/sidecar-injection: enabled' to the namespace")
        : null;
}
