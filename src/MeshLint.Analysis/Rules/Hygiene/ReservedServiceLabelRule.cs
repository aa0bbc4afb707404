using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>A label of a Service that is copied over a computed label of its MeshService.</summary>
internal sealed class ReservedServiceLabelRule : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9154", "reserved-service-label", "A Service has a label that Kuma computes", RuleCategory.Hygiene, Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is ReservedServiceLabel e && !scene.HasNoMeshService(item.Object)
        ? New(item, $"label '{e.Node.Key}' of {Name(item)} is copied to its MeshService, where it replaces the value that Kuma computes")
            .AtKey().Help("remove the label; Kuma sets it")
        : null;
}
