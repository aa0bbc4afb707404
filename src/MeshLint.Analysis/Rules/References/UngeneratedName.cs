using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.References;

/// <summary>A service or workload name from which the control plane makes no MeshService.</summary>
/// <remarks>
/// Mirrors kuma: pkg/core/resources/apis/meshservice/generate/generator.go, which only logs. Conditions B11 and B12 of docs/coverage.md.
/// </remarks>
internal sealed class UngeneratedName : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2006", "ungenerated-name", "No MeshService is generated from a service name", RuleCategory.References, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        foreach (var skipped in context.Compilation.Graph.SkippedNames)
        {
            if (skipped.Reason == SkippedNameReason.DeclaredExists && skipped.Declared is not null)
                continue;
            var exclusive = context.Version.Behaviour.AlwaysExclusive
                || (context.Compilation.Graph.ViewOf(skipped.Place).Meshes.TryGetValue(skipped.Mesh, out var mesh) && mesh.IsExclusive);
            foreach (var dataplane in skipped.Dataplanes)
                Report(context, skipped, dataplane, exclusive);
        }
    }

    private static void Report(RuleContext context, SkippedName skipped, Dataplane dataplane, bool exclusive)
    {
        var node = skipped.Key == WellKnown.ServiceTag
            ? dataplane.Inbounds.Select(i => i.Node["tags"][skipped.Key]).FirstOrDefault(n => n.Text == skipped.Name)
            : dataplane.Declared?.Resource.LabelsNode[skipped.Key] ?? default;
        var isName = skipped.Reason == SkippedNameReason.InvalidName;
        context.Report(
                Descriptor,
                RuleText.At(node, dataplane.Location),
                $"no MeshService is generated from '{skipped.Key}: {skipped.Name}', because "
                    + $"{(isName ? "the name is not a DNS label" : "an inbound has a protocol that a MeshService cannot have")}")
            .On(RuleText.Identity(dataplane))
            .As(
                exclusive && !context.Compilation.SelectedDataplanes.Contains(dataplane) && context.Compilation.Bindings.Limits.IsEmpty
                    ? Severity.Error
                    : Severity.Warning)
            .Note(isName
                ? "a DNS label begins with a lower case letter, has only lower case letters, digits and '-', and at most 63 characters"
                : "the control plane refuses the MeshService that it generates; a MeshService can have tcp, http, http2 and grpc")
            .Help(
                isName
                    ? "rename the service, or write a MeshService that selects these Dataplanes"
                    : "give the inbound one of these protocols");
    }
}
