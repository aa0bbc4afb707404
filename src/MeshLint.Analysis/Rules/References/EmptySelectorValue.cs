using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A selector pair with an empty value, which matches what lacks the label.</summary>
internal sealed class EmptySelectorValue : MultiZoneRule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2106", "empty-selector-value", "A selector pair with an empty value matches resources that lack the label",
        RuleCategory.References, Severity.Warning);

    public override DiagnosticDescriptor Finds => Descriptor;

    public override void Check(RuleContext context, MultiZoneService service)
    {
        foreach (var pair in service.Labels.Entries)
        {
            if (pair.Text is not ("" or null))
                continue;
            context.Report(
                Descriptor, Location.Of(pair), $"'{pair.Key}' with an empty value matches the MeshServices that do not have the label")
                .On(service.Declared)
                .Help("remove the pair, or give it a value");
        }
    }
}
