using System.Globalization;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Migration;

/// <summary>Decides what each legacy name of one mesh becomes (docs/kuma/migration.md#what-a-legacy-service-becomes).</summary>
internal sealed class ServiceDecider
{
    private static readonly int[] DatabasePorts = [1433, 2181, 3306, 5432, 5672, 6379, 9042, 9092, 9200, 11211, 27017];

    private readonly MeshInfo mesh;
    private readonly KumaVersion version;
    private readonly Dictionary<string, string> candidateOwners = new(StringComparer.Ordinal);
    private readonly Dictionary<Dataplane, List<Destination>> servicesByDataplane = [];
    private readonly Dictionary<(string Place, string Name), Destination> declared = [];
    private readonly Dictionary<string, Destination> multiZone = new(StringComparer.Ordinal);
    private readonly Dictionary<Destination, Destination> multiZoneOf = [];
    private readonly Dictionary<string, Destination> external = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string> possibleConsumerZones;
    private readonly bool hasEncryption;
    private readonly bool hasGlobal;
    private readonly HashSet<string> ingressZones;

    public ServiceDecider(MeshGraph graph, MeshInfo mesh)
    {
        this.mesh = mesh;
        foreach (var destination in graph.Destinations)
        {
            if (destination.Mesh != mesh.Name || LegacyInventory.HomeOf(destination.Home) != mesh.Home.Name)
                continue;
            switch (destination.Kind)
            {
                case DestinationKind.MeshService:
                    foreach (var dataplane in destination.Selected)
                    {
                        if (!servicesByDataplane.TryGetValue(dataplane, out var list))
                            servicesByDataplane[dataplane] = list = [];
                        list.Add(destination);
                    }

                    declared.TryAdd((destination.Home.Name, destination.CoreName), destination);
                    break;
                case DestinationKind.MeshMultiZoneService:
                    multiZone.TryAdd(destination.Name, destination);
                    foreach (var matched in destination.Instances.SelectMany(static i => i.MatchedServices))
                        multiZoneOf.TryAdd(matched.Destination, destination);
                    break;
                default:
                    external.TryAdd(destination.Name, destination);
                    break;
            }
        }

        possibleConsumerZones = [.. graph.Dataplanes.Where(d => d.Mesh == mesh.Name && LegacyInventory.HomeOf(d.Place) == mesh.Home.Name && d.IsTransparent && d.ReachableServices.IsEmpty && d.ReachableBackends is null)
            .Select(static d => d.Place.Zone).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var views = graph.Views.Where(v => LegacyInventory.HomeOf(v.ControlPlane) == mesh.Home.Name).ToList();
        version = graph.Version;
        hasGlobal = mesh.Home.IsGlobal;
        hasEncryption = mesh.HasMtls || views.Exists(v => !v.ResourcesOf("MeshIdentity", mesh.Name).IsEmpty);
        ingressZones = [.. views
            .SelectMany(v => v.ResourcesOf("ZoneIngress", "").Concat(v.ResourcesOf("MeshZoneAddress", mesh.Name)))
            .Select(static r => r.ZoneLabel is { Length: > 0 } zone ? zone : r.Home.Zone)];
    }

    public ServicePlan Decide(LegacyName name)
    {
        var obstacles = ImmutableArray.CreateBuilder<Obstacle>();
        var byPlace = name.Inbounds.GroupBy(static i => i.Dataplane.Place).OrderBy(static g => g.Key.Name, StringComparer.Ordinal).ToList();
        var zones = byPlace.Select(static g => g.Key.Zone).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var confirmed = name.References.Where(
            static r => r.Role is LegacyReferenceRole.Outbound or LegacyReferenceRole.Reachable or LegacyReferenceRole.Hostname)
            .Select(static r => r.Place).Where(static p => p != "global").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ToImmutableArray();
        var consumers = confirmed.IsEmpty ? possibleConsumerZones : confirmed;
        var (kind, confidence, reason) = Choose(name, zones, consumers);

        var resources = ImmutableArray.CreateBuilder<PlannedResource>();
        if (kind == DestinationKind.MeshExternalService)
            resources.Add(PlanExternal(name));
        if (kind is DestinationKind.MeshService or DestinationKind.MeshMultiZoneService)
        {
            foreach (var place in byPlace)
                resources.Add(PlanService(name, place.Key, [.. place], obstacles));
        }

        if (kind == DestinationKind.MeshMultiZoneService)
        {
            resources.Insert(0, PlanMultiZone(name, resources));
            CheckMultiZone(byPlace, zones, obstacles);
        }

        CheckName(name, obstacles);
        if (kind is not null && IsStateful(name))
            obstacles.Add(
                new Obstacle(
                    ObstacleKind.Stateful,
                    "its port is that of a database or queue: ask whether traffic between zones is wanted at all",
                    name.Location));
        return new ServicePlan
        {
            LegacyName = name.Name,
            Decision = kind,
            Confidence = confidence,
            Reason = reason,
            Zones = zones,
            ConsumerZones = consumers,
            Ports = [.. name.Inbounds.Select(static i => ReplacementWriter.LegacyPort(i.Inbound.Tags[WellKnown.ServiceTag] ?? "") ?? i.Inbound.Port).Distinct().Order()],
            Dataplanes = name.Dataplanes.Count(),
            References = name.References.Count,
            Resources = resources.ToImmutable(),
            Obstacles = obstacles.ToImmutable(),
            Location = name.Location,
        };
    }

    private (DestinationKind? Kind, Confidence Confidence, string Reason) Choose(
        LegacyName name, ImmutableArray<string> zones, ImmutableArray<string> consumers)
    {
        if (zones.IsEmpty)
        {
            if (name.External.Count > 0)
                return (DestinationKind.MeshExternalService, Confidence.Certain, "ExternalServices carry the name");
            return name.Gateways.Count > 0
                ? (null, Confidence.Certain, "only gateways carry the name; a gateway has no MeshService")
                : (null, Confidence.Certain, "no Dataplane and no ExternalService carries the name");
        }

        if (FindMultiZone(name.Dataplanes) is not null)
            return (DestinationKind.MeshMultiZoneService, Confidence.Certain, "a MeshMultiZoneService joins its MeshServices already");
        if (mesh.IsExclusive)
            return (DestinationKind.MeshService, Confidence.Certain, "the mode is Exclusive: each zone uses its own MeshService already");
        if (name.References.Count > 0 && name.References.TrueForAll(static r => r.PinsZone))
            return (DestinationKind.MeshService, Confidence.Certain, "every reference names a zone");
        var isLocal = consumers.All(c => zones.Contains(c, StringComparer.Ordinal));
        if (zones.Length == 1)
        {
            return isLocal
                ? (DestinationKind.MeshService, Confidence.Certain, "one zone produces and consumes it")
                : (DestinationKind.MeshService, Confidence.High, "one zone produces it; other zones use its synced hostname");
        }

        return isLocal
            ? (DestinationKind.MeshMultiZoneService, Confidence.Ask, "several zones produce it for themselves; legacy traffic crosses "
                + "zones, so only its owner can say that it may stay local")
            : (DestinationKind.MeshMultiZoneService, Confidence.High, "several zones produce it, and others consume it");
    }

    private PlannedResource PlanService(
        LegacyName name, ControlPlane place, List<LegacyInbound> inbounds, ImmutableArray<Obstacle>.Builder obstacles)
    {
        var (ns, serviceName) = ServiceName(name.Name, place, inbounds[0].Dataplane);
        var existing = inbounds.SelectMany(i => servicesByDataplane.GetValueOrDefault(i.Dataplane, []))
            .FirstOrDefault(
                d =>
                    d.Home.Name == place.Name
                        && (d.Name == serviceName || d.Selector.DataplaneTags?.Labels[WellKnown.ServiceTag] == name.Name));
        var conflict = FindPortConflict(inbounds);
        if (conflict is { } found && existing is not { Origin: DestinationOrigin.Declared })
        {
            obstacles.Add(new Obstacle(
                ObstacleKind.PortConflict,
                $"Dataplanes of zone '{place.Zone}' disagree on its ports ({Ports(inbounds[0].Dataplane, name.Name)} against "
                    + $"{Ports(found, name.Name)}); only one list can win",
                found.Location));
        }

        if (existing is { Origin: DestinationOrigin.Declared } && !place.IsKubernetes && !version.Behaviour.DisplayNameOfEveryResource
            && !existing.Labels.Contains(WellKnown.DisplayName))
        {
            obstacles.Add(new Obstacle(
                ObstacleKind.NoDisplayName,
                $"MeshService '{existing.Name}' of zone '{place.Zone}' is written by hand and has no label {WellKnown.DisplayName}: "
                    + "before 3.0, references by that label miss it in its own zone; add the label",
                existing.Location));
        }

        if (existing is not null)
            return new PlannedResource(
                DestinationKind.MeshService, place.Name, existing.Namespace, existing.Name, PlannedState.Exists, existing.Kri);
        if (declared.TryGetValue((place.Name, ns.Length > 0 ? $"{serviceName}.{ns}" : serviceName), out var inTheWay))
        {
            obstacles.Add(new Obstacle(
                ObstacleKind.DeclaredInTheWay,
                $"MeshService '{inTheWay.Name}' of zone '{place.Zone}' has the name but selects none of its Dataplanes",
                inTheWay.Location));
            return new PlannedResource(DestinationKind.MeshService, place.Name, ns, serviceName, PlannedState.ToWrite, "");
        }

        var isGenerated = DnsNames.IsServiceName(name.Name) || place.IsKubernetes;
        return new PlannedResource(DestinationKind.MeshService, place.Name, ns, serviceName, isGenerated
            && mesh.Mode == MeshServicesMode.Disabled ? PlannedState.WillBeGenerated : PlannedState.ToWrite, "");
    }

    private Destination? FindMultiZone(IEnumerable<Dataplane> dataplanes) =>
        dataplanes.SelectMany(d => servicesByDataplane.GetValueOrDefault(d, [])).Select(s => multiZoneOf.GetValueOrDefault(s))
            .FirstOrDefault(static m => m is not null);

    private PlannedResource PlanMultiZone(LegacyName name, IEnumerable<PlannedResource> services)
    {
        var serviceName = services.First().Name;
        var existing = FindMultiZone(name.Dataplanes) ?? multiZone.GetValueOrDefault(serviceName);
        return existing is null
            ? new PlannedResource(DestinationKind.MeshMultiZoneService, "global", "", serviceName, PlannedState.ToWrite, "")
            : new PlannedResource(
                DestinationKind.MeshMultiZoneService, existing.Home.Name, existing.Namespace, existing.Name, PlannedState.Exists,
                existing.Kri);
    }

    private PlannedResource PlanExternal(LegacyName name)
    {
        var serviceName = Candidate(name.Name);
        var place = name.External[0].Place;
        return external.TryGetValue(serviceName, out var existing)
            ? new PlannedResource(
                DestinationKind.MeshExternalService, existing.Home.Name, existing.Namespace, existing.Name, PlannedState.Exists,
                existing.Kri)
            : new PlannedResource(
                DestinationKind.MeshExternalService, place.Name, place.IsKubernetes ? place.SystemNamespace : "", serviceName,
                PlannedState.ToWrite, "");
    }

    private void CheckMultiZone(
        List<IGrouping<ControlPlane, LegacyInbound>> byPlace, ImmutableArray<string> zones, ImmutableArray<Obstacle>.Builder obstacles)
    {
        if (!hasGlobal)
            obstacles.Add(
                new Obstacle(
                    ObstacleKind.NoGlobal, "a MeshMultiZoneService is written on a Global control plane, and there is none", null));
        if (!hasEncryption)
            obstacles.Add(
                new Obstacle(
                    ObstacleKind.NoEncryption,
                    "traffic between zones needs mTLS or a MeshIdentity, and the mesh has neither",
                    mesh.Document?.Resource.Location));
        foreach (var zone in zones.Where(z => !ingressZones.Contains(z)))
            obstacles.Add(
                new Obstacle(
                    ObstacleKind.NoIngress,
                    $"zone '{zone}' has no ZoneIngress and no MeshZoneAddress in these files, so other zones may not reach it",
                    null));
        var first = PortKey(byPlace[0]);
        foreach (var place in byPlace.Skip(1))
        {
            if (PortKey(place) != first)
            {
                obstacles.Add(new Obstacle(
                    ObstacleKind.PortsDifferAcrossZones,
                    $"its ports in zone '{place.Key.Zone}' ({PortKey(place)}) differ from those in zone '{byPlace[0].Key.Zone}' "
                        + $"({first}); a zone whose port has another number or name adds no endpoints",
                    place.First().Dataplane.Location));
            }
        }

        static string PortKey(IEnumerable<LegacyInbound> inbounds) =>
            string.Join(
                ", ", inbounds.Select(static i => Describe(i.Inbound)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private void CheckName(LegacyName name, ImmutableArray<Obstacle>.Builder obstacles)
    {
        var isKubernetes = name.Inbounds.Count > 0 && name.Inbounds[0].Dataplane.Place.IsKubernetes;
        if (name.Inbounds.Count > 0 && !isKubernetes && !DnsNames.IsServiceName(name.Name))
        {
            obstacles.Add(new Obstacle(
                ObstacleKind.NameNotRfc1035,
                $"the name is not a DNS label, so no MeshService is generated; write one named '{Candidate(name.Name)}'", name.Location));
        }

        if (name.Inbounds.Count > 0 && !isKubernetes && name.Name.Count(static c => c == '_') is 2 or 3)
        {
            var parts = name.Name.Split('_');
            obstacles.Add(new Obstacle(
                ObstacleKind.AmbiguousName, $"2.x policies read the name as service '{parts[0]}' in Kubernetes namespace '{parts[1]}'",
                name.Location));
        }

        if (name.Inbounds.Count > 0 && name.External.Count > 0)
            obstacles.Add(
                new Obstacle(ObstacleKind.ProducedTwice, "Dataplanes and an ExternalService carry the name", name.External[0].Location));
        if (name.Gateways.Count > 0)
            obstacles.Add(
                new Obstacle(
                    ObstacleKind.DelegatedGateway, "a gateway carries the name; it gets no MeshService", name.Gateways[0].Location));
        if (name.Inbounds.Count == 0 && name.External.Count == 0 && name.Gateways.Count == 0 && name.References.Count > 0)
            obstacles.Add(
                new Obstacle(
                    ObstacleKind.NoSuchDataplane,
                    "it is referred to, but nothing in these files produces it",
                    name.References[0].Location));
    }

    /// <summary>Name and namespace of the MeshService that a name becomes in one control plane.</summary>
    private (string Namespace, string Name) ServiceName(string name, ControlPlane place, Dataplane dataplane)
    {
        if (!place.IsKubernetes)
            return ("", Candidate(name));
        var parts = name.Split('_');
        return parts.Length is 3 or 4 ? (parts[1], parts[0]) : (dataplane.Namespace, Candidate(name));
    }

    private string Candidate(string name)
    {
        var candidate = ServiceNames.Candidate(name, c => candidateOwners.TryGetValue(c, out var owner) && owner != name);
        candidateOwners.TryAdd(candidate, name);
        return candidate;
    }

    /// <summary>Keeps the name of a valid value from being taken by one that has to be mended.</summary>
    public void Reserve(string name)
    {
        if (DnsNames.IsServiceName(name))
            candidateOwners[name] = name;
    }

    // The lists of the Dataplanes have to be equal in value and order (docs/kuma/migration.md#port-lists).
    private Dataplane? FindPortConflict(List<LegacyInbound> inbounds)
    {
        if (inbounds[0].Dataplane.Place.IsKubernetes)
            return null;
        string? first = null;
        foreach (var dataplane in inbounds.GroupBy(static i => i.Dataplane))
        {
            var ports = string.Join(", ", dataplane.Select(static i => Describe(i.Inbound)));
            first ??= ports;
            if (ports != first)
                return dataplane.Key;
        }

        return null;
    }

    private static string Ports(Dataplane dataplane, string service) =>
        string.Join(", ", dataplane.Inbounds.Where(i => i.Tags[WellKnown.ServiceTag] == service).Select(Describe));

    private static string Describe(Inbound inbound)
    {
        var protocol = inbound.RawProtocol.Length > 0 ? inbound.RawProtocol : inbound.Tags[WellKnown.ProtocolTag] ?? "tcp";
        return string.Create(
            CultureInfo.InvariantCulture, $"{(inbound.Name.Length > 0 ? inbound.Name + ":" : "")}{inbound.Port}/{protocol}");
    }

    private static bool IsStateful(LegacyName name) =>
        name.Dataplanes.Select(static d => d.Place.Zone).Distinct(StringComparer.Ordinal).Count() > 1
        && name.Inbounds.Exists(
            static i => DatabasePorts.Contains(i.Inbound.Port) && (i.Inbound.RawProtocol.Length == 0 || i.Inbound.RawProtocol == "tcp"));
}
