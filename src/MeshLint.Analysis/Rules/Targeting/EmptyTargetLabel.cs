using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.Targeting;

/// <summary>A top-level targetRef with an empty label value, which selects the Dataplanes that do not have the label.</summary>
/// <remarks>
/// Mirrors kuma: pkg/plugins/policies/core/matchers/dataplane.go, where an absent label reads as "". Condition G40 of docs/coverage.md.
/// </remarks>
internal sealed class EmptyTargetLabel : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML3203", "empty-target-label", "A label with an empty value in a targetRef selects Dataplanes without the label",
        RuleCategory.Targeting, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var reference in context.Compilation.References)
        {
            if (reference.Edge != ReferenceEdge.TargetRef || reference.From is not { } from || reference.Target.Kind != "Dataplane")
                continue;
            foreach (var pair in reference.Target.LabelsNode.Entries)
            {
                if (pair.Text is { Length: > 0 } && !pair.IsNullOrMissing)
                    continue;
                context.Report(
                    Descriptor, Location.OfKey(pair), $"'{pair.Key}' with an empty value selects the Dataplanes that do not have the label")
                    .On(from)
                    .Help("remove the label, or give it a value");
            }
        }
    }
}
