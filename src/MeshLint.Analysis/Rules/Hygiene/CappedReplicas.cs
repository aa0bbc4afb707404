using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>A StatefulSet of whose replicas only the first are looked at.</summary>
internal sealed class CappedReplicas : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9156", "capped-replicas", "A StatefulSet has more replicas than MeshLint checks one by one", RuleCategory.Hygiene,
        Severity.Info);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is ReplicasCapped e
        ? New(item, $"{Name(item)} has {e.Replicas} replicas, of which MeshLint checks only the first {e.Considered}")
        : null;
}
