using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A hand-written resource with the name of a Service that must have none.</summary>
internal sealed class DeletedResource : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2156", "deleted-resource", "The control plane deletes a hand-written resource", RuleCategory.References, Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is ResourceDeleted e
        ? New(
            item,
            $"the control plane deletes {e.Resource.Kind} '{e.Resource.Resource.Name}', because {Name(item)} of that name must not have "
                + "one")
            .Related(e.Resource.Resource.Location, "is deleted")
        : null;
}
