using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Service in a mesh that has no selector.</summary>
internal sealed class SelectorlessServiceRule : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2159", "selectorless-service", "A Service without selector selects every Dataplane of its namespace", RuleCategory.References,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is SelectorlessService && !scene.HasNoMeshService(item.Object)
        ? New(item, $"{Name(item)} has no selector, so its MeshService selects every Dataplane of the namespace")
            .Note("each of them that has a port with that number gets its traffic")
        : null;
}
