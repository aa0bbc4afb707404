using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A Pod that asks for a sidecar in a way that no webhook answers.</summary>
internal sealed class PodNotInjected : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2151", "pod-not-injected", "A Pod asks for a sidecar and does not get one", RuleCategory.References, Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item switch
    {
        NotInjected { Reason: NotInjectedReason.NamespaceLacksLabel } =>
            New(item, $"{Name(item)} asks for a sidecar, but its namespace has no label '{WellKnown.SidecarInjection}'")
                .Note("since 2.11 no webhook is called for Pods of such a namespace")
                .Help("add the label to the namespace, with any value"),
        NotInjected { Reason: NotInjectedReason.PodLabelNotMatched } =>
            New(item, $"{Name(item)} asks for a sidecar with a value that the webhook does not select")
                .Note("the webhook selects the value 'enabled' only")
                .Help($"write '{WellKnown.SidecarInjection}: enabled'"),
        _ => null,
    };
}
