using System.Globalization;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Migration;

/// <summary>Lays out the steps of one mesh in order and says how far each is (docs/kuma/migration.md#steps).</summary>
/// <remarks>A step is what documents show: run-time facts (proxies restarted, conditions of status) are steps to confirm.</remarks>
internal sealed class StepPlanner
{
    private const string Phase0 = "0 Before anything";
    private const string PhaseA = "A Both models side by side";
    private const string PhaseB = "B Consumers move";
    private const string PhaseC = "C MeshServices only";
    private const string PhaseD = "D Labels instead of tags";
    private const string PhaseE = "E Identity and zone proxies";
    private const string PhaseF = "F Everything that 3.0 no longer reads";
    private const string PhaseG = "G The upgrade to 3.0";
    private const string Revert = "revert the documents";

    private static readonly string[] LegacyOutboundPolicies = ["LE-3", "LE-4", "LE-5", "LE-6", "LE-9"];

    private static readonly string[] MeshFields = ["ME-1", "ME-2", "ME-3", "ME-6", "ME-7", "ME-9", "ME-10", "ME-11", "ME-13"];

    private readonly MeshGraph graph;
    private readonly MeshInfo mesh;
    private readonly ImmutableArray<ServicePlan> services;
    private readonly Dictionary<string, int> rows;
    private readonly HashSet<string> assigned = new(StringComparer.Ordinal);
    private readonly ImmutableArray<PlanStep>.Builder steps = ImmutableArray.CreateBuilder<PlanStep>();
    private readonly List<Dataplane> dataplanes;
    private readonly bool isMultiZone;

