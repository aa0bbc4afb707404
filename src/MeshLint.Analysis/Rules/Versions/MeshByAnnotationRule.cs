using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Versions;

/// <summary>A mesh that is chosen by an annotation in place of a label.</summary>
internal sealed class MeshByAnnotationRule : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML6151", "mesh-by-annotation", "A mesh is chosen by an annotation that 3.0 does not read", RuleCategory.Versions, Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is MeshByAnnotation e
        ? New(item, !scene.Version.Behaviour.MeshAnnotation
                ? $"Kuma {scene.Version.Text()} does not read the annotation 'kuma.io/mesh': {Name(item)} is in mesh '{e.Effective}', not "
                    + $"'{e.Mesh}'"
                : $"{Name(item)} chooses its mesh by the annotation 'kuma.io/mesh', which 3.0 does not read")
            .As(scene.Version.Behaviour.MeshAnnotation ? Severity.Info : Severity.Error)
            .Help("use the label 'kuma.io/mesh'")
        : null;
}
