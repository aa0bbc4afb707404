using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>Resolves selections by tags, which may meet proxies of every zone of the deployment (2.x).</summary>
internal static class TagTargets
{
    /// <summary>The tags that a targetRef of a tag kind stands for.</summary>
    public static LabelSet TagsOf(string kind, TargetRef target)
    {
        var tags = kind == "MeshService" ? LabelSet.Empty : target.Tags;
        return kind is "MeshService" or "MeshServiceSubset" ? tags.With(WellKnown.ServiceTag, target.Name) : tags;
    }

    /// <summary>Everything of the mesh that has the tags: one <c>kuma.io/service</c> value, or the Dataplanes and ExternalServices.</summary>
    /// <param name="scope">The control plane.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="tags">The tags; none, or nothing but the service <c>*</c>, means all.</param>
    /// <param name="effect">What follows where nothing has them.</param>
    /// <param name="localOnly">Only proxies of this control plane's zone count.</param>
    public static ReferenceOutcome Bind(BindingScope scope, string mesh, LabelSet tags, ReferenceEffect effect, bool localOnly = false)
    {
        var service = tags[WellKnown.ServiceTag];
        if (tags.Count == 0 || (tags.Count == 1 && service == TagIndex.AnyValue))
            return ProxyTargets.OfMesh(scope, mesh, effect);
        if (tags.Count == 1 && service is not null)
        {
            if ((localOnly ? scope.View.LegacyServices.GetValueOrDefault((mesh, service)) : scope.FindLegacy(mesh, service)) is not null)
                return Outcomes.Resolved(scope, BindingScope.LegacyTarget(service));
            return Outcomes.Unresolved(
                scope, ReferenceReason.NoSuchLegacyService, $"no Dataplane or ExternalService of the mesh '{mesh}' has the tag '{WellKnown.ServiceTag}: {service}'", effect,
                scope.Candidates.ForServiceTag(mesh, service));
        }

        var targets = Find(scope, mesh, tags, localOnly);
        if (!targets.IsEmpty)
            return Outcomes.Resolved(scope, targets);
        return Outcomes.Unresolved(
            scope, HasDataplanes(scope, mesh, localOnly) ? ReferenceReason.SelectsNothing : ReferenceReason.NoDataplanes,
            $"no inbound, gateway or ExternalService of the mesh '{mesh}' has the tags {DestinationResolver.Show(tags)}", effect, scope.Candidates.ForTags(mesh, tags));
    }

    private static ImmutableArray<ReferenceTarget> Find(BindingScope scope, string mesh, LabelSet tags, bool localOnly)
    {
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>();
        foreach (var peer in localOnly ? [scope] : scope.Peers)
        {
            foreach (var target in peer.Selections.ByTags(mesh, tags, "", default).Targets)
                targets.Add(target);
        }

        foreach (var external in scope.View.ResourcesOf("ExternalService", mesh))
        {
            if (TagIndex.Matches(LabelSet.From(external.Spec["tags"]), tags))
                targets.Add(BindingScope.TargetOf(external));
        }

        return targets.ToImmutable();
    }

    private static bool HasDataplanes(BindingScope scope, string mesh, bool localOnly) =>
        localOnly ? !scope.View.DataplanesOf(mesh).IsEmpty : scope.Peers.Any(p => !p.View.DataplanesOf(mesh).IsEmpty);
}
