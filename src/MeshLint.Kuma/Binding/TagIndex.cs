using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using System.Runtime.InteropServices;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>Where tags stand: on an inbound, or (null) on the gateway of the Dataplane.</summary>
internal readonly record struct TagHolder(Dataplane Dataplane, Inbound? Inbound)
{
    public LabelSet Tags => Inbound is null ? Dataplane.GatewayTags : Inbound.Tags;
}

/// <summary>Finds inbounds and gateways of one zone by their tags (2.x). All pairs must stand on one of them; the value <c>*</c> asks for the key alone (kuma: api/mesh/v1alpha1/dataplane_helpers.go, TagSelector.Matches).</summary>
internal sealed class TagIndex(ZoneView view)
{
    public const string AnyValue = "*";

    private readonly Dictionary<(string Mesh, LabelSet Tags), (ImmutableArray<TagHolder> Holders, bool IsCut)> answers = [];
    private Dictionary<(string Mesh, string Key, string Value), List<TagHolder>>? positions;

    /// <summary>The holders that have every tag, in creation order. No tags find nothing.</summary>
    public ImmutableArray<TagHolder> Find(string mesh, LabelSet tags)
    {
        if (answers.TryGetValue((mesh, tags), out var known))
        {
            view.Budget.Cuts += known.IsCut ? 1 : 0;
            return known.Holders;
        }

        var cuts = view.Budget.Cuts;
        var found = Search(mesh, tags);
        answers[(mesh, tags)] = (found, view.Budget.Cuts != cuts);
        return found;
    }

    public static bool Matches(LabelSet tags, LabelSet query)
    {
        foreach (var (key, value) in query)
        {
            if (tags[key] is not { } own || (value != AnyValue && own != value))
                return false;
        }

        return true;
    }

    private ImmutableArray<TagHolder> Search(string mesh, LabelSet tags)
    {
        positions ??= Build();
        List<TagHolder>? rarest = null;
        foreach (var (key, value) in tags)
        {
            if (!positions.TryGetValue((mesh, key, value), out var list))
                return [];
            if (rarest is null || list.Count < rarest.Count)
                rarest = list;
        }

        if (rarest is null)
            return [];
        var found = ImmutableArray.CreateBuilder<TagHolder>();
        var length = view.Budget.Take(rarest.Count);
        for (var i = 0; i < length; i++)
        {
            if (Matches(rarest[i].Tags, tags))
                found.Add(rarest[i]);
        }

        return found.DrainToImmutable();
    }

    private Dictionary<(string Mesh, string Key, string Value), List<TagHolder>> Build()
    {
        var built = new Dictionary<(string Mesh, string Key, string Value), List<TagHolder>>();
        foreach (var dataplane in view.Dataplanes)
        {
            foreach (var inbound in dataplane.Inbounds)
                Add(new TagHolder(dataplane, inbound));
            if (dataplane.Gateway != GatewayType.None)
                Add(new TagHolder(dataplane, null));
        }

        return built;

        void Add(TagHolder holder)
        {
            foreach (var (key, value) in holder.Tags)
            {
                AddTo((holder.Dataplane.Mesh, key, value), holder);
                AddTo((holder.Dataplane.Mesh, key, AnyValue), holder);
            }
        }

        void AddTo((string Mesh, string Key, string Value) key, TagHolder holder)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(built, key, out _);
            (list ??= new List<TagHolder>(1)).Add(holder);
        }
    }
}
