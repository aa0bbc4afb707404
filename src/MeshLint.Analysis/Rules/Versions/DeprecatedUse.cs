using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.Versions;

/// <summary>What the control plane itself warns of when it takes the document.</summary>
/// <remarks>
/// The words are those of the API's answer (docs/kuma/policies.md#deprecations; kuma:
/// pkg/core/resources/apis/*/api/v1alpha1/deprecated.go).
/// </remarks>
internal sealed class DeprecatedUse : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML6001", "deprecated-use", "The control plane accepts the document with a warning", RuleCategory.Versions, Severity.Info);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (!verdict.Accepted)
                continue;
            foreach (var warning in verdict.Warnings)
                context.Report(Descriptor, verdict.Resource.Location, $"the control plane warns: {warning.TrimEnd('.')}")
                    .On(verdict.Resource);
        }
    }
}
