using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A reference to MeshServices by a label that differs between the original and its copies.</summary>
/// <remarks>
/// Replication rewrites the origin (kuma: pkg/kds/context/context.go). Condition H07 of docs/coverage.md; selectors of
/// MeshMultiZoneServices are zone-dependent-selector.
/// </remarks>
internal sealed class OriginInReference : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2206", "origin-in-reference", "A reference uses a label that differs from zone to zone", RuleCategory.References,
        Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        if (!context.Compilation.Graph.Views.Any(static v => v.ControlPlane.IsFederated))
            return;
        foreach (var reference in context.Compilation.References)
        {
            if (reference.Edge is not (ReferenceEdge.To or ReferenceEdge.BackendRef or ReferenceEdge.RequestMirror or ReferenceEdge.Outbound or ReferenceEdge.ReachableBackend))
                continue;
            var node = reference.Target.LabelsNode[WellKnown.Origin];
            // Only MeshServices are born in zones and copied to others.
            if (!node.Exists || reference.Target.Kind != "MeshService")
                continue;
            var finding = context.Report(
                Descriptor,
                Location.OfKey(node),
                $"'{WellKnown.Origin}' is 'zone' in the zone of a MeshService and 'global' on its copies, so the reference selects "
                    + "different services in each zone")
                .Help("refer by labels that are the same everywhere, such as 'kuma.io/display-name' and 'kuma.io/zone'");
            if (reference.From is { } from)
                finding.On(from);
            else if (reference.FromDataplane is { } dataplane)
                finding.On(RuleText.Identity(dataplane));
        }
    }
}
