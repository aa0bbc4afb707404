using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A hand-written MeshService with the name of one that would be generated.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshservice/generate/generator.go, which only logs. Condition D27 of docs/coverage.md.
/// </remarks>
internal sealed class BlockedGeneration : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2007", "blocked-generation", "A hand-written MeshService blocks a generated one", RuleCategory.References, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var skipped in context.Compilation.Graph.SkippedNames)
        {
            if (skipped is not { Reason: SkippedNameReason.DeclaredExists, Declared: { } declared })
                continue;
            var finding = context.Report(
                Descriptor,
                declared.Location,
                $"{RuleText.Name(declared)} blocks the MeshService of that name that the control plane would generate")
                .On(RuleText.Identity(declared))
                .Related(
                    skipped.Dataplanes[0].Location,
                    $"the first of {RuleText.Count(skipped.Dataplanes.Length, "Dataplane")} with the name '{skipped.Name}'")
                .Note("the generator only logs \"couldn't create MeshService\"; ports and selector are the hand-written ones")
                .Help("rename it, or let it select the same Dataplanes to replace the generated one");
            // Who writes a service that serves those very Dataplanes has replaced the generated one on purpose.
            if (declared.IsSelectionCut || skipped.Dataplanes.All(declared.Selected.Contains))
                finding.As(Severity.Info);
        }
    }
}
