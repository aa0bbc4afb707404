using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>An annotation <c>&lt;port&gt;.service.kuma.io/protocol</c> without a port of that number.</summary>
internal sealed class UnusedProtocolAnnotation : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9151", "unused-protocol-annotation", "A protocol annotation names a port that the Service does not have", RuleCategory.Hygiene,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) =>
        item is ProtocolAnnotationSuspect { Trap: ProtocolAnnotationTrap.NoSuchPort or ProtocolAnnotationTrap.TargetPort } e
        ? New(item, e.Trap == ProtocolAnnotationTrap.TargetPort
                ? $"'{e.Node.Key}' of {Name(item)} names a targetPort, but the annotation must name the Service's port"
                : $"'{e.Node.Key}' of {Name(item)} names a port that the Service does not have")
            .AtKey()
        : null;
}
