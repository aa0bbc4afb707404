using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A selector pair that Kubernetes matches and inbound tags never do.</summary>
internal sealed class UnmatchableServiceSelector : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2158", "unmatchable-service-selector", "A Service selects by a label that never becomes an inbound tag", RuleCategory.References,
        Severity.Error) { When = static b => b.InboundTags };

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is UnmatchableSelector && !scene.HasNoMeshService(item.Object)
        ? New(item, $"selector '{item.Node.Key}' of {Name(item)} never matches a Dataplane")
            .AtKey()
            .Note("Kuma 2.x selects by inbound tags, and Pod labels with an empty value or with 'kuma.io/' in the key do not become tags")
        : null;
}
