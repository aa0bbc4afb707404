using MeshLint.Kuma.Model;
using System.Collections.Frozen;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>All control planes of a repository while the graph is built: first what each has of its own, then the copies.</summary>
internal sealed class World
{
    private readonly GraphInput input;
    private readonly MeshBook book;
    private readonly KumaVersion version;
    private readonly List<Place> places = [];
    private readonly Dictionary<(bool IsGlobal, string Zone), Place> byKey = [];
    private readonly Dictionary<(bool IsFederated, string Zone), Dictionary<string, MeshInfo>> meshes = [];
    private readonly ImmutableArray<Overwrite>.Builder overwrites = ImmutableArray.CreateBuilder<Overwrite>();
    private readonly List<PortConflict> conflicts = [];
    private readonly List<SkippedName> skipped = [];

    public World(GraphInput input)
    {
        this.input = input;
        version = input.Version;
        book = input.Meshes ?? MeshBook.Of(input.Resources, input.Version);
        foreach (var controlPlane in input.ControlPlanes)
            PlaceOf(controlPlane);
        foreach (var stored in input.Resources)
        {
            if (PlaceOf(stored.Place).Add(stored) is { } earlier)
                overwrites.Add(new Overwrite(earlier, stored));
        }

        foreach (var dataplane in input.DerivedDataplanes)
            PlaceOf(dataplane.Place).Dataplanes.Add(dataplane);
        foreach (var service in input.DerivedMeshServices)
            PlaceOf(service.Service.Place).DerivedServices.Add(service);
        foreach (var derivation in input.Derivations)
            PlaceOf(derivation.ControlPlane).Derivation = derivation;
        if (places.Exists(static p => p.ControlPlane.IsFederated) && !places.Exists(static p => p.ControlPlane.IsGlobal))
            Add(new Place(new ControlPlane { Role = ControlPlaneRole.Global, Zone = "" }, isImplied: true));
    }

    /// <summary>Computes what each control plane has of its own.</summary>
    public void Fill()
    {
        ReadMeshes();
        foreach (var place in places)
        {
            ReadDataplanes(place);
            ReadDestinations(place);
            ReadResources(place);
            MakeWorkloads(place);
        }
    }

    /// <summary>The graph with a view per control plane, copies included; hostnames, endpoints and references are not computed yet.</summary>
    public MeshGraph ToGraph()
    {
        var copier = new Copier(places, version);
        // One table for all control planes of a deployment.
        var meshTables = meshes.ToDictionary(static m => m.Key, static m => m.Value.ToFrozenDictionary(StringComparer.Ordinal));
        var views = ImmutableArray.CreateBuilder<ZoneView>(places.Count);
        foreach (var place in places)
        {
            var view = copier.CreateView(place, meshTables[DeploymentOf(place)]);
            views.Add(view);
        }

        var destinations = new List<Destination>();
        var dataplanes = new List<Dataplane>();
        var workloads = ImmutableArray.CreateBuilder<Workload>();
        foreach (var place in places)
        {
            destinations.AddRange(place.Destinations);
            dataplanes.AddRange(place.Dataplanes);
            workloads.AddRange(place.Workloads);
        }

        copier.SetInstances();
        return new MeshGraph(version, views.ToImmutable())
        {
            Meshes = [.. meshes.Values.SelectMany(static m => m.Values).OrderBy(static m => m.Name, StringComparer.Ordinal).ThenBy(static m => m.Home.Name, StringComparer.Ordinal)],
            Dataplanes = [.. dataplanes.OrderBy(static d => d.Order)],
            Destinations = [.. destinations.OrderBy(static d => d.Order)],
            Workloads = workloads.ToImmutable(),
            PortConflicts = [.. conflicts],
            SkippedNames = [.. skipped],
            Overwrites = overwrites.ToImmutable(),
            KubernetesSecrets = input.KubernetesSecrets,
        };
    }

    private Place PlaceOf(ControlPlane controlPlane) =>
        byKey.TryGetValue(MeshGraph.KeyOf(controlPlane), out var place) ? place : Add(new Place(controlPlane, isImplied: false));

    private Place Add(Place place)
    {
        byKey[MeshGraph.KeyOf(place.ControlPlane)] = place;
        places.Add(place);
        return place;
    }

    private static (bool IsFederated, string Zone) DeploymentOf(Place place) => (place.IsFederated, place.IsFederated ? "" : place.ControlPlane.Zone);

    private MeshInfo MeshOf(Place place, string name) => meshes[DeploymentOf(place)][name];

    private void ReadMeshes()
    {
        foreach (var place in places)
        {
            var deployment = DeploymentOf(place);
            if (!meshes.ContainsKey(deployment))
                meshes[deployment] = new(StringComparer.Ordinal);
        }

        var global = places.Find(static p => p.ControlPlane.IsGlobal);
        // The Global (or standalone zone) states the meshes; a mesh that documents only name exists elsewhere.
        foreach (var place in places.OrderByDescending(static p => p.ControlPlane.IsGlobal))
        {
            var known = meshes[DeploymentOf(place)];
            var home = place.IsFederated ? global ?? place : place;
            foreach (var mesh in book.DeclaredAt(place.ControlPlane))
                known.TryAdd(mesh.Name, mesh);
            foreach (var (stored, _) in place.Stored)
                AddNamed(known, stored.Mesh, home);
            foreach (var dataplane in place.Dataplanes)
                AddNamed(known, dataplane.Mesh, home);
            foreach (var service in place.DerivedServices)
                AddNamed(known, service.Mesh, home);
            foreach (var address in place.Derivation?.MeshZoneAddresses ?? [])
                AddNamed(known, address.Mesh, home);
        }

        void AddNamed(Dictionary<string, MeshInfo> known, string name, Place home)
        {
            if (name.Length > 0 && !known.ContainsKey(name))
                known[name] = book.Find(home.ControlPlane, name) ?? MeshReader.Read(name, home.ControlPlane, [], version);
        }
    }

