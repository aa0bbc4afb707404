using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>A Dataplane that no MeshService selects where only MeshServices are served.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshservice/match.go and generate/generator.go. Conditions B11, B12, B24 and C16 of
/// docs/coverage.md.
/// </remarks>
internal sealed class UnselectedDataplane : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3003", "unselected-dataplane", "No MeshService selects a Dataplane, so it gets no mesh traffic", RuleCategory.Targeting,
        Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var graph = context.Compilation.Graph;
        // Where selections are cut, a Dataplane that is in none of them may be selected all the same.
        if (!context.Compilation.Bindings.Limits.IsEmpty)
            return;
        var skipped = graph.SkippedNames.SelectMany(s => s.Dataplanes).ToHashSet();
        foreach (var dataplane in graph.Dataplanes)
        {
            if (dataplane.Gateway != GatewayType.None || dataplane.Inbounds.IsEmpty
                || context.Compilation.SelectedDataplanes.Contains(dataplane) || skipped.Contains(dataplane))
                continue;
            // The serviceless inbound of a Pod that nobody calls is by design.
            if (dataplane.IsDerived && dataplane.Inbounds.All(i => i.Port == Serviceless))
                continue;
            var exclusive = graph.ViewOf(dataplane.Place).Meshes.TryGetValue(dataplane.Mesh, out var mesh) && mesh.IsExclusive
                && mesh.IsDeclared;
            if (!exclusive && !context.Version.Behaviour.AlwaysExclusive)
                continue;
            var finding = context.Report(Descriptor, dataplane.Location, $"no MeshService selects {RuleText.Name(dataplane)}")
                .On(RuleText.Identity(dataplane))
                .UnlessOpen(context.Options, "MeshService")
                .Note("no proxy of the mesh can call it");
            if (dataplane.IsDerived || dataplane.Place.IsKubernetes)
                finding.Help(
                    "give it a Service in a namespace with the label 'kuma.io/sidecar-injection: enabled', or write a MeshService");
            else if (context.Version.Behaviour.MakesNoInboundTags(dataplane.Place.InboundTagsDisabled))
                finding.Help($"give it the label '{WellKnown.Workload}', from which a MeshService is generated, or write a MeshService");
            else
                finding.Help(
                    $"give an inbound the tag '{WellKnown.ServiceTag}', from which a MeshService is generated, or write a MeshService");
        }
    }

    private const int Serviceless = 49151;
}
