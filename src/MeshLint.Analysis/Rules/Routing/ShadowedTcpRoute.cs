using MeshLint.Diagnostics;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules.Routing;

/// <summary>A MeshTCPRoute on an HTTP port to which a MeshHTTPRoute applies.</summary>
/// <remarks>
/// Mirrors kuma: pkg/plugins/policies/meshtcproute/plugin/v1alpha1/listeners_backendrefs.go. Condition G22 of docs/coverage.md.
/// </remarks>
internal sealed class ShadowedTcpRoute : Rule
{
    public static readonly DiagnosticDescriptor Descriptor = new(
        "ML5204", "shadowed-tcp-route", "A MeshTCPRoute on an HTTP port is hidden by a MeshHTTPRoute", RuleCategory.Routing,
        Severity.Warning);

    /// <summary>As many MeshHTTPRoutes of one port are looked at.</summary>
    private const int MostRoutes = 100;

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [Descriptor];

    public override void Analyze(RuleContext context)
    {
        var tcp = RoutePorts.ItemsOf(context, "MeshTCPRoute").ToList();
        if (tcp.Count == 0)
            return;
        var http = RoutePorts.ItemsOf(context, "MeshHTTPRoute").ToList();
        if (http.Count == 0)
            return;
        var tops = new Dictionary<StoredResource, Reference>(ReferenceEqualityComparer.Instance);
        foreach (var reference in context.Compilation.References)
        {
            if (reference is { Edge: ReferenceEdge.TargetRef, From: { Kind: "MeshHTTPRoute" or "MeshTCPRoute" } from })
                tops.TryAdd(from, reference);
        }

        CheckShadows(context, http, tcp, tops);
    }

    private static void CheckShadows(
        RuleContext context, List<Reference> http, List<Reference> tcp, Dictionary<StoredResource, Reference> tops)
    {
        var taken = new Dictionary<(string Place, Destination, int Port), List<Reference>>();
        foreach (var reference in http)
        {
            foreach (var key in HttpPorts(reference))
            {
                if (!taken.TryGetValue(key, out var list))
                    taken[key] = list = [];
                // Each MeshTCPRoute is compared with each of them.
                if (list.Count < MostRoutes)
                    list.Add(reference);
            }
        }

        var reached = new Dictionary<(StoredResource, string Place), (HashSet<Dataplane> Some, bool All)>();
        foreach (var reference in tcp)
        {
            foreach (var key in HttpPorts(reference))
            {
                if (!taken.TryGetValue(key, out var routes)
                    || routes.Find(r => Meet(Reached(r, key.Place), Reached(reference, key.Place))) is not { From: { } over })
                    continue;
                var (_, destination, port) = key;
                context.Report(
                    Descriptor,
                    Location.Of(reference.KindOrWhole),
                    $"MeshHTTPRoute '{over.Resource.Name}' applies to port {port} of {RuleText.Name(destination)}, so this MeshTCPRoute "
                        + "does not")
                    .On(reference.From?.Resource.Identity)
                    .Related(over.Resource.Location, "applies in its place")
                    .Note("a MeshTCPRoute applies to an HTTP port only where no MeshHTTPRoute does")
                    .Help("remove one of the two, or point the MeshTCPRoute to a tcp port");
                break;
            }
        }

        (HashSet<Dataplane> Some, bool All) Reached(Reference reference, string place)
        {
            if (reference.From is not { } from)
                return ([], false);
            if (!reached.TryGetValue((from, place), out var result))
                reached[(from, place)] = result = ProxiesOf(from, place, tops);
            return result;
        }
    }

    // The HTTP ports that an item of a route means, by control plane.
    private static IEnumerable<(string Place, Destination Destination, int Port)> HttpPorts(Reference reference) =>
        from outcome in reference.Outcomes
        where outcome.Status == ReferenceStatus.Resolved
        from target in outcome.Targets
        from port in RoutePorts.Of(target)
        where port.Port.AppProtocol is "http" or "http2" or "grpc"
        select (outcome.ControlPlane.Name, port.Destination, port.Port.Port);

    // Both apply to some proxy of the control plane.
    private static bool Meet((HashSet<Dataplane> Some, bool All) a, (HashSet<Dataplane> Some, bool All) b) =>
        (a.All && (b.All || b.Some.Count > 0)) || (b.All && a.Some.Count > 0) || a.Some.Overlaps(b.Some);

    private static (HashSet<Dataplane> Some, bool All) ProxiesOf(
        StoredResource from, string place, Dictionary<StoredResource, Reference> tops)
    {
        if (!tops.TryGetValue(from, out var top))
            return ([], !from.Policy.Target.Exists);
        var targets = top.Outcomes.FirstOrDefault(o => o.ControlPlane.Name == place)?.Targets ?? [];
        return ([.. targets.Select(static t => t.Dataplane).OfType<Dataplane>()], targets.Any(static t => t.Mesh is not null));
    }
}
