using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A template with <c>.Name</c>, which is hashed on copies.</summary>
/// <remarks>Condition F13 of docs/coverage.md (kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go).</remarks>
internal sealed class HashedNameInHostname : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5105", "hashed-name-in-hostname", "A hostname contains the hashed name of a copy", RuleCategory.Routing, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var told = new HashSet<StoredResource>(ReferenceEqualityComparer.Instance);
        foreach (var view in context.Compilation.Graph.Views)
        {
            foreach (var instance in view.Destinations)
            {
                if (instance.IsLocal)
                    continue;
                foreach (var outcome in instance.Hostnames)
                {
                    if (outcome.Generator.Stored is { } stored && outcome.Hostname.Contains(instance.CoreName, StringComparison.Ordinal)
                        && told.Add(stored))
                        Report(context, stored, instance, outcome.Hostname);
                }
            }
        }
    }

    private static void Report(RuleContext context, StoredResource generator, DestinationInstance instance, string hostname) =>
        context.Report(
                Descriptor,
                RuleText.At(generator.HostnameGenerator.Template, generator.Resource.Location),
                $"in zone '{instance.ControlPlane.Name}' the hostname is '{hostname}', because '.Name' of a copy is its hashed name")
            .On(generator)
            .Related(instance.Destination.Location, "the destination")
            .Help("use '{{ .DisplayName }}'");
}
