using MeshLint.Diagnostics;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>MeshExternalServices in a zone that has no zone egress: they have no endpoints there.</summary>
/// <remarks>
/// Mirrors kuma: pkg/xds/topology/outbound.go. The egress usually comes from the installation, not from the repository, so this is an info
/// unless the
/// repository states zone proxies of its own. One finding a mesh. Condition E15 of docs/coverage.md.
/// </remarks>
internal sealed class MissingZoneEgress : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5202", "missing-zone-egress", "A zone has no zone egress for its MeshExternalServices", RuleCategory.Routing, Severity.Error);

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var graph = context.Compilation.Graph;
        var stated = graph.Views.Any(static v => !v.ResourcesOf("ZoneEgress", "").IsEmpty)
            || graph.Dataplanes.Any(static d => d.Listeners.Any(static l => l.Type == "ZoneEgress"));
        var byMesh = new Dictionary<string, List<DestinationInstance>>(StringComparer.Ordinal);
        foreach (var service in graph.Destinations)
        {
            if (service is not { Kind: DestinationKind.MeshExternalService, Declared: not null, HasExtension: false }
                || service.ExternalEndpoints.IsEmpty)
                continue;
            foreach (var instance in service.Instances)
            {
                if (instance.ControlPlane.IsGlobal || instance.Endpoints.IsEmpty || instance.Endpoints.Any(static e => !e.IsEmpty))
                    continue;
                if (!byMesh.TryGetValue(service.Mesh, out var list))
                    byMesh[service.Mesh] = list = [];
                list.Add(instance);
            }
        }

        foreach (var (mesh, lost) in byMesh)
            Report(context, mesh, lost, stated);
    }

    private static void Report(RuleContext context, string mesh, List<DestinationInstance> lost, bool stated)
    {
        var zones = lost.Select(i => i.ControlPlane.Name).Distinct(StringComparer.Ordinal).ToList();
        var services = lost.Select(i => i.Destination).Distinct().ToList();
        var first = services[0];
        var finding = context.Report(
                Descriptor,
                first.Location,
                $"{(zones.Count == 1 ? "zone" : "zones")} {RuleText.Quoted(zones)} {(zones.Count == 1 ? "has" : "have")} no zone egress "
                    + $"in these files, without which {RuleText.Count(services.Count, "MeshExternalService")} of mesh '{mesh}' "
                        + $"{(services.Count == 1 ? "has" : "have")} no endpoints")
            .On(RuleText.Identity(first))
            .Help(
                context.Version.Behaviour.ZoneIngressesAndEgresses
                    ? "install a ZoneEgress in each zone"
                    : "run a Dataplane with a ZoneEgress listener in each zone");
        foreach (var other in services.Skip(1).Take(3))
            finding.Related(other.Location, "needs it too");
        if (stated)
            finding.UnlessOpen(context.Options, "ZoneEgress");
        else
            finding.As(Severity.Info)
                .Note("these files contain no zone egress at all; the installation of the zones probably creates them");
    }
}
