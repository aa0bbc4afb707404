using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>An inbound that Git marks as not ready: it never gets traffic until something else updates it.</summary>
/// <remarks>Mirrors kuma: api/mesh/v1alpha1/dataplane_helpers.go. Condition B10 of docs/coverage.md.</remarks>
internal sealed class IdleInbound : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5004", "idle-inbound", "An inbound is declared not ready", RuleCategory.Routing, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var dataplane in context.Compilation.Graph.Dataplanes)
        {
            if (dataplane.Declared is null)
                continue;
            foreach (var inbound in dataplane.Inbounds)
            {
                // What a serviceProbe sets is not written, and the data plane takes it back.
                if (inbound.IsHealthy || inbound.Node["serviceProbe"].Exists)
                    continue;
                var node = inbound.Node["state"].Exists ? inbound.Node["state"] : inbound.Node["health"];
                context.Report(
                    Descriptor,
                    RuleText.At(node, dataplane.Location),
                    $"inbound '{inbound.SectionName}' of {RuleText.Name(dataplane)} is declared not ready")
                    .On(RuleText.Identity(dataplane))
                    .Note("it gets no traffic until something updates the Dataplane")
                    .Help("leave 'state' and 'health' out of Git");
            }
        }
    }
}