    private StepPlanner(MeshGraph graph, MeshInfo mesh, ImmutableArray<ServicePlan> services, IEnumerable<PlanFinding> findings)
    {
        this.graph = graph;
        this.mesh = mesh;
        this.services = services;
        rows = findings.GroupBy(static f => f.Row, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        dataplanes = [.. graph.Dataplanes.Where(d => d.Mesh == mesh.Name && d.Place.Deployment == mesh.Home.Deployment)];
        isMultiZone = mesh.Home.IsGlobal;
    }

    /// <summary>The steps of a mesh.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="services">What its legacy names become.</param>
    /// <param name="findings">What was found in documents of the mesh, and of no mesh.</param>
    public static ImmutableArray<PlanStep> Plan(
        MeshGraph graph, MeshInfo mesh, ImmutableArray<ServicePlan> services, IEnumerable<PlanFinding> findings)
    {
        var planner = new StepPlanner(graph, mesh, services, findings);
        // version: the plan of a line before 3.0 leads there; in 3.0 it removes what is left behind.
        if (graph.Version.IsTwo())
            planner.PlanTwo();
        else
            planner.PlanThree();
        return planner.steps.ToImmutable();
    }

    private bool IsExclusive => mesh.Mode == MeshServicesMode.Exclusive;

    private void PlanTwo()
    {
        var trafficRoutes = rows.GetValueOrDefault("LE-1");
        PlanPhase0(trafficRoutes);
        PlanModes(trafficRoutes);
        PlanLabels();
        PlanIdentity();
        PlanRest();
        PlanUpgrade();
    }

    // On 3.0 the path is behind: what is left over is without effect already.
    private void PlanThree()
    {
        var left = Rows([.. rows.Keys.Order(StringComparer.Ordinal)]);
        Add("3.0", PhaseG, "remove or replace what 3.0 does not read", left.IsEmpty ? StepStatus.Done : StepStatus.Open, left, [], "");
    }

    private void PlanPhase0(int trafficRoutes)
    {
        var clean = Rows("NM-1", "NM-2", "NM-3", "NM-4", "NM-5");
        List<string> details =
        [
            .. Obstacles(ObstacleKind.PortConflict, "whose Dataplanes disagree on ports"),
            .. Obstacles(ObstacleKind.NoSuchDataplane, "referred to but produced by nothing"),
        ];
        Add("0-1", Phase0, "mend names, port conflicts and references to nothing", Open(clean, details), clean, details, Revert);

        var policies = trafficRoutes > 0 ? Rows(LegacyOutboundPolicies) : [];
        Add("0-2", Phase0, "write routes and policies of the new kinds beside the legacy ones", trafficRoutes == 0 ? StepStatus.NotNeeded : StepStatus.Open, policies,
            trafficRoutes == 0
                ? []
                : ["every proxy that a TrafficRoute reaches needs a MeshHTTPRoute or MeshTCPRoute, or must do without", "with the last TrafficRoute every other legacy outbound policy loses its effect"],
            "delete the new ones");
        var routes = Rows("LE-1");
        Add("0-3", Phase0, "delete every TrafficRoute of the mesh", routes.IsEmpty ? StepStatus.Done : StepStatus.Open, routes,
            routes.IsEmpty
                ? []
                : ["while one is left, proxies without a new route have none of the new outbounds; in mode Exclusive they have none at all"], "apply them again", "0-2");
    }

    private void PlanModes(int trafficRoutes)
    {
        var clashes = Obstacles(ObstacleKind.DeclaredInTheWay, "taken by a MeshService that selects something else");
        var isOn = mesh.Mode != MeshServicesMode.Disabled;
        Add("A-1", PhaseA, "set meshServices.mode: Everywhere (or ReachableBackends, proxy by proxy)", isOn ? StepStatus.Done : StepStatus.Open, [], clashes, "mode: Disabled deletes the generated MeshServices again",
            trafficRoutes > 0 ? ["0-3"] : []);

        var lacking = dataplanes.Count(static d => !d.ReachableServices.IsEmpty && d.ReachableBackends is null);
        var annotated = rows.GetValueOrDefault("AN-1");
        Add("A-2", PhaseA, "add reachableBackends to proxies that have reachableServices", lacking + annotated == 0 ? StepStatus.NotNeeded : StepStatus.Open, [],
            lacking + annotated == 0
                ? []
                : [Count(lacking + annotated, "proxy has", "proxies have") + " reachableServices but no reachableBackends: the new hostnames lead nowhere for them"], "remove the new lists");

        PlanNewResources();
        PlanConsumers();

        var external = rows.GetValueOrDefault("LE-13");
        var leftByMesh = external > 0 && !IsExclusive
            ? [Count(external, "ExternalService", "ExternalServices") + " can no longer be reached by .mesh names"]
            : Array.Empty<string>();
        Add("C-1", PhaseC, "set meshServices.mode: Exclusive", IsExclusive ? StepStatus.Done : StepStatus.Open, [],
            [.. Obstacles(ObstacleKind.NameNotRfc1035, "that no MeshService is generated for"), .. leftByMesh],
            "mode: Everywhere brings the old names back", "0-3", "A-1", "A-2", "A-3", "A-4", "B-1", "B-2");
        var rest = Rows("DP-5", "AN-1");
        Add(
            "C-2", PhaseC, "remove reachableServices and what else names the old model", Open(rest, []), rest, [], "restore them from Git",
            "C-1");
    }

    private void PlanNewResources()
    {
        var toWrite = services.SelectMany(static s => s.Resources).Where(static r => r.State == PlannedState.ToWrite).ToList();
        var decisions = services.Count(static s => s.Confidence == Confidence.Ask);
        var write = new List<string>();
        if (toWrite.Count > 0)
        {
            var kinds = toWrite.GroupBy(static r => r.Kind).OrderBy(static g => g.Key)
                .Select(static g => Count(g.Count(), ReplacementWriter.KindName(g.Key), ReplacementWriter.KindName(g.Key) + "s"));
            write.Add($"{string.Join(", ", kinds)} to write, see the table of services");
        }

        if (decisions > 0)
            write.Add(Count(decisions, "service needs", "services need") + " a decision of the owner");
        var hostnames = Rows("LE-12");
        Add(
            "A-3",
            PhaseA,
            "write the MeshMultiZoneServices, MeshServices and HostnameGenerators that nothing generates",
            Open(hostnames, write, StepStatus.NotNeeded),
            hostnames,
            write,
            "delete them");

        var twins = Rows("TR-9", "TR-10", "TR-11", "TR-16");
        Add(
            "A-4", PhaseA, "write a new entry beside every policy entry and route that names a service the old way",
            Open(twins, [], StepStatus.NotNeeded), twins, [], "remove the new entries");
    }

    private void PlanConsumers()
    {
        var legacyDials = services.Sum(static s => s.References);
        var consumers = Rows("DP-4", "TR-12");
        var gateways = dataplanes.Count(static d => d.Gateway == GatewayType.Delegated);
        Add("B-1", PhaseB, "move applications and outbounds to the new names and ports, one consumer at a time",
            !consumers.IsEmpty ? StepStatus.Open
                : IsExclusive || (legacyDials == 0 && services.IsEmpty) ? StepStatus.Done
                : StepStatus.Confirm,
            consumers,
            IsExclusive
                ? []
                : ["an application that dials '<service>.mesh' has to dial the new hostname and the service's real port; names in images "
                    + "and outside of these files are not visible here"],
            "the old names still work");
        Add("B-2", PhaseB, "move the upstreams of delegated gateways to the new names", gateways == 0 ? StepStatus.NotNeeded : IsExclusive ? StepStatus.Done : StepStatus.Confirm, [],
            gateways == 0 ? [] : [Count(gateways, "delegated gateway", "delegated gateways") + " in the mesh"], "the old names still work");
    }

    private void PlanLabels()
    {
        var isReady = graph.Version.Behaviour.InboundProtocolField;
        if (!isReady)
            Add("D-0", PhaseD, "upgrade every control plane to 2.14", StepStatus.Open, [], [], "downgrade", "C-1");
        var first = isReady ? "C-1" : "D-0";
        var labels = Rows("DP-2", "DP-12");
        Add(
            "D-1", PhaseD, "add labels, inbound names and protocols to every Universal Dataplane, and keep the tags", Open(labels, []),
            labels, [], "remove them", first);
        var selectors = Rows("TR-1", "TR-2", "TR-3", "TR-5", "TR-6", "NM-7");
        Add("D-2", PhaseD, "select proxies by kind Dataplane and labels", Open(selectors, []), selectors, [], Revert, "D-1");
        var services = Rows("SV-1", "SV-2");
        Add("D-3", PhaseD, "select the Dataplanes of hand-written MeshServices by labels", Open(services, []), services, [], Revert, "D-1");
        var references = Rows("TR-8", "TR-14", "TR-17");
        Add("D-4", PhaseD, "refer to destinations by labels", Open(references, []), references,
            references.IsEmpty
                ? []
                : ["until 3.0 a namespaced policy whose 'to' uses labels reaches its own namespace only; keep producer policies by name "
                    + "until the upgrade, or move them to the system namespace"],
            Revert, "D-2", "D-3");
        var tagged = dataplanes.Count(static d => !d.IsDerived && d.Inbounds.Any(static i => i.Tags.Contains(WellKnown.ServiceTag)));
        Add("D-5", PhaseD, "check the data plane tokens that are bound to tags", tagged == 0 ? StepStatus.NotNeeded : StepStatus.Confirm, [],
            tagged == 0 ? [] : ["3.0 compares the tags of a token with the labels of the Dataplane"], "issue the old tokens again", "D-1");
    }

    private void PlanIdentity()
    {
        var views = graph.Views.Where(v => v.ControlPlane.Deployment == mesh.Home.Deployment).ToList();
        var hasIdentity = views.Exists(v => !v.ResourcesOf("MeshIdentity", mesh.Name).IsEmpty);
        var needsIdentity = mesh.HasMtls
            || graph.Destinations.Any(d => d.Mesh == mesh.Name && d.Kind == DestinationKind.MeshExternalService);
        Add("E-1", PhaseE, "give every proxy a MeshIdentity, a few first", hasIdentity ? StepStatus.Confirm : needsIdentity ? StepStatus.Open : StepStatus.NotNeeded, [],
            hasIdentity ? ["a MeshIdentity exists; whether every proxy has an identity is seen at run time"] : [],
            "delete the MeshIdentity: the CA of the mesh takes over while mtls is on", "C-1");

        var legacyProxies = Rows("ZP-1", "ZP-2", "ZP-4");
        var listeners = views.Exists(v => v.Dataplanes.Any(d => d.Mesh == mesh.Name && !d.Listeners.IsEmpty));
        var addresses = views.Exists(v => !v.ResourcesOf("MeshZoneAddress", mesh.Name).IsEmpty);
        var concerns = isMultiZone || !legacyProxies.IsEmpty;
        Add(
            "E-2", PhaseE, "run zone proxies of the mesh: Dataplanes with listeners",
            !concerns ? StepStatus.NotNeeded : listeners ? StepStatus.Done : StepStatus.Open, [], [], "stop them", "E-1");
        var address = Rows("ZP-3");
        Add("E-3", PhaseE, "write a MeshZoneAddress for each zone, once its ingress listener serves", !concerns ? StepStatus.NotNeeded : addresses ? StepStatus.Done : StepStatus.Open, address,
            addresses && !IsExclusive
                ? ["a MeshZoneAddress exists although the mode is not Exclusive: it wins over the ZoneIngress, and nothing listens there "
                    + "yet"]
                : [], "delete it", "E-2");
        Add(
            "E-4",
            PhaseE,
            "remove ZoneIngress and ZoneEgress",
            legacyProxies.IsEmpty ? (concerns ? StepStatus.Confirm : StepStatus.NotNeeded) : StepStatus.Open,
            legacyProxies,
            [],
            "deploy them again",
            "E-3");
    }

    private void PlanRest()
    {
        var meshFields = Rows(MeshFields);
        var mode = Rows("ME-4");
        var others = Rows([.. rows.Keys.Where(r => !assigned.Contains(r)).Order(StringComparer.Ordinal)]);
        var isDead = graph.Version.Behaviour.LegacyPolicies && !rows.ContainsKey("LE-1")
            && others.Any(static r => LegacyOutboundPolicies.Contains(r.Row, StringComparer.Ordinal));
        Add("F-1", PhaseF, "replace every other form that 3.0 does not read", Open(others, []), others,
            isDead
                ? ["without a TrafficRoute, legacy outbound policies (Timeout, Retry, CircuitBreaker, HealthCheck, TrafficLog) have no "
                    + "effect already"]
                : [], Revert, "E-1");
        Add(
            "F-2", PhaseF, "remove the fields of the Mesh that 3.0 does not have, except meshServices", Open(meshFields, []), meshFields,
            [], "restore them from Git", "F-1");
        Add("F-3", PhaseF, "keep meshServices.mode: Exclusive until every control plane runs 3.0", mode.IsEmpty ? StepStatus.NotNeeded : StepStatus.Confirm, mode,
            mode.IsEmpty ? [] : ["an absent mode is Disabled on 2.x"], "restore it from Git", "C-1");
    }

    private void PlanUpgrade()
    {
        var kubernetesGlobal = mesh.Home is { IsGlobal: true, IsKubernetes: true };
        Add("X-1", PhaseG, isMultiZone ? "back up, then upgrade the Global control plane" : "back up, then upgrade the control plane", StepStatus.Open, [],
            [
                .. kubernetesGlobal ? ["3.0 has no Global control plane on Kubernetes: move it to Universal first"] : Array.Empty<string>(),
                .. isMultiZone
                    ? ["try on a copy whether a zone of 2.14 keeps mode Exclusive behind a Global of 3.0, which no longer stores it"]
                    : Array.Empty<string>(),
            ],
            "restore store and Git revision together: there is no downgrade", "F-1", "F-2");
        var generated = graph.Destinations.Count(
            d =>
                d.Mesh == mesh.Name && d.Origin == DestinationOrigin.GeneratedFromDataplanes
                    && d.Home.Deployment == mesh.Home.Deployment);
        Add("X-2", PhaseG, "write the MeshServices by hand that a Universal zone of 2.14 generated, with dataplaneLabels", generated == 0 ? StepStatus.NotNeeded : StepStatus.Open, [],
            generated == 0
                ? []
                : [Count(generated, "generated MeshService keeps", "generated MeshServices keep") + " a selector by tags, which 3.0 reads as empty and does not repair"], "delete them", "D-1");
        Add("X-3", PhaseG, "upgrade the zones one by one, producers first", isMultiZone ? StepStatus.Open : StepStatus.NotNeeded, [],
            isMultiZone ? ["an upgraded zone cannot reach services of a zone that is not, until that one follows"] : [], "", "X-1", "X-2");
        Add("X-4", PhaseG, "restart the proxies", StepStatus.Confirm, [], [], "", isMultiZone ? "X-3" : "X-1");
    }

    private void Add(
        string id, string phase, string title, StepStatus status, ImmutableArray<RowCount> found, IEnumerable<string> details,
        string rollback, params string[] after)
    {
        var blockers = status is StepStatus.Open or StepStatus.Confirm
            ? after.Where(a => steps.Any(s => s.Id == a && s.Status is StepStatus.Open or StepStatus.Blocked)).ToImmutableArray()
            : [];
        steps.Add(new PlanStep
        {
            Id = id,
            Phase = phase,
            Title = title,
            Status = blockers.IsEmpty ? status : StepStatus.Blocked,
            BlockedBy = blockers,
            Rows = found,
            Details = [.. details],
            Rollback = rollback,
        });
    }

    private ImmutableArray<RowCount> Rows(params string[] ids)
    {
        var found = ImmutableArray.CreateBuilder<RowCount>();
        foreach (var id in ids)
        {
            if (rows.TryGetValue(id, out var count) && assigned.Add(id) | id == "AN-1")
                found.Add(new RowCount(id, count));
        }

        return found.ToImmutable();
    }

    private static StepStatus Open(
        ImmutableArray<RowCount> found, IReadOnlyCollection<string> details, StepStatus otherwise = StepStatus.Done) =>
        found.IsEmpty && details.Count == 0 ? otherwise : StepStatus.Open;

    private List<string> Obstacles(ObstacleKind kind, string text) =>
        services.Count(s => s.Obstacles.Any(o => o.Kind == kind)) is > 0 and var count
            ? [$"{Count(count, "service name", "service names")} {text}"]
            : [];

    private static string Count(int count, string one, string many) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
