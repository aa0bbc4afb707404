using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using System.Numerics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>Finds what the author of a reference that finds nothing may have meant. Its indexes are built when the first such reference asks.</summary>
/// <remarks>Deterministic: candidates are ranked by how much they differ, then by KRI. Used by one thread.</remarks>
internal sealed class CandidateFinder
{
    private const int Limit = 5;

    /// <summary>As many words are compared with one that is not found; where there are more, each miss would cost as much as there are.</summary>
    private const int MostCompared = 200;

    private readonly MeshGraph graph;
    private readonly Lazy<Names> destinations;
    private readonly Lazy<ILookup<string, Dataplane>> dataplanes;
    private readonly Lazy<SpellingIndex> pairs;
    private readonly Lazy<SpellingIndex> resources;
    private readonly Dictionary<(ZoneView View, DestinationKind Kind, string Mesh, LabelSet Labels), ImmutableArray<DestinationInstance>> others = [];

    public CandidateFinder(MeshGraph graph)
    {
        this.graph = graph;
        destinations = new(() => new Names(graph));
        dataplanes = new(() => graph.Dataplanes.ToLookup(static d => d.DisplayName, StringComparer.Ordinal));
        pairs = new(BuildPairs);
        resources = new(BuildResources);
    }

    /// <summary>Candidates for a destination by name (2.x).</summary>
    /// <param name="scope">The control plane.</param>
    /// <param name="kind">The kind asked for.</param>
    /// <param name="from">Who refers.</param>
    /// <param name="name">The name asked for.</param>
    /// <param name="ns">The namespace that the name is completed with.</param>
    public ImmutableArray<ReferenceCandidate> ForName(BindingScope scope, DestinationKind kind, Referrer from, string name, string ns)
    {
        if (name.Length == 0)
            return [];
        var found = new List<ReferenceCandidate>();
        foreach (var destination in destinations.Value.Named(name))
        {
            var difference = Common(scope, destination, kind, from.Mesh) | (destination.DisplayName == name ? CandidateDifference.None : CandidateDifference.Case);
            if (destination.Zone != from.Zone)
                difference |= from.Zone.Length == 0 ? CandidateDifference.ReferrerWithoutZone : destination.Zone.Length == 0 ? CandidateDifference.TargetWithoutZone : CandidateDifference.Zone;
            if (destination.Namespace != ns)
                difference |= CandidateDifference.Namespace;
            found.Add(new ReferenceCandidate(difference, destination.DisplayName) { Destination = destination });
        }

        AddIndirect(found, scope, kind, from.Mesh, name);
        return Rank(found);
    }

    /// <summary>Candidates for a destination by labels.</summary>
    public ImmutableArray<ReferenceCandidate> ForLabels(BindingScope scope, DestinationKind kind, string mesh, LabelSet labels)
    {
        var found = new List<ReferenceCandidate>();
        if (labels[WellKnown.DisplayName] is { Length: > 0 } name)
        {
            foreach (var destination in destinations.Value.Named(name))
                found.Add(Compare(scope, destination, kind, mesh, labels, name));
            AddIndirect(found, scope, kind, mesh, name);
        }

        if (found.Count == 0 && labels.Count > 1)
        {
            foreach (var (key, _) in labels)
            {
                foreach (var instance in FirstOf(scope, kind, mesh, labels.Without(key)))
                {
                    var difference = key switch { WellKnown.Zone => CandidateDifference.Zone, WellKnown.Namespace => CandidateDifference.Namespace, _ => CandidateDifference.Label };
                    found.Add(new ReferenceCandidate(difference, instance.Labels[key] ?? "") { Destination = instance.Destination, Key = key });
                }
            }
        }

        if (found.Count == 0)
        {
            foreach (var other in new[] { DestinationKind.MeshService, DestinationKind.MeshMultiZoneService, DestinationKind.MeshExternalService })
            {
                if (other == kind)
                    continue;
                foreach (var instance in FirstOf(scope, other, mesh, labels))
                    found.Add(new ReferenceCandidate(CandidateDifference.Kind, instance.Destination.KindName) { Destination = instance.Destination });
            }
        }

        if (found.Count == 0)
            AddMisspelled(found, $"{mesh}/destination", labels);
        return Rank(found);
    }

