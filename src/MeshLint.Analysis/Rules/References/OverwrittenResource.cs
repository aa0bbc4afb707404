using MeshLint.Diagnostics;

namespace MeshLint.Analysis.Rules.References;

/// <summary>Two documents with one key: the later apply overwrites the earlier.</summary>
/// <remarks>
/// The key is type, mesh and name in one control plane (docs/kuma/documents.md#identity). Condition A06 of docs/coverage.md.
/// </remarks>
internal sealed class OverwrittenResource : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2008", "overwritten-resource", "Two documents define one resource, and the later one overwrites the earlier",
        RuleCategory.References, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var (earlier, later) in context.Compilation.Graph.Overwrites)
        {
            context.Report(
                Descriptor,
                later.Resource.Location,
                $"{later.Kind} '{later.CoreName}' is defined twice for control plane '{later.Place.Name}'; the one applied last wins")
                .On(later)
                .UnlessUnconfigured(context.Options)
                .Related(earlier.Resource.Location, "the other definition")
                .Note("the deployment tool decides which one is applied last; MeshLint assumes document order")
                .Help("keep one, or give them different names");
        }
    }
}