    private void ReadDataplanes(Place place)
    {
        foreach (var (stored, order) in place.Stored)
        {
            if (stored.Kind == "Dataplane")
                place.Dataplanes.Add(DataplaneReader.Read(stored, place.ControlPlane, order, version, MeshOf(place, stored.Mesh).Mode));
        }

        place.Dataplanes.Sort(static (a, b) => a.Order != b.Order ? a.Order.CompareTo(b.Order) : string.CompareOrdinal(a.CoreName, b.CoreName));
    }

    private void ReadDestinations(Place place)
    {
        var written = new Dictionary<(string Mesh, string CoreName), Destination>();
        foreach (var (stored, order) in place.Stored)
        {
            if (stored.KindInfo.Group != KindGroup.Destination)
                continue;
            var destination = DestinationReader.Read(stored, place.ControlPlane, order, version);
            place.Destinations.Add(destination);
            if (destination.Kind == DestinationKind.MeshService)
                written[(destination.Mesh, destination.CoreName)] = destination;
        }

        place.Destinations.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        foreach (var derived in place.DerivedServices)
        {
            var destination = DestinationReader.Read(derived, place.ControlPlane, derived.Service.Order);
            if (!written.ContainsKey((destination.Mesh, destination.CoreName)))
                place.Destinations.Add(destination);
        }

        if (place.ControlPlane.IsGlobal || place.ControlPlane.IsKubernetes)
            return;
        var generator = new MeshServiceGenerator(place.ControlPlane, version, name => MeshOf(place, name));
        generator.Run(place.Dataplanes, written);
        // A written one that claims to be generated is replaced.
        place.Destinations.RemoveAll(d => d.Kind == DestinationKind.MeshService && !written.ContainsKey((d.Mesh, d.CoreName)));
        place.Destinations.AddRange(generator.Generated);
        conflicts.AddRange(generator.Conflicts);
        skipped.AddRange(generator.Skipped);
    }

    private void ReadResources(Place place)
    {
        var order = 0;
        foreach (var generator in DefaultResources.HostnameGenerators(place.ControlPlane))
            AddDefault(generator);
        foreach (var mesh in meshes[DeploymentOf(place)].Values.OrderBy(static m => m.Name, StringComparer.Ordinal))
        {
            if (!ReferenceEquals(mesh.Home, place.ControlPlane) || !(mesh.IsDeclared || mesh.Name == WellKnown.DefaultMesh))
                continue;
            foreach (var policy in DefaultResources.Policies(mesh, version))
                AddDefault(policy);
        }

        foreach (var (stored, _) in place.Stored)
        {
            if (stored.Kind is "Mesh" or "Dataplane" || stored.KindInfo.Group == KindGroup.Destination)
                continue;
            place.Resources.Add(new ResourceInstance
            {
                KindInfo = stored.KindInfo,
                Mesh = stored.Mesh,
                ControlPlane = place.ControlPlane,
                Home = place.ControlPlane,
                CoreName = stored.CoreName,
                Labels = stored.Labels,
                Spec = stored.Spec,
                Stored = stored,
                Order = order++,
            });
        }

        if (place.Derivation is { } derivation)
        {
            foreach (var resource in DerivedResources.Create(derivation, place.ControlPlane))
                AddDefault(resource);
        }

        void AddDefault(ResourceInstance resource)
        {
            if (!place.States(resource.Kind, resource.Mesh, resource.CoreName))
                place.Resources.Add(resource.WithOrder(order++));
        }
    }

    private void MakeWorkloads(Place place)
    {
        if (!version.Behaviour.Workloads || place.ControlPlane.IsGlobal)
            return;
        if (place.Derivation is { } derivation)
            place.Workloads.AddRange(DerivedResources.CreateWorkloads(derivation, place));
        if (place.ControlPlane.IsKubernetes)
            return;
        var groups = new Dictionary<(string Mesh, string Name), List<Dataplane>>();
        foreach (var dataplane in place.Dataplanes)
        {
            if (dataplane.Labels[WellKnown.Workload] is not { Length: > 0 } name || !DnsNames.IsServiceName(name))
                continue;
            if (!groups.TryGetValue((dataplane.Mesh, name), out var list))
                groups[(dataplane.Mesh, name)] = list = [];
            list.Add(dataplane);
        }

        foreach (var ((mesh, name), list) in groups)
        {
            var labels = LabelSet.Create(
            [
                new(WellKnown.Mesh, mesh), new(WellKnown.ManagedBy, "workload-generator"), new(WellKnown.Env, "universal"), new(WellKnown.Zone, place.ControlPlane.Zone),
            ]);
            place.Workloads.Add(new Workload(mesh, place.ControlPlane, name, labels, [.. list]));
        }
    }
}