    /// <summary>Candidates for a port of a destination that is found.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="wanted">Name or number as written.</param>
    /// <param name="version">The Kuma line.</param>
    public static ImmutableArray<ReferenceCandidate> ForPort(Destination destination, string wanted, KumaVersion version)
    {
        var found = new List<ReferenceCandidate>();
        // Who has more ports than this gets no better help than from the first ones.
        var ports = destination.Ports.Length > MostCompared ? destination.Ports[..MostCompared] : destination.Ports;
        foreach (var port in ports)
        {
            var section = destination.SectionName(port, version);
            if (BindingScope.Number(port.Port) == wanted && section != wanted)
                Add(CandidateDifference.NumberOfNamedPort, port, section);
            else if (string.Equals(section, wanted, StringComparison.OrdinalIgnoreCase))
                Add(CandidateDifference.Case, port, section);
            else if (!port.TargetPort.IsAbsent && port.TargetPort.ToString() == wanted)
                Add(CandidateDifference.TargetPort, port, section);
        }

        if (found.Count == 0 && NearMiss.Find(wanted, ports.Select(p => destination.SectionName(p, version))) is { } near)
            Add(CandidateDifference.Spelling, destination.Ports.First(p => destination.SectionName(p, version) == near), near);
        if (found.Count == 0 && destination.Ports.Length == 1)
            Add(CandidateDifference.None, destination.Ports[0], destination.SectionName(destination.Ports[0], version));
        return [.. found.Take(Limit)];

        void Add(CandidateDifference difference, MeshServicePort port, string value) =>
            found.Add(new ReferenceCandidate(difference, value) { Destination = destination, Port = port });
    }

    /// <summary>Candidates for the section of Dataplanes that are selected.</summary>
    public static ImmutableArray<ReferenceCandidate> ForSection(ImmutableArray<Dataplane> dataplanes, string wanted)
    {
        var sections = new Dictionary<string, (CandidateDifference Difference, Dataplane Dataplane)>(StringComparer.Ordinal);
        foreach (var dataplane in dataplanes.Take(100))
        {
            foreach (var inbound in dataplane.Inbounds)
            {
                var difference = BindingScope.Number(inbound.Port) == wanted ? CandidateDifference.NumberOfNamedPort
                    : BindingScope.Number(inbound.ServicePort) == wanted ? CandidateDifference.TargetPort
                    : string.Equals(inbound.SectionName, wanted, StringComparison.OrdinalIgnoreCase) ? CandidateDifference.Case
                    : CandidateDifference.None;
                sections.TryAdd(inbound.SectionName, (difference, dataplane));
            }
        }

        var found = sections.Where(static s => s.Value.Difference != CandidateDifference.None)
            .Select(static s => new ReferenceCandidate(s.Value.Difference, s.Key) { Dataplane = s.Value.Dataplane }).ToList();
        if (found.Count == 0 && NearMiss.Find(wanted, sections.Keys) is { } near)
            found.Add(new ReferenceCandidate(CandidateDifference.Spelling, near) { Dataplane = sections[near].Dataplane });
        return Rank(found);
    }

