using MeshLint.Core.Diagnostics;
using MeshLint.Core.Graph;
using MeshLint.Core.Graph.References;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Rules.Routing;

/// <summary>What traffic from zone to zone needs: an identity on the mesh, and an ingress with an address of its own in each zone.</summary>
/// <remarks>
/// Mirrors kuma: pkg/xds/topology/outbound.go. Zone proxies usually come from the installation, so that a missing one is an info unless the repository states
/// some. One finding a mesh or zone. Conditions H01, H02 and H04 of docs/coverage.md.
/// </remarks>
internal sealed class CrossZoneTraffic : Rule
{
    public static readonly DiagnosticDescriptor NoIdentity = new(
        "ML5205", "missing-cross-zone-identity", "A mesh without mTLS or MeshIdentity is used across zones", RuleCategory.Routing, Severity.Error);

    public static readonly DiagnosticDescriptor NoIngress = new(
        "ML5206", "missing-zone-ingress", "A zone without ingress is called from other zones", RuleCategory.Routing, Severity.Error);

    public static readonly DiagnosticDescriptor SharedAddress = new(
        "ML5207", "shared-ingress-address", "Two zones have one ingress address", RuleCategory.Routing, Severity.Warning) { When = static b => b.ZoneAddressOnceInAll };

    public override ImmutableArray<DiagnosticDescriptor> Descriptors => [NoIdentity, NoIngress, SharedAddress];

    public override void Analyze(RuleContext context)
    {
        var graph = context.Compilation.Graph;
        CheckAddresses(context);
        var withoutIdentity = new Dictionary<string, (DestinationInstance First, HashSet<Destination> All)>(StringComparer.Ordinal);
        var withoutIngress = new Dictionary<string, (DestinationInstance First, HashSet<Destination> All)>(StringComparer.Ordinal);
        foreach (var instance in UsedElsewhere(graph))
        {
            var view = graph.ViewOf(instance.ControlPlane);
            if (!view.Meshes.TryGetValue(instance.Mesh, out var mesh))
                continue;
            if (HasIdentity(view, mesh))
                Add(withoutIngress, instance.Destination.Home.Name, instance);
            // What the mesh of another repository has is unknown.
            else if (mesh.IsDeclared)
                Add(withoutIdentity, instance.Mesh, instance);
        }

        foreach (var (mesh, (first, all)) in withoutIdentity)
            ReportIdentity(context, mesh, first, all);
        foreach (var (zone, (first, all)) in withoutIngress)
            ReportIngress(context, zone, first, all);

        static void Add(Dictionary<string, (DestinationInstance First, HashSet<Destination> All)> to, string key, DestinationInstance instance)
        {
            if (!to.TryGetValue(key, out var entry))
                to[key] = entry = (instance, new HashSet<Destination>(ReferenceEqualityComparer.Instance));
            entry.All.Add(instance.Destination);
        }
    }

    // The copies of MeshServices that something in their zone means to send to, and that have no endpoint there.
    private static IEnumerable<DestinationInstance> UsedElsewhere(MeshGraph graph)
    {
        var used = new HashSet<DestinationInstance>(ReferenceEqualityComparer.Instance);
        foreach (var view in graph.Views)
        {
            if (!view.ControlPlane.IsFederated)
                continue;
            foreach (var instance in view.Destinations)
            {
                if (instance.Kind == DestinationKind.MeshMultiZoneService)
                    used.UnionWith(instance.MatchedServices.Where(m => m.Mesh == instance.Mesh));
            }
        }

        foreach (var reference in graph.References)
        {
            if (reference.Edge is not (ReferenceEdge.BackendRef or ReferenceEdge.Outbound or ReferenceEdge.ReachableBackend))
                continue;
            foreach (var outcome in reference.Outcomes)
            {
                if (outcome.ControlPlane.IsFederated && outcome.Status == ReferenceStatus.Resolved)
                    used.UnionWith(outcome.Targets.Select(static t => t.Destination).OfType<DestinationInstance>());
            }
        }

        return used.Where(i => i is { Kind: DestinationKind.MeshService, IsLocal: false, Destination: { IsAvailable: true, Selected.IsEmpty: false, Home.IsGlobal: false } }
                && !i.Endpoints.IsEmpty && i.Endpoints.All(static e => e.IsEmpty))
            .OrderBy(i => i.Destination.Order).ThenBy(i => i.ControlPlane.Name, StringComparer.Ordinal);
    }

