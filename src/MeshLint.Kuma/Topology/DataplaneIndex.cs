using MeshLint.Kuma.Model;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>Finds the Dataplanes of one zone by mesh, core name, label pair and inbound tag pair.</summary>
internal sealed class DataplaneIndex
{
    private readonly Dictionary<string, ImmutableArray<Dataplane>> meshes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Mesh, string CoreName), Dataplane> names = [];
    private readonly PairIndex<Dataplane> labels;
    private readonly Dictionary<(string Mesh, string Key, string Value), ImmutableArray<Dataplane>> tags;

    /// <param name="dataplanes">The Dataplanes in creation order.</param>
    /// <param name="budget">What all queries of the zone may find together.</param>
    public DataplaneIndex(ImmutableArray<Dataplane> dataplanes, WorkBudget budget)
    {
        var lists = new Dictionary<string, ImmutableArray<Dataplane>.Builder>(StringComparer.Ordinal);
        var holdersOf = new Dictionary<(string Mesh, string Key, string Value), ImmutableArray<Dataplane>.Builder>();
        Budget = budget;
        foreach (var dataplane in dataplanes)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, dataplane.Mesh, out _);
            (list ??= ImmutableArray.CreateBuilder<Dataplane>()).Add(dataplane);
            names[(dataplane.Mesh, dataplane.CoreName)] = dataplane;
            foreach (var inbound in dataplane.Inbounds)
            {
                foreach (var (key, value) in inbound.Tags)
                {
                    ref var holders = ref CollectionsMarshal.GetValueRefOrAddDefault(holdersOf, (dataplane.Mesh, key, value), out _);
                    holders ??= ImmutableArray.CreateBuilder<Dataplane>(1);
                    if (holders.Count == 0 || !ReferenceEquals(holders[^1], dataplane))
                        holders.Add(dataplane);
                }
            }
        }

        foreach (var (mesh, list) in lists)
            meshes[mesh] = list.DrainToImmutable();
        tags = new(holdersOf.Count);
        foreach (var (pair, holders) in holdersOf)
            tags[pair] = holders.DrainToImmutable();
        labels = new(dataplanes, static d => ("Dataplane", d.Mesh, d.Labels), null, budget);
    }

    public WorkBudget Budget { get; }

    public ImmutableArray<Dataplane> OfMesh(string mesh) => meshes.GetValueOrDefault(mesh, []);

    public Dataplane? ByCoreName(string mesh, string coreName) => names.GetValueOrDefault((mesh, coreName));

    public ImmutableArray<Dataplane> ByLabels(string mesh, LabelSet query) => query.Count == 0 ? OfMesh(mesh) : labels.Find("Dataplane", mesh, query);

    public ImmutableArray<Dataplane> ByTag(string mesh, string key, string value) => tags.GetValueOrDefault((mesh, key, value), []);
}