    /// <summary>Candidates for labels that no Dataplane of the mesh has together.</summary>
    public ImmutableArray<ReferenceCandidate> ForDataplaneLabels(BindingScope scope, string mesh, LabelSet labels)
    {
        var found = new List<ReferenceCandidate>();
        var cuts = scope.View.Budget.Cuts;
        foreach (var (key, value) in labels)
        {
            if (scope.Version.Behaviour.InboundTags && scope.Tags.Find(mesh, LabelSet.Empty.With(key, value)) is { IsEmpty: false } holders)
                found.Add(new ReferenceCandidate(CandidateDifference.TagNotLabel, value) { Dataplane = holders[0].Dataplane, Key = key });
        }

        if (labels.Count > 1)
        {
            foreach (var (key, _) in labels)
            {
                if (scope.Selections.WithLabels(mesh, labels.Without(key)) is { IsEmpty: false } near)
                    found.Add(new ReferenceCandidate(CandidateDifference.Label, near[0].Labels[key] ?? "") { Dataplane = near[0], Key = key });
            }
        }

        scope.View.Budget.Cuts = cuts;
        AddMisspelled(found, $"{mesh}/dataplane", labels);
        return Rank(found);
    }

    /// <summary>Candidates for tags that no inbound of the mesh has together (2.x).</summary>
    public ImmutableArray<ReferenceCandidate> ForTags(string mesh, LabelSet tags)
    {
        var found = new List<ReferenceCandidate>();
        AddMisspelled(found, $"{mesh}/tag", tags);
        return Rank(found);
    }

    /// <summary>Candidates for a <c>kuma.io/service</c> value that nobody has (2.x): a real MeshService of that name, a similar value.</summary>
    public ImmutableArray<ReferenceCandidate> ForServiceTag(string mesh, string name)
    {
        var found = new List<ReferenceCandidate>();
        foreach (var destination in destinations.Value.Named(name))
        {
            if (destination.Mesh == mesh && destination.DisplayName == name)
            {
                found.Add(new ReferenceCandidate(
                    CandidateDifference.LegacyService | (destination.Kind == DestinationKind.MeshService ? CandidateDifference.None : CandidateDifference.Kind), name) { Destination = destination });
            }
        }

        AddMisspelled(found, $"{mesh}/tag", LabelSet.Empty.With(WellKnown.ServiceTag, name));
        return Rank(found);
    }

    /// <summary>Candidates for a Dataplane by name (2.x).</summary>
    public ImmutableArray<ReferenceCandidate> ForDataplaneName(BindingScope scope, Referrer from, string name, string ns)
    {
        var found = new List<ReferenceCandidate>();
        foreach (var dataplane in dataplanes.Value[name].Take(100))
        {
            var zone = dataplane.Labels[WellKnown.Zone] ?? "";
            var difference = (dataplane.Mesh == from.Mesh ? CandidateDifference.None : CandidateDifference.Mesh)
                | (dataplane.Namespace == ns ? CandidateDifference.None : CandidateDifference.Namespace)
                | (zone == from.Zone ? CandidateDifference.None : from.Zone.Length == 0 ? CandidateDifference.ReferrerWithoutZone : CandidateDifference.Zone);
            found.Add(new ReferenceCandidate(difference, name) { Dataplane = dataplane });
        }

        if (found.Count == 0 && scope.View.FindDataplane(from.Mesh, name) is { } stored)
            found.Add(new ReferenceCandidate(CandidateDifference.StoreName, stored.DisplayName) { Dataplane = stored });
        if (found.Count == 0 && pairs.Value.Find($"{from.Mesh}/dataplane-name", name) is { } near)
            found.Add(new ReferenceCandidate(CandidateDifference.Spelling, near));
        return Rank(found);
    }

    /// <summary>Candidates for a Dataplane by its name in the store, where the author may have left out the namespace.</summary>
    public ImmutableArray<ReferenceCandidate> ForStoredDataplane(string mesh, string name)
    {
        var found = dataplanes.Value[name].Where(d => d.Mesh == mesh && d.CoreName != name).Take(100)
            .Select(static d => new ReferenceCandidate(CandidateDifference.StoreName, d.CoreName) { Dataplane = d }).ToList();
        if (found.Count == 0 && pairs.Value.Find($"{mesh}/dataplane-name", name) is { } near)
            found.Add(new ReferenceCandidate(CandidateDifference.Spelling, near));
        return Rank(found);
    }

