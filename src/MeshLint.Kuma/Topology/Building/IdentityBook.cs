using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Templates;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology.Building;

/// <summary>
/// The MeshIdentities and trust domains of one zone (docs/kuma/mesh-services.md#status, docs/kuma/mesh-services.md#identities; kuma:
/// pkg/core/resources/apis/meshidentity/api/v1alpha1/helpers.go).
/// </summary>
internal sealed class IdentityBook
{
    private const string DefaultTrustDomain = "{{ .Mesh }}.{{ .Zone }}.mesh.local";

    private readonly Dictionary<string, List<Entry>> byMesh = new(StringComparer.Ordinal);
    private readonly Dictionary<(ResourceInstance Identity, Dataplane Dataplane), string?> spiffeIds = [];
    private readonly HashSet<string> trustDomains = new(StringComparer.Ordinal);
    private readonly KumaVersion version;
    private readonly ControlPlane zone;

    public IdentityBook(ZoneView view)
    {
        zone = view.ControlPlane;
        version = view.Version;
        var trusts = new HashSet<(string Mesh, string CoreName)>();
        foreach (var resource in view.Resources)
        {
            if (resource.Kind == "MeshTrust")
            {
                trusts.Add((resource.Mesh, resource.CoreName));
                trustDomains.Add(Values.Text(resource.Spec["trustDomain"]));
            }
            else if (resource.Kind == "MeshIdentity")
            {
                if (!byMesh.TryGetValue(resource.Mesh, out var list))
                    byMesh[resource.Mesh] = list = [];
                list.Add(Read(resource, view.MeshOf(resource.Mesh)));
            }
        }

        foreach (var list in byMesh.Values)
        {
            foreach (var entry in list)
            {
                // The trust that a zone makes for its own CA takes the identity's name; an existing one keeps its domain.
                if (entry.CreatesTrust && !trusts.Contains((entry.Resource.Mesh, entry.Resource.CoreName)) && TrustDomain(entry, entry.Resource.Mesh, entry.Resource.Labels) is { } domain)
                    trustDomains.Add(domain);
            }
        }
    }

    private enum IdentityState
    {
        NotReady,

        /// <summary>Gives SPIFFE ids, issues no certificates (no provider).</summary>
        PartiallyReady,
        Ready,
    }

    /// <summary>The mesh has a MeshIdentity, whatever it selects and whether it works.</summary>
    public bool HasIdentity(string mesh) => byMesh.ContainsKey(mesh);

    /// <summary>SPIFFE ids of the Dataplanes, sorted.</summary>
    public SortedSet<string> SpiffeIds(string mesh, ImmutableArray<Dataplane> dataplanes)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        if (!byMesh.TryGetValue(mesh, out var identities))
            return ids;
        foreach (var dataplane in dataplanes)
        {
            if (!version.Behaviour.EveryIdentityCounts)
            {
                if (Best(identities, dataplane) is { State: IdentityState.Ready } best)
                    Add(best, dataplane);
                continue;
            }

            foreach (var entry in identities)
            {
                if (entry.State != IdentityState.NotReady && entry.Selects(dataplane))
                    Add(entry, dataplane);
            }
        }

        return ids;

