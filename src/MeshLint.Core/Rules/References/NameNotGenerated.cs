using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules.References;

/// <summary>A service or workload name from which the control plane makes no MeshService.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshservice/generate/generator.go, which only logs. Conditions B11, B12 and D27 of
/// docs/coverage.md.
/// </remarks>
internal sealed class NameNotGenerated : Rule
{
    public static readonly DiagnosticDescriptor InvalidName = new(
        "ML2006", "ungenerated-name", "A service name gives no MeshService", RuleCategory.References, Severity.Warning);

    public static readonly DiagnosticDescriptor Blocked = new(
        "ML2007", "blocked-generation", "A hand-written MeshService is in the way of a generated one", RuleCategory.References, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [InvalidName, Blocked];

    public override void Analyze(RuleContext context)
    {
        foreach (var skipped in context.Compilation.Graph.SkippedNames)
        {
            var first = skipped.Dataplanes[0];
            if (skipped.Reason == SkippedNameReason.DeclaredExists && skipped.Declared is { } declared)
            {
                var finding = context.Report(Blocked, declared.Location, $"{RuleText.Name(declared)} keeps the control plane from generating the service of that name")
                    .On(RuleText.Identity(declared))
                    .Related(first.Location, $"{RuleText.Count(skipped.Dataplanes.Length, "Dataplane")} named '{skipped.Name}', this is the first")
                    .Note("the generator logs \"couldn't create MeshService\" and goes on; ports and selector are those written by hand")
                    .Help("rename it, or keep it on purpose and let it select the same Dataplanes");
                // Who writes a service that serves those very Dataplanes has replaced the generated one on purpose.
                if (skipped.Dataplanes.All(declared.Selected.Contains))
                    finding.As(Severity.Info);
                continue;
            }

            var exclusive = context.Version.Behaviour.AlwaysExclusive
                || (context.Compilation.Graph.ViewOf(skipped.Place).Meshes.TryGetValue(skipped.Mesh, out var mesh) && mesh.IsExclusive);
            foreach (var dataplane in skipped.Dataplanes)
            {
                var node = skipped.Key == WellKnown.ServiceTag
                    ? dataplane.Inbounds.Select(i => i.Node["tags"][skipped.Key]).FirstOrDefault(n => n.Text == skipped.Name)
                    : dataplane.Declared?.Resource.LabelsNode[skipped.Key] ?? default;
                var isName = skipped.Reason == SkippedNameReason.InvalidName;
                context.Report(
                        InvalidName,
                        RuleText.At(node, dataplane.Location),
                        $"no MeshService is generated from '{skipped.Key}: {skipped.Name}', {(isName ? "the name is no DNS label" : "an inbound has a protocol that no MeshService may have")}")
                    .On(RuleText.Identity(dataplane))
                    .As(exclusive && !IsSelected(context, dataplane) ? Severity.Error : Severity.Warning)
                    .Note(isName
                        ? "a name must begin with a lower case letter, hold only lower case letters, digits and '-', and have at most 63 characters"
                        : "the control plane refuses its own creation; it takes tcp, http, http2 and grpc")
                    .Help(isName ? "rename the service, or write a MeshService that selects these Dataplanes" : "give the inbound one of these protocols");
            }
        }
    }

    private static bool IsSelected(RuleContext context, Dataplane dataplane) => context.Compilation.SelectedDataplanes.Contains(dataplane);
}
