using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary><c>kuma.io/ignore</c> with a value that only one of its two readers knows.</summary>
internal sealed class HalfIgnoredService : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9152", "half-ignored-service", "A Service is ignored for inbounds, but not for its MeshService", RuleCategory.Hygiene,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is IgnoredByHalf e
        ? New(item, $"'kuma.io/ignore: {e.Value}' on {Name(item)} stops its inbounds, but the MeshService is still generated")
            .Help("write 'true'")
        : null;
}
