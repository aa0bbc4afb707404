using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.References;

/// <summary>Two destinations that one control plane stores under two names, but that references cannot tell apart.</summary>
/// <remarks>
/// A reference is resolved by kind, mesh, zone, namespace and display name (kuma: pkg/core/kri/kri.go,
/// pkg/xds/context/destination_index.go); the
/// name in the store plays no part. Condition A07 of docs/coverage.md. Equal names in the store are overwritten-resource.
/// </remarks>
internal sealed class SharedIdentity : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML2201", "shared-identity", "Two destinations have the same identity, so a reference may find either", RuleCategory.References,
        Severity.Warning);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var told = new HashSet<Destination>(ReferenceEqualityComparer.Instance);
        foreach (var view in context.Compilation.Graph.Views)
        {
            var first = new Dictionary<(DestinationKind, string Mesh, string Zone, string Namespace, string Name), DestinationInstance>();
            foreach (var instance in view.Destinations)
            {
                var zone = instance.Labels[WellKnown.Zone] ?? "";
                var ns = instance.Labels[WellKnown.Namespace] ?? "";
                var key = (instance.Kind, instance.Mesh, zone, ns, instance.DisplayName);
                if (first.TryAdd(key, instance) || first[key].CoreName == instance.CoreName
                    || ReferenceEquals(first[key].Destination, instance.Destination))
                    continue;
                if (told.Add(instance.Destination))
                    Report(context, view, first[key], instance);
            }
        }
    }

    private static void Report(RuleContext context, ZoneView view, DestinationInstance first, DestinationInstance second)
    {
        var destination = second.Destination;
        context.Report(
            Descriptor,
            destination.Location,
            $"references in zone '{view.ControlPlane.Name}' cannot tell {destination.KindName} '{destination.CoreName}' from "
                + $"'{first.Destination.CoreName}', as both are named '{second.DisplayName}'")
            .On(RuleText.Identity(destination))
            .UnlessUnconfigured(context.Options)
            .Related(first.Destination.Location, "the other one")
            .Note(view.ControlPlane.IsKubernetes
                ? "a reference may find either of them"
                : "references and ports follow the one whose name sorts last, and the endpoints of both are merged")
            .Help("give them different values of 'kuma.io/display-name', or remove one");
    }
}