    private static bool HasIdentity(ZoneView view, MeshInfo mesh) =>
        mesh.HasMtls || (view.Version.Behaviour.MeshIdentities && !view.ResourcesOf("MeshIdentity", mesh.Name).IsEmpty);

    private static void ReportIdentity(RuleContext context, string mesh, DestinationInstance first, HashSet<Destination> all)
    {
        var document = context.Compilation.Graph.ViewOf(first.ControlPlane).Meshes[mesh].Document;
        var behaviour = context.Version.Behaviour;
        var finding = context.Report(
                NoIdentity,
                document?.Resource.Location ?? first.Destination.Location,
                (behaviour.MeshMtls, behaviour.MeshIdentities) switch
                {
                    (false, _) => $"mesh '{mesh}' has no MeshIdentity, so nothing of it is reached from another zone",
                    (_, true) => $"mesh '{mesh}' has neither mTLS nor a MeshIdentity, so nothing of it is reached from another zone",
                    _ => $"mesh '{mesh}' has no mTLS, so nothing of it is reached from another zone",
                })
            .UnlessOpen(context.Options, behaviour.MeshIdentities ? "MeshIdentity" : "Mesh")
            .Note($"proxies of zone '{first.ControlPlane.Name}' get no endpoints for it")
            .Related(first.Destination.Location, $"is used from zone '{first.ControlPlane.Name}'{(all.Count > 1 ? $", as {all.Count - 1} more are" : "")}")
            .Help(behaviour.MeshIdentities ? "add a MeshIdentity" : "switch on mTLS on the Mesh");
        if (document is not null)
            finding.On(document);
    }

    private static void ReportIngress(RuleContext context, string zone, DestinationInstance first, HashSet<Destination> all)
    {
        var graph = context.Compilation.Graph;
        var finding = context.Report(
                NoIngress,
                first.Destination.Location,
                $"zone '{zone}' has no ingress with a public address in these files, without which zone '{first.ControlPlane.Name}' does not reach {(all.Count == 1 ? RuleText.Name(first.Destination) : $"{all.Count} MeshServices of it")}")
            .On(RuleText.Identity(first.Destination))
            .Help(context.Version.Behaviour.MeshZoneAddresses ? "write a MeshZoneAddress for the zone's ingress" : "give the ZoneIngress 'advertisedAddress' and 'advertisedPort'");
        foreach (var other in all.Where(d => !ReferenceEquals(d, first.Destination)).OrderBy(d => d.Order).Take(3))
            finding.Related(other.Location, "is not reached either");
        if (graph.Views.Any(v => Addresses(v).Any()))
            finding.UnlessOpen(context.Options, "ZoneIngress");
        else
            finding.As(Severity.Info).Note("these files state no ingress at all, so they likely come from the installation of the zones");
    }

    private static IEnumerable<ResourceInstance> Addresses(ZoneView view) =>
        view.ResourcesOf("ZoneIngress", "").Concat(view.Meshes.Keys.Order(StringComparer.Ordinal).SelectMany(m => view.ResourcesOf("MeshZoneAddress", m)));

    private static void CheckAddresses(RuleContext context)
    {
        var seen = new Dictionary<(string Kind, string Mesh, string Address, string Port), ResourceInstance>();
        var told = new HashSet<StoredResource>(ReferenceEqualityComparer.Instance);
        foreach (var view in context.Compilation.Graph.Views)
        {
            foreach (var resource in Addresses(view))
            {
                if (!resource.IsLocal || resource.Stored is not { } stored)
                    continue;
                var isIngress = resource.Kind == "ZoneIngress";
                var body = isIngress ? resource.Spec["networking"] : resource.Spec;
                var address = body[isIngress ? "advertisedAddress" : "address"];
                if (address.Text is not { Length: > 0 } host || body[isIngress ? "advertisedPort" : "port"].Text is not { Length: > 0 } port)
                    continue;
                var key = (resource.Kind, resource.Mesh, host, port);
                if (seen.TryAdd(key, resource) || seen[key].Home.Zone == resource.Home.Zone || !told.Add(stored))
                    continue;
                var first = seen[key];
                context.Report(SharedAddress, RuleText.At(address, stored.Resource.Location), $"the ingresses of zones '{first.Home.Zone}' and '{resource.Home.Zone}' both have the address {host}:{port}")
                    .On(stored)
                    .Related(first.Stored?.Resource.Location ?? stored.Resource.Location, "the other one")
                    .Note("an address is read once: other zones get no endpoints for the second zone")
                    .Help("give each zone's ingress an address or a port of its own");
            }
        }
    }
}
