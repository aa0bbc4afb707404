using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>A reference to a destination as written; which of the fields count depends on the version and the place.</summary>
internal sealed record DestinationQuery(DestinationKind Kind, string Name, string Namespace, LabelSet Labels)
{
    public string KindName => Kind switch
    {
        DestinationKind.MeshService => "MeshService",
        DestinationKind.MeshMultiZoneService => "MeshMultiZoneService",
        _ => "MeshExternalService",
    };

    public static DestinationKind? ParseKind(string kind) => kind switch
    {
        "MeshService" => DestinationKind.MeshService,
        "MeshMultiZoneService" => DestinationKind.MeshMultiZoneService,
        "MeshExternalService" => DestinationKind.MeshExternalService,
        _ => null,
    };
}

/// <summary>What a reference to destinations finds in one control plane.</summary>
/// <param name="Found">All that match, in creation order.</param>
/// <param name="ByLabels">It is looked up by labels, not by name.</param>
/// <param name="Failure">Why nothing is found; <see cref="ReferenceReason.None"/> where something is.</param>
/// <param name="Text">The same in words, "" where something is found.</param>
internal readonly record struct DestinationMatch(ImmutableArray<DestinationInstance> Found, bool ByLabels, ReferenceReason Failure, string Text);

/// <summary>
/// Finds destinations by name or labels (docs/kuma/references.md#overview, docs/kuma/references.md#backend-references; kuma:
/// pkg/plugins/policies/core/rules/resolve/backendref.go, pkg/xds/context/destination_index.go).
/// </summary>
internal static class DestinationResolver
{
    /// <summary>By labels where there are any, else by the KRI that the name makes together with the referrer's zone and namespace (2.x).</summary>
    public static DestinationMatch Find(BindingScope scope, Referrer from, DestinationQuery query)
    {
        if (query.Labels.Count > 0)
            return FindByLabels(scope, from.Mesh, query.Kind, query.KindName, query.Labels);
        if (query.Name.Length == 0)
            return new DestinationMatch([], false, ReferenceReason.NamesNothing, $"the reference names no {query.KindName}, neither by name nor by labels");
        var ns = query.Namespace.Length > 0 ? query.Namespace : from.Namespace;
        var found = scope.View.FindDestinations(query.Kind, from.Mesh, from.Zone, ns, query.Name);
        return found.IsEmpty
            ? new DestinationMatch([], false, ReferenceReason.NoSuchName, $"no {query.KindName} {Where(from.Zone, ns)} has the name '{query.Name}'")
            : new DestinationMatch(found, false, ReferenceReason.None, "");
    }

    /// <summary>
    /// As <see cref="Find"/>, through the index that backendRefs, outbounds and reachableBackends use: it holds one destination for each
    /// KRI, the last by name (kuma: pkg/xds/context/destination_index.go).
    /// </summary>
    public static DestinationMatch FindIndexed(BindingScope scope, Referrer from, DestinationQuery query)
    {
        var match = Find(scope, from, query);
        ImmutableArray<DestinationInstance>.Builder? indexed = null;
        HashSet<DestinationInstance>? seen = null;
        for (var i = 0; i < match.Found.Length; i++)
        {
            var instance = match.Found[i];
            var holder = HolderOf(scope, instance);
            if (indexed is null && !ReferenceEquals(holder, instance))
            {
                indexed = ImmutableArray.CreateBuilder<DestinationInstance>(match.Found.Length);
                indexed.AddRange(match.Found, i);
                seen = [.. indexed];
            }

            if (indexed is not null && seen is not null && seen.Add(holder))
                indexed.Add(holder);
        }

        return indexed is null ? match : match with { Found = indexed.ToImmutable() };
    }

    /// <summary>The destination that stands in the index under the KRI of another (mostly itself).</summary>
    private static DestinationInstance HolderOf(BindingScope scope, DestinationInstance instance)
    {
        var same = scope.View.FindDestinations(
            instance.Kind, instance.Mesh, instance.Labels[WellKnown.Zone] ?? "", instance.Labels[WellKnown.Namespace] ?? "", instance.DisplayName);
        var holder = instance;
        foreach (var other in same)
        {
            if (string.CompareOrdinal(other.CoreName, holder.CoreName) > 0)
                holder = other;
        }

        return holder;
    }

    /// <summary>Every destination of the kind in the mesh with all the labels.</summary>
    public static DestinationMatch FindByLabels(BindingScope scope, string mesh, DestinationKind kind, string kindName, LabelSet labels)
    {
        var found = scope.View.FindDestinations(kind, mesh, labels);
        return found.IsEmpty
            ? new DestinationMatch([], true, ReferenceReason.NoLabelMatch, $"no {kindName} of the mesh '{mesh}' has the labels {Show(labels)}")
            : new DestinationMatch(found, true, ReferenceReason.None, "");
    }

    /// <summary>What may have been meant, where <see cref="Find"/> finds nothing.</summary>
    public static ImmutableArray<ReferenceCandidate> Candidates(BindingScope scope, Referrer from, DestinationQuery query) =>
        query.Labels.Count > 0
            ? scope.Candidates.ForLabels(scope, query.Kind, from.Mesh, query.Labels)
            : scope.Candidates.ForName(scope, query.Kind, from, query.Name, query.Namespace.Length > 0 ? query.Namespace : from.Namespace);

    /// <summary>3.0: a backendRef by display name alone means the referrer's own namespace (kuma 3.0: api/common/v1alpha1/targetref.go, realResourceSelector).</summary>
    public static LabelSet WithNamespace(LabelSet labels, string ns) =>
        ns.Length > 0 && labels[WellKnown.DisplayName] is { Length: > 0 } && string.IsNullOrEmpty(labels[WellKnown.Namespace]) ? labels.With(WellKnown.Namespace, ns) : labels;

    /// <summary>Splits the legacy name <c>name_namespace_svc[_port]</c> as 2.x does in <c>to[]</c>: three or four parts, whatever the third says (kuma: resolve/targetref.go, parseService).</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="parts">Display name, namespace and port; the port is 0 where there is none.</param>
    public static bool TrySplitLegacyName(string name, out (string Name, string Namespace, int Port) parts)
    {
        parts = default;
        var segments = name.Split('_');
        var port = 0;
        if (segments.Length is not (3 or 4) || (segments.Length == 4 && !int.TryParse(segments[3], out port)))
            return false;
        parts = (segments[0], segments[1], port);
        return true;
    }

    public static string Show(LabelSet labels) => string.Join(", ", labels.Select(static p => $"'{p.Key}: {p.Value}'"));

    /// <summary>The place that a name is looked for in.</summary>
    public static string Where(string zone, string ns) => (zone.Length > 0, ns.Length > 0) switch
    {
        (true, true) => $"of zone '{zone}' and namespace '{ns}'",
        (true, false) => $"of zone '{zone}' without namespace",
        (false, true) => $"of namespace '{ns}' without zone",
        _ => "without zone and namespace",
    };
}
