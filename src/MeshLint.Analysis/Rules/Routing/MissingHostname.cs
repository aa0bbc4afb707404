using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A destination that no HostnameGenerator serves, where proxies find destinations by name.</summary>
/// <remarks>
/// Kubernetes gives its Services names itself; proxies without transparent proxying use local ports and need none. Only told where the
/// control planes are
/// configured. Condition F11 of docs/coverage.md (kuma: pkg/defaults/hostname_generator.go).
/// </remarks>
internal sealed class MissingHostname : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5209", "missing-hostname", "A destination has no hostname and can only be reached by its virtual IP", RuleCategory.Routing,
        Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        if (!context.Options.IsConfigured)
            return;
        foreach (var view in context.Compilation.Graph.Views)
        {
            if (view.ControlPlane.IsGlobal)
                continue;
            var named = view.Dataplanes.Where(static d => d.IsTransparent).Select(static d => d.Mesh).ToHashSet(StringComparer.Ordinal);
            foreach (var instance in view.Destinations)
            {
                // A template that fails is hostname-template-error.
                if (!instance.IsLocal || !instance.Hostnames.IsEmpty || instance.Destination.Ports.IsEmpty || !named.Contains(instance.Mesh)
                    || (instance.Kind == DestinationKind.MeshService && view.ControlPlane.IsKubernetes))
                    continue;
                context.Report(
                    Descriptor,
                    instance.Destination.Location,
                    $"no HostnameGenerator of zone '{view.ControlPlane.Name}' matches {RuleText.Name(instance.Destination)}")
                    .On(RuleText.Identity(instance.Destination))
                    .UnlessOpen(context.Options, "HostnameGenerator")
                    .Note("applications can only use its virtual IP, which is not visible in Git")
                    .Help(
                        "add a HostnameGenerator that selects "
                            + $"it{(instance.Kind == DestinationKind.MeshMultiZoneService ? "; the built-in one only matches those of a Global" : "")}");
            }
        }
    }
}
