using MeshLint.Kuma.Model;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// Makes the MeshServices that a Universal zone makes from its Dataplanes (docs/kuma/mesh-services.md#generation; kuma:
/// pkg/core/resources/apis/meshservice/generate/generator.go).
/// </summary>
internal sealed class MeshServiceGenerator(ControlPlane place, KumaVersion version, Func<string, MeshInfo> meshOf)
{
    private const string ManagedBy = "meshservice-generator";

    /// <summary>Without inbound tags: one service per workload label instead of one per service tag.</summary>
    private readonly bool byWorkload = version.Behaviour.MakesNoInboundTags(place.InboundTagsDisabled);

    private readonly Dictionary<(string Mesh, string Name), List<PortCandidate>> candidates = [];
    private readonly List<(string Mesh, string Name)> order = [];
    private readonly Dictionary<(string Mesh, string Name), List<Dataplane>> invalid = [];
    private readonly List<(string Mesh, string Name)> invalidOrder = [];

    /// <summary>The new MeshServices, by the first Dataplane that names them.</summary>
    public List<Destination> Generated { get; } = [];

    public List<PortConflict> Conflicts { get; } = [];

    public List<SkippedName> Skipped { get; } = [];

    /// <summary>Runs the generator.</summary>
    /// <param name="dataplanes">All Dataplanes of the zone, in creation order.</param>
    /// <param name="declared">The declared MeshServices of the zone. One that claims to be generated is replaced by what the generator makes of it.</param>
    public void Run(IEnumerable<Dataplane> dataplanes, Dictionary<(string Mesh, string CoreName), Destination> declared)
    {
        foreach (var dataplane in dataplanes)
        {
            if (meshOf(dataplane.Mesh).Mode == MeshServicesMode.Disabled)
                continue;
            if (byWorkload)
                AddWorkload(dataplane);
            else
                AddServiceTags(dataplane);
        }

        foreach (var key in invalidOrder)
            Skipped.Add(new SkippedName(place, key.Mesh, key.Name, TagKey, SkippedNameReason.InvalidName, [.. invalid[key]], null));
        foreach (var key in order)
            Generate(key, candidates[key], declared);
    }

    private string TagKey => byWorkload ? WellKnown.Workload : WellKnown.ServiceTag;

    private void AddServiceTags(Dataplane dataplane)
    {
        var ports = new List<(string Name, ImmutableArray<MeshServicePort>.Builder Ports)>(1);
        foreach (var inbound in dataplane.Inbounds)
        {
            if (inbound.Tags[WellKnown.ServiceTag] is not { Length: > 0 } service)
                continue;
            if (!IsName(service))
            {
                AddInvalid(dataplane, service);
                continue;
            }

            var index = ports.FindIndex(p => p.Name == service);
            if (index < 0)
            {
                index = ports.Count;
                ports.Add((service, ImmutableArray.CreateBuilder<MeshServicePort>()));
            }

            ports[index].Ports.Add(PortOf(inbound));
        }

        foreach (var (name, list) in ports)
            AddCandidate(dataplane, name, list.DrainToImmutable());
    }

    private void AddWorkload(Dataplane dataplane)
    {
        if (dataplane.Labels[WellKnown.Workload] is not { Length: > 0 } workload)
            return;
        if (!IsName(workload))
        {
            AddInvalid(dataplane, workload);
            return;
        }

        if (dataplane.Inbounds.IsEmpty)
            return;
        var ports = ImmutableArray.CreateBuilder<MeshServicePort>(dataplane.Inbounds.Length);
        foreach (var inbound in dataplane.Inbounds)
            ports.Add(PortOf(inbound));
        AddCandidate(dataplane, workload, ports.DrainToImmutable());
    }

    private MeshServicePort PortOf(Inbound inbound)
    {
        var raw = inbound.RawProtocol;
        var known = version.Behaviour.GeneratedProtocolParsed ? Protocols.Parse(raw, version) : raw.Length > 0 ? raw : null;
        var protocol = known ?? Protocols.Tcp;
        return new MeshServicePort(inbound.SectionName, inbound.Port, new TargetPort(inbound.Port), protocol, inbound.Node);
    }

    private bool IsName(string name) =>
        version.Behaviour.GeneratedNamesAreLabels ? DnsNames.IsServiceName(name) : Names.IsLegacyName(name) && name.Length <= 63;

