using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Service of which the control plane cannot make a MeshService.</summary>
internal sealed class MeshServiceNotGenerated : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2155", "mesh-service-not-generated", "The control plane cannot generate a MeshService from a Service", RuleCategory.References,
        Severity.Error);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is MeshServiceError e
        ? New(item, $"{Name(item)} gets no MeshService: {Sentence(e.Text)}")
            .Related(e.Existing?.Resource.Location, "the hand-written MeshService")
        : null;
}