    /// <summary>Candidates for a resource of a kind by name: a route, a secret, a gateway.</summary>
    public ImmutableArray<ReferenceCandidate> ForResource(BindingScope scope, string kind, string mesh, string name)
    {
        if (name.Length == 0)
            return [];
        if (scope.FindByDisplayName(kind, mesh, name) is not null)
            return [new ReferenceCandidate(scope.Version.Behaviour.TargetsByName ? CandidateDifference.Namespace | CandidateDifference.Zone : CandidateDifference.Namespace, name)];
        return resources.Value.Find($"{mesh}/{kind}", name) is { } near ? [new ReferenceCandidate(CandidateDifference.Spelling, near)] : [];
    }

    /// <summary>The name of a mesh that is spelled nearly like it.</summary>
    public ImmutableArray<ReferenceCandidate> ForMesh(string name) =>
        NearMiss.Find(name, graph.Meshes.Where(static m => m.IsDeclared).Select(static m => m.Name).Take(MostCompared)) is { } near
            ? [new ReferenceCandidate(CandidateDifference.Spelling, near)] : [];

    private ReferenceCandidate Compare(BindingScope scope, Destination destination, DestinationKind kind, string mesh, LabelSet labels, string name)
    {
        var difference = Common(scope, destination, kind, mesh) | (destination.DisplayName == name ? CandidateDifference.None : CandidateDifference.Case);
        var instance = destination.Instances.FirstOrDefault(i => ReferenceEquals(i.ControlPlane, scope.View.ControlPlane));
        var seen = instance?.Labels ?? destination.Labels;
        foreach (var (key, value) in labels)
        {
            if (seen[key] == value || (key == WellKnown.DisplayName && seen[key] is not null))
                continue;
            difference |= key switch
            {
                WellKnown.Zone => CandidateDifference.Zone,
                WellKnown.Namespace => CandidateDifference.Namespace,
                WellKnown.DisplayName => scope.Version.Behaviour.DisplayNameOfEveryResource ? CandidateDifference.None : CandidateDifference.NoDisplayNameLabel,
                _ => CandidateDifference.Label,
            };
        }

        return new ReferenceCandidate(difference, destination.DisplayName) { Destination = destination };
    }

    private static CandidateDifference Common(BindingScope scope, Destination destination, DestinationKind kind, string mesh)
    {
        var difference = CandidateDifference.None;
        if (destination.Kind != kind)
            difference |= CandidateDifference.Kind;
        if (destination.Mesh != mesh)
            difference |= CandidateDifference.Mesh;
        if (!destination.Instances.Any(i => ReferenceEquals(i.ControlPlane, scope.View.ControlPlane)))
            difference |= CandidateDifference.NotCopied;
        return difference;
    }

    private void AddIndirect(List<ReferenceCandidate> found, BindingScope scope, DestinationKind kind, string mesh, string name)
    {
        if (destinations.Value.Stored(name) is { } stored && stored.DisplayName != name)
            found.Add(new ReferenceCandidate(CandidateDifference.StoreName, stored.DisplayName) { Destination = stored });
        if (found.Count == 0 && kind == DestinationKind.MeshService && scope.FindLegacy(mesh, name) is { } legacy)
        {
            var difference = CandidateDifference.LegacyService | (scope.ModeOf(mesh) == MeshServicesMode.Disabled && !scope.View.ControlPlane.IsKubernetes ? CandidateDifference.ModeDisabled : CandidateDifference.None);
            found.Add(new ReferenceCandidate(difference, name) { Dataplane = legacy.Inbounds.IsEmpty ? null : legacy.Inbounds[0].Dataplane });
        }

        if (found.Count == 0 && destinations.Value.Misspelled(mesh, name) is { } near)
        {
            foreach (var destination in destinations.Value.Named(near))
            {
                if (destination.Mesh == mesh && destination.DisplayName == near)
                    found.Add(new ReferenceCandidate(CandidateDifference.Spelling | Common(scope, destination, kind, mesh), near) { Destination = destination });
            }
        }
    }

