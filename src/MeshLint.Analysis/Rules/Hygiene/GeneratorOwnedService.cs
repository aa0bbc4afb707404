using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>A hand-written MeshService with the label that gives it to the generator.</summary>
/// <remarks>Mirrors kuma: pkg/core/resources/apis/meshservice/generate/generator.go. Condition D28 of docs/coverage.md.</remarks>
internal sealed class GeneratorOwnedService : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9202", "generator-owned-service",
        "A hand-written MeshService is labelled as generated, so the generator overwrites or deletes it", RuleCategory.Hygiene,
        Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    private const string Generator = "meshservice-generator";

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict.Stored is not { Kind: "MeshService", Place.IsGlobal: false, Resource.IsKubernetes: false } stored)
                continue;
            var owner = stored.Resource.LabelsNode[WellKnown.ManagedBy];
            if (owner.Text != Generator)
                continue;
            context.Report(
                Descriptor,
                Location.Of(owner),
                $"label '{WellKnown.ManagedBy}' hands MeshService '{stored.Resource.Name}' over to the generator, which overwrites it")
                .On(stored)
                .UnlessUnconfigured(context.Options)
                .Note("the generator replaces its ports, and deletes it after a grace period if no Dataplane has its name")
                .Help($"remove the label '{WellKnown.ManagedBy}'");
        }
    }
}