    private void AddCandidate(Dataplane dataplane, string name, ImmutableArray<MeshServicePort> ports)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(candidates, (dataplane.Mesh, name), out var exists);
        if (!exists)
            order.Add((dataplane.Mesh, name));
        (list ??= []).Add(new PortCandidate(dataplane, ports));
    }

    private void AddInvalid(Dataplane dataplane, string name)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(invalid, (dataplane.Mesh, name), out var exists);
        if (!exists)
            invalidOrder.Add((dataplane.Mesh, name));
        list ??= [];
        if (list.Count == 0 || !ReferenceEquals(list[^1], dataplane))
            list.Add(dataplane);
    }

    private void Generate((string Mesh, string Name) key, List<PortCandidate> list, Dictionary<(string Mesh, string CoreName), Destination> declared)
    {
        Destination? existing = null;
        if (declared.TryGetValue(key, out var written))
        {
            if (written.Labels[WellKnown.ManagedBy] != ManagedBy)
            {
                Skipped.Add(new SkippedName(place, key.Mesh, key.Name, TagKey, SkippedNameReason.DeclaredExists, DataplanesOf(list), written));
                return;
            }

            existing = written;
        }

        var winner = list[0];
        if (existing is not null && list.Find(c => SamePorts(c.Ports, existing.Ports)) is { } same)
            winner = same;
        if (version.Behaviour.GeneratedProtocolChecked && !winner.Ports.All(static p => Protocols.IsServiceProtocol(p.AppProtocol)))
        {
            Skipped.Add(new SkippedName(place, key.Mesh, key.Name, TagKey, SkippedNameReason.InvalidProtocol, DataplanesOf(list), null));
            return;
        }

        var service = CreateService(key, winner, list, existing);
        if (existing is not null)
            declared.Remove(key);
        Generated.Add(service);
        var losers = ImmutableArray.CreateBuilder<PortCandidate>();
        foreach (var candidate in list)
        {
            if (!SamePorts(candidate.Ports, winner.Ports))
                losers.Add(candidate);
        }

        if (losers.Count > 0)
            Conflicts.Add(new PortConflict(service, winner, losers.ToImmutable()));
    }

    private Destination CreateService((string Mesh, string Name) key, PortCandidate winner, List<PortCandidate> list, Destination? existing)
    {
        var tag = new LabelSetRef(LabelSet.Create([new(TagKey, key.Name)]), default);
        var selector = byWorkload ? new MeshServiceSelector { DataplaneLabels = tag } : new MeshServiceSelector { DataplaneTags = tag };
        // The spec of an existing one is replaced only where its ports differ from every candidate's.
        var keep = existing is not null && SamePorts(existing.Ports, winner.Ports);
        return new Destination
        {
            Kind = DestinationKind.MeshService,
            Mesh = key.Mesh,
            Home = place,
            CoreName = key.Name,
            Labels = LabelsOf(key, list, existing),
            Origin = DestinationOrigin.GeneratedFromDataplanes,
            Order = winner.Dataplane.Order,
            Ports = keep && existing is not null ? existing.Ports : winner.Ports,
            Selector = keep && existing is not null ? existing.Selector : selector,
            Declared = existing?.Declared,
            GeneratedFrom = DataplanesOf(list),
        };
    }

    private LabelSet LabelsOf((string Mesh, string Name) key, List<PortCandidate> list, Destination? existing)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (existing is not null)
        {
            foreach (var (label, value) in existing.Labels)
                labels[label] = value;
        }

        if (version.Behaviour.ServiceLabelPropagation && place.PropagateMeshServiceLabels)
        {
            foreach (var (label, value) in LabelPropagation.Merge(list, byWorkload ? null : key.Name, place.PropagatedMeshServiceLabels))
                labels[label] = value;
        }

        if (existing is null || version.Behaviour.GeneratedLabelsUpdated)
        {
            labels[WellKnown.Mesh] = key.Mesh;
            labels[WellKnown.DisplayName] = key.Name;
            labels[WellKnown.ManagedBy] = ManagedBy;
            labels[WellKnown.Env] = "universal";
            labels[WellKnown.Origin] = "zone";
            if (version.Behaviour.GeneratedZoneLabel)
                labels[WellKnown.Zone] = place.Zone;
        }

        return LabelSet.Create(labels);
    }

    private static ImmutableArray<Dataplane> DataplanesOf(List<PortCandidate> list)
    {
        var dataplanes = ImmutableArray.CreateBuilder<Dataplane>(list.Count);
        foreach (var candidate in list)
            dataplanes.Add(candidate.Dataplane);
        return dataplanes.DrainToImmutable();
    }

    private static bool SamePorts(ImmutableArray<MeshServicePort> left, ImmutableArray<MeshServicePort> right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i].Name != right[i].Name || left[i].Port != right[i].Port || left[i].TargetPort != right[i].TargetPort || left[i].AppProtocol != right[i].AppProtocol)
                return false;
        }

        return true;
    }
}