    private void AddMisspelled(List<ReferenceCandidate> found, string scope, LabelSet labels)
    {
        foreach (var (key, value) in labels)
        {
            if (pairs.Value.Find($"{scope}/{key}", value) is { } near)
                found.Add(new ReferenceCandidate(CandidateDifference.Spelling, near) { Key = key });
            else if (pairs.Value.Find(scope, key) is { } nearKey)
                found.Add(new ReferenceCandidate(CandidateDifference.Spelling, nearKey) { Key = key });
        }
    }

    private ImmutableArray<DestinationInstance> FirstOf(BindingScope scope, DestinationKind kind, string mesh, LabelSet labels)
    {
        if (!others.TryGetValue((scope.View, kind, mesh, labels), out var found))
        {
            // Help may rest on the first of many: that the reference finds nothing does not.
            var cuts = scope.View.Budget.Cuts;
            found = scope.View.FindDestinations(kind, mesh, labels);
            scope.View.Budget.Cuts = cuts;
            others[(scope.View, kind, mesh, labels)] = found = found.Length > Limit ? [.. found.Take(Limit)] : found;
        }

        return found;
    }

    private static ImmutableArray<ReferenceCandidate> Rank(List<ReferenceCandidate> found) =>
    [
        .. found.OrderBy(static c => BitOperations.PopCount((uint)c.Difference))
            .ThenBy(static c => (uint)c.Difference)
            .ThenBy(static c => c.Destination?.Kri ?? "", StringComparer.Ordinal)
            .ThenBy(static c => c.Key, StringComparer.Ordinal)
            .ThenBy(static c => c.Value, StringComparer.Ordinal)
            .Take(Limit),
    ];

    private SpellingIndex BuildPairs()
    {
        var index = new SpellingIndex();
        foreach (var destination in graph.Destinations)
            Add($"{destination.Mesh}/destination", destination.Labels);
        foreach (var dataplane in graph.Dataplanes)
        {
            index.Add($"{dataplane.Mesh}/dataplane-name", dataplane.DisplayName);
            Add($"{dataplane.Mesh}/dataplane", dataplane.Labels);
            Add($"{dataplane.Mesh}/tag", dataplane.GatewayTags);
            foreach (var inbound in dataplane.Inbounds)
                Add($"{dataplane.Mesh}/tag", inbound.Tags);
        }

        return index;

        void Add(string scope, LabelSet labels)
        {
            foreach (var (key, value) in labels)
            {
                index.Add(scope, key);
                index.Add($"{scope}/{key}", value);
            }
        }
    }

    private SpellingIndex BuildResources()
    {
        var index = new SpellingIndex();
        foreach (var view in graph.Views)
        {
            foreach (var resource in view.Resources)
                index.Add($"{resource.Mesh}/{resource.Kind}", resource.DisplayName);
        }

        return index;
    }

    /// <summary>Destinations of all control planes by display name, whatever its case, and by their names in stores.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, List<Destination>> displayNames = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, Destination> storeNames = new(StringComparer.Ordinal);
        private readonly SpellingIndex spelling = new();

        public Names(MeshGraph graph)
        {
            foreach (var destination in graph.Destinations)
            {
                if (!displayNames.TryGetValue(destination.DisplayName, out var list))
                    displayNames[destination.DisplayName] = list = new(1);
                list.Add(destination);
                spelling.Add(destination.Mesh, destination.DisplayName);
                foreach (var instance in destination.Instances)
                    storeNames.TryAdd(instance.CoreName, destination);
            }
        }

        /// <summary>At most a hundred of that name.</summary>
        public IEnumerable<Destination> Named(string name) => displayNames.TryGetValue(name, out var list) ? list.Take(100) : [];

        public Destination? Stored(string name) => storeNames.GetValueOrDefault(name);

        public string? Misspelled(string mesh, string name) => spelling.Find(mesh, name);
    }
}
