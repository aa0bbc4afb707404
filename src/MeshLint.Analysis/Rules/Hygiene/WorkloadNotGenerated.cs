using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>A workload name that gives no Workload.</summary>
internal sealed class WorkloadNotGenerated : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9155", "workload-not-generated", "No Workload is generated from a workload name", RuleCategory.Hygiene,
        Severity.Warning) { When = static b => b.Workloads };

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is WorkloadSkipped e
        ? New(item, e.Reason switch
        {
            WorkloadSkipReason.SeveralMeshes =>
                $"Dataplanes of several meshes have the workload name '{e.Name}': {RuleText.Quoted(e.Meshes)}",
            _ => $"workload name '{e.Name}' of {Name(item)} is not a DNS label, so no Workload is generated from it",
        })
        : null;
}