        void Add(Entry entry, Dataplane dataplane)
        {
            if (TrustDomain(entry, dataplane.Mesh, dataplane.Labels) is { } domain && SpiffeId(entry, domain, dataplane) is { } id)
                ids.Add(id);
        }
    }

    /// <summary>Whether each Dataplane's best identity works and some MeshTrust (of any mesh) has its trust domain.</summary>
    public bool AllTrusted(string mesh, ImmutableArray<Dataplane> dataplanes)
    {
        if (!byMesh.TryGetValue(mesh, out var identities))
            return dataplanes.IsEmpty;
        foreach (var dataplane in dataplanes)
        {
            if (Best(identities, dataplane) is not { State: IdentityState.Ready } best)
                return false;
            if (best.IsSpire && version.Behaviour.SpireNeedsNoTrust)
                continue;
            if (TrustDomain(best, dataplane.Mesh, dataplane.Labels) is not { } domain || !trustDomains.Contains(domain))
                return false;
        }

        return true;
    }

    private Entry Read(ResourceInstance resource, MeshInfo mesh)
    {
        var provider = resource.Spec["provider"];
        var type = Values.Text(provider["type"]);
        var behaviour = version.Behaviour;
        var works = behaviour.MeshIdentities
            && (mesh.IsExclusive || !behaviour.IdentityNeedsExclusive)
            && (zone.IsKubernetes || behaviour.IdentityOnUniversal);
        var state = !works ? IdentityState.NotReady
            : !provider.IsMapping ? (behaviour.IdentityProviderOptional ? IdentityState.PartiallyReady : IdentityState.NotReady)
            : type is "Bundled" or "Spire" ? IdentityState.Ready : IdentityState.NotReady;
        var selector = resource.Spec["selector"]["dataplane"];
        return new Entry(
            resource,
            state,
            selector.IsMapping ? LabelSet.From(selector["matchLabels"]) : null,
            type == "Spire",
            state == IdentityState.Ready && type == "Bundled" && provider["bundled"]["meshTrustCreation"].AsString() != "Disabled",
            Parse(resource.Spec["spiffeID"]["trustDomain"].AsString() ?? DefaultTrustDomain),
            Parse("spiffe://{{ .TrustDomain }}" + (resource.Spec["spiffeID"]["path"].AsString() ?? DefaultPath)));
    }

    private string DefaultPath =>
        zone.IsKubernetes || !version.Behaviour.IdentityOnUniversal ? "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}" : "/workload/{{ .Workload }}";

    private static GoTemplate? Parse(string text) => GoTemplate.TryParse(text, out var template, out _) ? template : null;

    /// <summary>Most labels win, then the smallest name.</summary>
    private static Entry? Best(List<Entry> identities, Dataplane dataplane)
    {
        Entry? best = null;
        foreach (var entry in identities)
        {
            if (!entry.Selects(dataplane))
                continue;
            if (best is null || entry.LabelCount > best.LabelCount
                || (entry.LabelCount == best.LabelCount && string.CompareOrdinal(entry.Resource.CoreName, best.Resource.CoreName) < 0))
                best = entry;
        }

        return best;
    }

    private string? TrustDomain(Entry entry, string mesh, LabelSet labels)
    {
        if (entry.TrustDomain is not { } template)
            return null;
        var zoneName = labels[WellKnown.Zone] is { Length: > 0 } label ? label : zone.Zone;
        return template.TryRender(GoTemplateData.Struct("struct { Mesh string; Zone string }", ("Mesh", mesh), ("Zone", zoneName)), key => labels[key], out var text, out _) ? text : null;
    }

    /// <summary>The id that an identity gives a Dataplane, rendered once however many services select it.</summary>
    private string? SpiffeId(Entry entry, string trustDomain, Dataplane dataplane)
    {
        lock (spiffeIds)
        {
            if (!spiffeIds.TryGetValue((entry.Resource, dataplane), out var id))
                spiffeIds[(entry.Resource, dataplane)] = id = RenderSpiffeId(entry, trustDomain, dataplane);
            return id;
        }
    }

    private string? RenderSpiffeId(Entry entry, string trustDomain, Dataplane dataplane)
    {
        if (entry.Path is not { } template)
            return null;
        var labels = dataplane.Labels;
        var data = GoTemplateData.Struct(
            "struct { TrustDomain string; Namespace string; ServiceAccount string; Workload string }",
            ("TrustDomain", trustDomain),
            ("Namespace", labels[WellKnown.Namespace] ?? ""),
            ("ServiceAccount", labels[WellKnown.ServiceAccount] ?? ""),
            ("Workload", labels[WellKnown.Workload] ?? ""));
        if (!template.TryRender(data, key => labels[key], out var id, out _))
            return null;
        return !version.Behaviour.SpiffeIdsChecked || IsSpiffeId(id) ? id : null;
    }

    /// <summary>The SPIFFE grammar: a trust domain of lower case letters, digits, '.', '-', '_'; path segments neither empty nor dots (github.com/spiffe/go-spiffe spiffeid.FromString).</summary>
    private static bool IsSpiffeId(string id)
    {
        const string scheme = "spiffe://";
        if (!id.StartsWith(scheme, StringComparison.Ordinal))
            return false;
        var rest = id.AsSpan(scheme.Length);
        var slash = rest.IndexOf('/');
        var domain = slash < 0 ? rest : rest[..slash];
        if (domain.IsEmpty)
            return false;
        foreach (var c in domain)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-' or '_'))
                return false;
        }

        if (slash < 0)
            return true;
        var path = rest[(slash + 1)..];
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            if (segment is "" or "." or "..")
                return false;
            foreach (var c in segment)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
                    return false;
            }
        }

        return true;
    }

    private sealed record Entry(
        ResourceInstance Resource, IdentityState State, LabelSet? Selector, bool IsSpire, bool CreatesTrust, GoTemplate? TrustDomain, GoTemplate? Path)
    {
        public int LabelCount => Selector?.Count ?? 0;

        /// <summary>No selector selects nothing, an empty one everything.</summary>
        public bool Selects(Dataplane dataplane) => Selector is not null && dataplane.Labels.Matches(Selector);
    }
}
