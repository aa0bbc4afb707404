using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>The SPIFFE IDs of the proxies that meet in one deployment: from MeshIdentities, and on 2.x from the certificates of a Mesh with mTLS (<c>spiffe://mesh/service</c>).</summary>
internal sealed class SpiffeIndex(ImmutableArray<BindingScope> zones)
{
    private const string Scheme = "spiffe://";

    private readonly Dictionary<string, Mesh> meshes = new(StringComparer.Ordinal);

    /// <summary>Whether any proxy of the mesh is known.</summary>
    public bool HasDataplanes(string mesh) => zones.Any(z => !z.View.DataplanesOf(mesh).IsEmpty);

    /// <summary>Whether any proxy of the mesh has an identity.</summary>
    public bool HasIds(string mesh) => Of(mesh).Ids.Length > 0;

    /// <summary>Whether some proxy has the trust domain of the value; a prefix may end within it.</summary>
    public bool KnowsDomain(string mesh, string value, bool isPrefix)
    {
        var domain = Domain(value);
        return Of(mesh).Domains.Contains(domain) || (isPrefix && value.Length == Scheme.Length + domain.Length && Of(mesh).Domains.Any(d => d.StartsWith(domain, StringComparison.Ordinal)));
    }

    /// <summary>The proxies with the id, or with one that begins so; the mesh where that is all of them.</summary>
    public ImmutableArray<ReferenceTarget> Find(string mesh, string value, bool isPrefix)
    {
        var known = Of(mesh);
        if (known.Answers.TryGetValue((value, isPrefix), out var answer))
            return answer;
        var ids = known.Ids;
        var first = LowerBound(ids, value);
        var found = new List<ReferenceTarget>();
        var seen = new HashSet<Dataplane>();
        for (var i = first; i < ids.Length && (isPrefix ? ids[i].Id.StartsWith(value, StringComparison.Ordinal) : ids[i].Id == value); i++)
        {
            if (seen.Add(ids[i].Dataplane))
                found.Add(ids[i].Zone.TargetOf(ids[i].Dataplane));
        }

        answer = isPrefix && found.Count == known.Holders && found.Count > 1 && zones[0].MeshTarget(mesh) is { } all ? [all] : [.. found];
        return known.Answers[(value, isPrefix)] = answer;
    }

    /// <summary>The id that is spelled nearly like it.</summary>
    public ImmutableArray<ReferenceCandidate> Near(string mesh, string value)
    {
        var known = Of(mesh);
        if (known.Spelling is null)
        {
            known.Spelling = new SpellingIndex();
            foreach (var (id, _, _) in known.Ids)
                known.Spelling.Add(mesh, id);
        }

        return known.Spelling.Find(mesh, value) is { } near ? [new ReferenceCandidate(CandidateDifference.Spelling, near)] : [];
    }

    private static string Domain(string id)
    {
        if (!id.StartsWith(Scheme, StringComparison.Ordinal))
            return "";
        var slash = id.IndexOf('/', Scheme.Length);
        return slash < 0 ? id[Scheme.Length..] : id[Scheme.Length..slash];
    }

    private static int LowerBound((string Id, Dataplane Dataplane, BindingScope Zone)[] ids, string value)
    {
        int low = 0, high = ids.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(ids[middle].Id, value) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private Mesh Of(string mesh)
    {
        if (meshes.TryGetValue(mesh, out var known))
            return known;
        var ids = new List<(string Id, Dataplane Dataplane, BindingScope Zone)>();
        foreach (var zone in zones)
        {
            var isMutual = zone.Version.Behaviour.MeshMtls && zone.MeshOf(mesh) is { HasMtls: true };
            var hasIdentity = zone.View.Identities.HasIdentity(mesh);
            if (!isMutual && !hasIdentity)
                continue;
            foreach (var dataplane in zone.View.DataplanesOf(mesh))
            {
                if (hasIdentity)
                {
                    foreach (var id in zone.View.Identities.SpiffeIds(mesh, [dataplane]))
                        ids.Add((id, dataplane, zone));
                }

                if (!isMutual)
                    continue;
                foreach (var service in dataplane.Inbounds.Select(static i => i.Tags[WellKnown.ServiceTag]).Append(dataplane.GatewayTags[WellKnown.ServiceTag]).OfType<string>().Distinct())
                    ids.Add(($"{Scheme}{mesh}/{service}", dataplane, zone));
            }
        }

        var sorted = ids.OrderBy(static i => i.Id, StringComparer.Ordinal).ToArray();
        return meshes[mesh] = new Mesh(sorted, sorted.Select(static i => Domain(i.Id)).ToHashSet(StringComparer.Ordinal), sorted.Select(static i => i.Dataplane).Distinct().Count());
    }

    private sealed record Mesh((string Id, Dataplane Dataplane, BindingScope Zone)[] Ids, HashSet<string> Domains, int Holders)
    {
        public Dictionary<(string Value, bool IsPrefix), ImmutableArray<ReferenceTarget>> Answers { get; } = [];

        public SpellingIndex? Spelling { get; set; }
    }
}
