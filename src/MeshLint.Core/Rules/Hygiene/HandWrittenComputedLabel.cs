using MeshLint.Core.Diagnostics;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules.Hygiene;

/// <summary>Labels that a control plane computes, written by hand with other values: they are kept as they are.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/labels/compute.go and pkg/core/resources/apis/meshservice/generate/generator.go. Conditions A16 and
/// D28 of docs/coverage.md.
/// </remarks>
internal sealed class HandWrittenComputedLabel : Rule
{
    public static readonly DiagnosticDescriptor WrongValue = new(
        "ML9201", "hand-written-computed-label", "A label that the control plane computes is written with another value", RuleCategory.Hygiene, Severity.Warning);

    public static readonly DiagnosticDescriptor GeneratorOwned = new(
        "ML9202", "generator-owned-service", "A hand-written MeshService is given to the generator, which overwrites and deletes it", RuleCategory.Hygiene, Severity.Error);

    private const string Generator = "meshservice-generator";

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [WrongValue, GeneratorOwned];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict.Stored is not { } stored || stored.Place.IsGlobal || !stored.Resource.LabelsNode.Exists)
                continue;
            Check(context, stored);
            var owner = stored.Resource.LabelsNode[WellKnown.ManagedBy];
            if (stored.Kind == "MeshService" && owner.Text == Generator && !stored.Resource.IsKubernetes)
            {
                context.Report(GeneratorOwned, Location.Of(owner), $"MeshService '{stored.Resource.Name}' says that the generator manages it")
                    .On(stored)
                    .UnlessUnconfigured(context.Options)
                    .Note("the generator replaces its ports, and deletes it after a grace period if no Dataplane names it")
                    .Help($"remove the label '{WellKnown.ManagedBy}'");
            }
        }
    }

    private static void Check(RuleContext context, StoredResource stored)
    {
        var resource = stored.Resource;
        var labels = resource.LabelsNode;
        if (resource.KindInfo is not { IsPlugin: true })
            return;
        var isCopy = stored.Labels[WellKnown.Origin] == "global";
        if (isCopy && resource.KindInfo.IsWritableOnZone(context.Version))
        {
            // Bound to another zone's egress: external-service-of-other-zone says it.
            if (stored.Kind != "MeshExternalService" || stored.ZoneLabel.Length == 0)
                Compare(WellKnown.Origin, "zone", "the control plane takes it for the copy of a resource of its Global");
            return;
        }

        Compare(WellKnown.Env, resource.IsKubernetes ? "kubernetes" : "universal", "hostname generators and selectors that ask for the environment miss it");
        if (resource.Namespace is { } ns)
            Compare(WellKnown.Namespace, ns, "references look for it in that namespace, and do not find it in its own");

        void Compare(string key, string expected, string effect)
        {
            var node = labels[key];
            if (node.Kind is not NodeKind.String || node.Text == expected || stored.Labels[key] != node.Text)
                return;
            context.Report(WrongValue, Location.Of(node), $"'{key}' would be '{expected}', but '{node.Text}' is written and kept")
                .On(resource)
                .UnlessUnconfigured(context.Options)
                .Note(effect)
                .Help("leave the label out");
        }
    }
}
