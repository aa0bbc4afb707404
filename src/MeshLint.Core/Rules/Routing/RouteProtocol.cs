using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;
using MeshLint.Core.Graph.References;

namespace MeshLint.Core.Rules.Routing;

/// <summary>Routes that the protocol of the destination keeps from working: an HTTP route on a tcp port, a TCP route behind an HTTP route.</summary>
/// <remarks>
/// Mirrors kuma: pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go and pkg/plugins/policies/meshtcproute/plugin/v1alpha1/
/// listeners_backendrefs.go. Conditions G21 and G22 of docs/coverage.md.
/// </remarks>
internal sealed class RouteProtocol : Rule
{
    public static readonly DiagnosticDescriptor HttpOnTcp = new(
        "ML5203", "http-route-on-tcp-port", "A MeshHTTPRoute is on a port that does not speak HTTP", RuleCategory.Routing, Severity.Warning);

    public static readonly DiagnosticDescriptor Shadowed = new(
        "ML5204", "shadowed-tcp-route", "A MeshTCPRoute on an HTTP port is hidden by a MeshHTTPRoute", RuleCategory.Routing, Severity.Warning);

    /// <summary>As many MeshHTTPRoutes of one port are looked at.</summary>
    private const int MostRoutes = 100;

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [HttpOnTcp, Shadowed];

    public override void Analyze(RuleContext context)
    {
        var tops = new Dictionary<Resources.StoredResource, Reference>(ReferenceEqualityComparer.Instance);
        var tcp = new List<Reference>();
        var http = new List<Reference>();
        foreach (var reference in context.Compilation.Graph.References)
        {
            if (reference.From is not { Kind: "MeshHTTPRoute" or "MeshTCPRoute" } from)
                continue;
            if (reference.Edge == ReferenceEdge.TargetRef)
                tops.TryAdd(from, reference);
            else if (reference.Edge == ReferenceEdge.To)
                (from.Kind == "MeshHTTPRoute" ? http : tcp).Add(reference);
        }

        foreach (var reference in http)
            CheckHttp(context, reference);
        if (tcp.Count > 0 && http.Count > 0)
            CheckShadows(context, http, tcp, tops);
    }

    private static void CheckHttp(RuleContext context, Reference reference)
    {
        foreach (var outcome in reference.Outcomes)
        {
            if (outcome.Status != ReferenceStatus.Resolved || outcome.Targets.IsEmpty || outcome.Targets.Any(static t => t.Destination is null))
                continue;
            var ports = outcome.Targets.SelectMany(PortsOf).ToList();
            if (ports.Count == 0 || !ports.TrueForAll(static p => p.Port.AppProtocol is "tcp" or "kafka"))
                continue;
            var (destination, port) = ports[0];
            context.Report(
                    HttpOnTcp,
                    Location.Of(reference.Node["kind"].Exists ? reference.Node["kind"] : reference.Node),
                    ports.Count == 1 ? $"port {port.Port} of {RuleText.Name(destination)} is {port.AppProtocol}, where a MeshHTTPRoute does nothing" : $"no port of {RuleText.Name(destination)} speaks HTTP, so a MeshHTTPRoute does nothing there")
                .On(reference.From?.Resource.Identity)
                .Related(RuleText.At(port.Node["appProtocol"].Exists ? port.Node["appProtocol"] : port.Node, destination.Location), $"{port.AppProtocol} here")
                .Help(destination.Kind == DestinationKind.MeshExternalService ? "say 'protocol: http' under 'match', or use a MeshTCPRoute" : "say 'appProtocol: http' (or http2, grpc) on the port, or use a MeshTCPRoute");
            return;
        }
    }

    private static void CheckShadows(RuleContext context, List<Reference> http, List<Reference> tcp, Dictionary<Resources.StoredResource, Reference> tops)
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

        var reached = new Dictionary<(Resources.StoredResource, string Place), (HashSet<Dataplane> Some, bool All)>();
        foreach (var reference in tcp)
        {
            foreach (var key in HttpPorts(reference))
            {
                if (!taken.TryGetValue(key, out var routes) || routes.Find(r => Meet(Reached(r, key.Place), Reached(reference, key.Place))) is not { From: { } over })
                    continue;
                var (_, destination, port) = key;
                context.Report(Shadowed, Location.Of(reference.Node["kind"].Exists ? reference.Node["kind"] : reference.Node), $"MeshHTTPRoute '{over.Resource.Name}' applies to port {port} of {RuleText.Name(destination)}, so this MeshTCPRoute does not")
                    .On(reference.From?.Resource.Identity)
                    .Related(over.Resource.Location, "applies instead")
                    .Note("on an HTTP port a MeshTCPRoute counts only where no MeshHTTPRoute does")
                    .Help("remove one of the two, or give the MeshTCPRoute a port that is tcp");
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
        from port in PortsOf(target)
        where port.Port.AppProtocol is "http" or "http2" or "grpc"
        select (outcome.ControlPlane.Name, port.Destination, port.Port.Port);

    private static IEnumerable<(Destination Destination, MeshServicePort Port)> PortsOf(ReferenceTarget target)
    {
        if (target.Destination is not { } instance)
            yield break;
        if (target.Port is { } one)
        {
            yield return (instance.Destination, one);
            yield break;
        }

        foreach (var port in instance.Destination.Ports)
            yield return (instance.Destination, port);
    }

    // Both apply to some proxy of the control plane.
    private static bool Meet((HashSet<Dataplane> Some, bool All) a, (HashSet<Dataplane> Some, bool All) b) =>
        (a.All && (b.All || b.Some.Count > 0)) || (b.All && a.Some.Count > 0) || a.Some.Overlaps(b.Some);

    private static (HashSet<Dataplane> Some, bool All) ProxiesOf(Resources.StoredResource from, string place, Dictionary<Resources.StoredResource, Reference> tops)
    {
        if (!tops.TryGetValue(from, out var top))
            return ([], !from.Spec["targetRef"].Exists);
        var targets = top.Outcomes.FirstOrDefault(o => o.ControlPlane.Name == place)?.Targets ?? [];
        return ([.. targets.Select(static t => t.Dataplane).OfType<Dataplane>()], targets.Any(static t => t.Mesh is not null));
    }
}
