using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>A MeshService with an empty label selector, which selects every Dataplane of its mesh and zone.</summary>
/// <remarks>Mirrors kuma: pkg/core/resources/apis/meshservice/match.go. Condition D04 of docs/coverage.md.</remarks>
internal sealed class AllDataplanesSelected : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3202", "all-dataplanes-selected", "A MeshService with an empty selector selects every Dataplane", RuleCategory.Targeting,
        Severity.Warning) { When = static b => b.DataplaneLabelsSelector };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var service in context.Compilation.Graph.Destinations)
        {
            if (service is not { Kind: DestinationKind.MeshService, Declared: { } declared, Selector: { DataplaneRef: null, DataplaneTags: null, DataplaneLabels: { Labels.Count: 0 } selector } })
                continue;
            var node = selector.Node.Exists ? selector.Node : declared.MeshService.DataplaneLabels;
            context.Report(
                Descriptor,
                RuleText.At(node, service.Location),
                $"{RuleText.Name(service)} has empty 'dataplaneLabels', which select every Dataplane of mesh '{service.Mesh}' in its zone")
                .On(declared)
                .Note("each of them that has the port gets its traffic")
                .Help("name the labels of the Dataplanes that serve it under 'matchLabels'");
        }
    }
}
