using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules.Routing;

/// <summary>HostnameGenerators that do nothing, and destinations that none serves.</summary>
/// <remarks>
/// Conditions F10–F13 of docs/coverage.md (kuma: pkg/core/resources/apis/hostnamegenerator/hostname/generator.go,
/// pkg/defaults/hostname_generator.go).
/// </remarks>
internal sealed class HostnameGeneratorUse : Rule
{
    public static readonly DiagnosticDescriptor Unused = new(
        "ML5104", "idle-hostname-generator", "A HostnameGenerator matches no destination", RuleCategory.Routing, Severity.Info);

    public static readonly DiagnosticDescriptor HashedName = new(
        "ML5105", "hashed-name-in-hostname", "A hostname holds the hashed name of a copy", RuleCategory.Routing, Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Unused, HashedName];

    public override void Analyze(RuleContext context)
    {
        var used = new HashSet<StoredResource>(ReferenceEqualityComparer.Instance);
        var hashed = new Dictionary<StoredResource, (DestinationInstance Instance, string Hostname)>(ReferenceEqualityComparer.Instance);
        foreach (var view in context.Compilation.Graph.Views)
        {
            foreach (var instance in view.Destinations)
            {
                foreach (var outcome in instance.Hostnames)
                {
                    if (outcome.Generator.Stored is not { } stored)
                        continue;
                    used.Add(stored);
                    if (!instance.IsLocal && outcome.Hostname.Contains(instance.CoreName, StringComparison.Ordinal))
                        hashed.TryAdd(stored, (instance, outcome.Hostname));
                }
            }
        }

        foreach (var verdict in context.Compilation.Verdicts)
        {
            if (verdict.Stored is not { Kind: "HostnameGenerator" } stored)
                continue;
            var template = RuleText.At(stored.Spec["template"], stored.Resource.Location);
            // A generator with an extension is somebody else's to read.
            if (!used.Contains(stored) && !stored.Spec["extension"].Exists)
            {
                context.Report(Unused, stored.Resource.Location, $"HostnameGenerator '{stored.Resource.Name}' matches no destination in any zone of these files").On(stored);
            }
            else if (hashed.TryGetValue(stored, out var hit))
            {
                context.Report(HashedName, template, $"in zone '{hit.Instance.ControlPlane.Name}' the hostname is '{hit.Hostname}': '.Name' of a copy is its hashed name")
                    .On(stored)
                    .Related(hit.Instance.Destination.Location, "the destination")
                    .Help("use '{{ .DisplayName }}'");
            }
        }
    }
}
