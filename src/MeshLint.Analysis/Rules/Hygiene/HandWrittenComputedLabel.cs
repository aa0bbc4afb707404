using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Hygiene;

/// <summary>Labels that a control plane computes, written by hand with other values: the control plane keeps them.</summary>
/// <remarks>Mirrors kuma: pkg/core/resources/labels/compute.go. Condition A16 of docs/coverage.md.</remarks>
internal sealed class HandWrittenComputedLabel : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML9201", "hand-written-computed-label", "A label that the control plane computes is written with another value",
        RuleCategory.Hygiene, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict.Stored is not { } stored || stored.Place.IsGlobal || !stored.Resource.LabelsNode.Exists)
                continue;
            Check(context, stored);
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
                Compare(WellKnown.Origin, "zone", "the control plane treats the resource as a copy from its Global");
            return;
        }

        Compare(
            WellKnown.Env,
            resource.IsKubernetes ? "kubernetes" : "universal",
            "hostname generators and selectors by environment do not match it");
        if (resource.Namespace is { } ns)
            Compare(WellKnown.Namespace, ns, "references find it in that namespace, not in its own");

        void Compare(string key, string expected, string effect)
        {
            var node = labels[key];
            if (node.Kind is not NodeKind.String || node.Text == expected || stored.Labels[key] != node.Text)
                return;
            context.Report(
                Descriptor,
                Location.Of(node),
                $"the control plane would set label '{key}' to '{expected}', but keeps '{node.Text}', which is written here")
                .On(resource)
                .UnlessUnconfigured(context.Options)
                .Note(effect)
                .Help("remove the label");
        }
    }
}
