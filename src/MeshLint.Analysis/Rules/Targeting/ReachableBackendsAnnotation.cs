using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>The annotation <c>kuma.io/reachable-backends</c> without refs, with an unknown key, or where it is not read.</summary>
internal sealed class ReachableBackendsAnnotation : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3151", "reachable-backends-annotation",
        "The annotation kuma.io/reachable-backends does not have the effect that it seems to have", RuleCategory.Targeting,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item is ReachableBackendsSuspect e
        ? New(item, e.Trap switch
        {
            ReachableBackendsTrap.NoRefs => $"'kuma.io/reachable-backends' of {Name(item)} has no 'refs', so its proxies reach nothing",
            ReachableBackendsTrap.UnknownKey =>
                $"'kuma.io/reachable-backends' of {Name(item)} has the unknown key '{e.Key}', which has no effect",
            _ => $"'kuma.io/reachable-backends' of {Name(item)} is not read, because the Pod has no transparent proxy",
        })
        : null;
}
