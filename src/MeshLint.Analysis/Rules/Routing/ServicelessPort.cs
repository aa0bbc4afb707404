using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A hand-written inbound on the port that marks Pods without any Service.</summary>
/// <remarks>kuma: pkg/plugins/runtime/k8s/controllers/inbound_converter.go (TCPPortReserved). Condition B09 of docs/coverage.md.</remarks>
internal sealed class ServicelessPort : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5208", "serviceless-port", "An inbound uses the port that Kuma reserves for Pods without a Service", RuleCategory.Routing,
        Severity.Info);

    private const int Reserved = 49151;

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var dataplane in context.Compilation.Graph.Dataplanes)
        {
            if (dataplane.Declared is not { } declared)
                continue;
            foreach (var inbound in dataplane.Inbounds)
            {
                if (inbound.Port != Reserved)
                    continue;
                context.Report(
                    Descriptor,
                    RuleText.At(inbound.Node["port"], dataplane.Location),
                    $"port {Reserved} is reserved for Pods without a Service, so parts of the control plane ignore this inbound")
                    .On(declared)
                    .Help("use another port");
            }
        }
    }
}
