using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Service in a mesh whose selector no Pod of the namespace matches.</summary>
internal sealed class ServiceSelectsNothing : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2160", "service-selects-nothing", "A Service in a mesh matches no Pod", RuleCategory.References, Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is ServiceSelectsNoPod
        ? New(item, $"the selector of {Name(item)} matches no Pod of namespace '{item.Object.Namespace}'").World("Pod")
        : null;
}
