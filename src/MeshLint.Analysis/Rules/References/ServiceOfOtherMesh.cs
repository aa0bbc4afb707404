using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Service that selects Pods of another mesh.</summary>
internal sealed class ServiceOfOtherMesh : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2157", "service-of-other-mesh", "A Service and the Pods behind it are in different meshes", RuleCategory.References,
        Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is MeshMismatch e && !scene.HasNoMeshService(item.Object)
        ? New(item, $"{Name(item)} is in mesh '{e.Mesh}', but {e.Pod.Kind} '{e.Pod.Name}', which it selects, is in mesh '{e.PodMesh}'")
            .Related([e.Pod], $"is in mesh '{e.PodMesh}'")
            .Note("a MeshService selects only Dataplanes of its own mesh, so this one has no endpoints")
        : null;
}
