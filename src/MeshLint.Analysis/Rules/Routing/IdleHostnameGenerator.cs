using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A HostnameGenerator that matches no destination.</summary>
/// <remarks>Conditions F10 and F12 of docs/coverage.md (kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go).</remarks>
internal sealed class IdleHostnameGenerator : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5104", "idle-hostname-generator", "A HostnameGenerator matches no destination", RuleCategory.Routing, Severity.Info);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var used = new HashSet<StoredResource>(ReferenceEqualityComparer.Instance);
        foreach (var view in context.Compilation.Graph.Views)
        {
            foreach (var instance in view.Destinations)
                used.UnionWith(instance.Hostnames.Select(static h => h.Generator.Stored).OfType<StoredResource>());
        }

        foreach (var verdict in context.Compilation.Verdicts)
        {
            // A generator with an extension is read by something else.
            if (verdict.Stored is not { Kind: "HostnameGenerator" } stored || used.Contains(stored)
                || stored.HostnameGenerator.HasExtension)
                continue;
            context.Report(
                Descriptor,
                stored.Resource.Location,
                $"HostnameGenerator '{stored.Resource.Name}' matches no destination in any zone of these files")
                .On(stored);
        }
    }
}
