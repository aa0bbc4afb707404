using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Analysis.Rules.Kubernetes;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>Two Services that lead to one port of a Pod in different ways.</summary>
internal sealed class SharedPodPort : KubernetesRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5152", "shared-port", "Several Services use one port of a Pod, and only one of them takes effect", RuleCategory.Routing,
        Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override EventReport? Look(KubernetesScene scene, KubernetesEvent item) => item switch
    {
        SharedPort { ProtocolsDiffer: true, Outcome: not SharedPortOutcome.Repeated } e =>
            New(item, $"two Services give port {e.Port} of {Name(item)} different protocols, and only one of them takes effect")
                .On(e.Service)
                .Related(First(e), e.Outcome == SharedPortOutcome.SecondKept ? "has no effect" : "takes effect"),
        SharedPort { Outcome: SharedPortOutcome.ReadyDropped } e =>
            New(
                item,
                $"port {e.Port} of {Name(item)} gets no inbound for Service '{e.Service.Name}', because the inbound of another Service "
                    + "has the port and takes no traffic")
                .On(e.Service)
                .Related(First(e), "has the inbound, whose state is Ignored"),
        _ => null,
    };

    private static Location First(SharedPort shared) => shared.FirstPort.Exists ? Location.Of(shared.FirstPort) : shared.First.Location;
}
