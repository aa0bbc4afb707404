using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Binds what targetRef policies name: <c>targetRef</c>, <c>to[]</c> and <c>from[]</c> (docs/kuma/references.md#top-level-targets,
/// docs/kuma/references.md#destinations-of-policies; docs/kuma/policies.md#selection).
/// </summary>
internal static class PolicyBinder
{
    public static void Bind(ReferenceCollector collector, StoredResource policy)
    {
        var spec = policy.Policy;
        var top = spec.Target;
        collector.Add(ReferenceEdge.TargetRef, top, "targetRef", o => ProxyTargets.Bind(o, top));
        foreach (var item in spec.To)
            collector.Add(ReferenceEdge.To, item.Target, $"{item.Path}.targetRef", o => BindTo(o, item.Target, top.Kind));
        foreach (var item in spec.From)
            collector.Add(ReferenceEdge.From, item.Target, $"{item.Path}.targetRef", o => BindFrom(o, item.Target));

        MatchBinder.Bind(collector, policy);
    }

    /// <summary>Binds one <c>to[].targetRef</c>.</summary>
    public static ReferenceOutcome BindTo(Occurrence occurrence, TargetRef target, string topKind)
    {
        var (scope, from) = occurrence;
        var kind = target.Kind;
        switch (kind)
        {
            case "Mesh":
                return ProxyTargets.OfMesh(scope, from.Mesh, ReferenceEffect.ItemWithoutEffect);
            case "MeshHTTPRoute":
                return BindToRoute(scope, from, target);
            case "MeshSubset" or "MeshServiceSubset" when scope.Version.Behaviour.TagSubsets:
                return BindToTags(scope, from, kind, target);
        }

        if (DestinationQuery.ParseKind(kind) is not { } destinationKind)
            return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, $"kind '{kind}' is no destination in {scope.Version.Text()}");
        if (scope.Version.Behaviour.RoutesUnderRoutes && topKind == "MeshHTTPRoute")
            return Outcomes.Ignored(scope, ReferenceReason.Overridden, "under a top-level MeshHTTPRoute only items for the whole Mesh count");
        return BindToDestination(scope, from, destinationKind, target);
    }

    private static ReferenceOutcome BindToDestination(BindingScope scope, Referrer from, DestinationKind kind, TargetRef target)
    {
        var isByName = scope.Version.Behaviour.TargetsByName;
        var query = new DestinationQuery(
            kind, isByName ? target.Name : "", isByName ? target.Namespace : "", target.Labels);
        var section = target.SectionName;
        var match = default(DestinationMatch);
        var number = 0;
        if (isByName && kind == DestinationKind.MeshService && section.Length == 0 && query.Labels.Count == 0 && DestinationResolver.TrySplitLegacyName(query.Name, out var parts))
        {
            number = parts.Port;
            match = DestinationResolver.FindByLabels(
                scope, from.Mesh, kind, query.KindName, LabelSet.Create([new(WellKnown.DisplayName, parts.Name), new(WellKnown.Namespace, parts.Namespace)]));
        }
        else
        {
            match = DestinationResolver.Find(scope, from, query);
            if (!match.ByLabels && match.Found.Length > 1)
                match = match with { Found = [match.Found.OrderBy(static i => i.CoreName, StringComparer.Ordinal).First()] };
        }

        var legacy = scope.Version.Behaviour.LegacyServices && kind == DestinationKind.MeshService && query is { Labels.Count: 0, Name.Length: > 0 }
            ? scope.FindLegacy(from.Mesh, query.Name) : null;
        var isExclusive = scope.ModeOf(from.Mesh) == MeshServicesMode.Exclusive;
        var targets = SectionTargets(scope, match.Found, section, number);
        if (legacy is not null && !isExclusive)
        {
            targets = targets.Add(BindingScope.LegacyTarget(query.Name));
            return match.Found.IsEmpty
                ? Outcomes.Resolved(scope, targets) with { Reason = ReferenceReason.LegacyService, Text = $"'{query.Name}' is a value of kuma.io/service, no MeshService" }
                : Outcomes.Resolved(scope, targets);
        }

        if (!targets.IsEmpty)
        {
            var missing = match.Found.Length - targets.Length;
            return missing == 0
                ? Outcomes.Resolved(scope, targets)
                : Outcomes.Resolved(scope, targets) with { Text = $"{missing} of {match.Found.Length} destinations that match have no port '{section}'" };
        }

        if (!match.Found.IsEmpty)
        {
            var wanted = section.Length > 0 ? section : BindingScope.Number(number);
            var one = match.Found[0].Destination;
            var why = match.Found.Length == 1 ? $"{one.KindName} '{one.DisplayName}' has no port '{wanted}'" : $"none of the {match.Found.Length} destinations that match has a port '{wanted}'";
            return Outcomes.Unresolved(scope, ReferenceReason.NoSuchSection, why, ReferenceEffect.ItemWithoutEffect, CandidateFinder.ForPort(one, wanted, scope.Version))
                with { Targets = [.. match.Found.Take(20).Select(i => scope.TargetOf(i, null))] };
        }

        return legacy is not null
            ? Outcomes.Unresolved(
                scope, ReferenceReason.LegacyInExclusiveMode, $"'{query.Name}' is a value of kuma.io/service only, and mode Exclusive has no destinations of such names",
                ReferenceEffect.ItemWithoutEffect, DestinationResolver.Candidates(scope, from, query))
            : Outcomes.Unresolved(scope, match.Failure, match.Text, ReferenceEffect.ItemWithoutEffect, DestinationResolver.Candidates(scope, from, query));
    }

    /// <summary>The destinations with the port that the item means; those without it are left out. A MeshExternalService is kept whole.</summary>
    private static ImmutableArray<ReferenceTarget> SectionTargets(BindingScope scope, ImmutableArray<DestinationInstance> found, string section, int number)
    {
        if (found.IsDefaultOrEmpty)
            return [];
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>(found.Length);
        foreach (var instance in found)
        {
            if (section.Length == 0 && number == 0)
            {
                targets.Add(scope.TargetOf(instance, null));
                continue;
            }

            var port = number != 0 ? instance.Destination.Ports.FirstOrDefault(p => p.Port == number) : instance.Destination.FindSection(section, scope.Version);
            if (port is not null)
                targets.Add(scope.TargetOf(instance, port));
        }

        return targets.ToImmutable();
    }

    private static ReferenceOutcome BindToRoute(BindingScope scope, Referrer from, TargetRef target)
    {
        const string kind = "MeshHTTPRoute";
        var labels = target.Labels;
        var name = scope.Version.Behaviour.TargetsByName ? target.Name : "";
        var ns = target.Namespace is { Length: > 0 } own ? own : from.Namespace;
        var routes = labels.Count > 0 ? scope.View.FindResources(kind, from.Mesh, labels)
            : name.Length > 0 ? scope.View.FindResources(kind, from.Mesh, from.Zone, ns, name) : [];
        if (!routes.IsEmpty)
            return Outcomes.Resolved(scope, [.. routes.Select(BindingScope.TargetOf)]);
        return labels.Count > 0
            ? Outcomes.Unresolved(
                scope, ReferenceReason.NoLabelMatch, $"no {kind} of the mesh '{from.Mesh}' has the labels {DestinationResolver.Show(labels)}", ReferenceEffect.ItemWithoutEffect,
                scope.Candidates.ForResource(scope, kind, from.Mesh, labels[WellKnown.DisplayName] ?? ""))
            : Outcomes.Unresolved(
                scope, name.Length > 0 ? ReferenceReason.NoSuchName : ReferenceReason.NamesNothing, $"no {kind} {DestinationResolver.Where(from.Zone, ns)} has the name '{name}'",
                ReferenceEffect.ItemWithoutEffect, scope.Candidates.ForResource(scope, kind, from.Mesh, name));
    }

    /// <summary>2.x: items that select <c>kuma.io/service</c> destinations by tags.</summary>
    private static ReferenceOutcome BindToTags(BindingScope scope, Referrer from, string kind, TargetRef target)
    {
        if (scope.ModeOf(from.Mesh) == MeshServicesMode.Exclusive)
            return Outcomes.Unresolved(scope, ReferenceReason.LegacyInExclusiveMode, $"kind {kind} selects kuma.io/service destinations, and mode Exclusive has none", ReferenceEffect.ItemWithoutEffect);
        return TagTargets.Bind(scope, from.Mesh, TagTargets.TagsOf(kind, target), ReferenceEffect.ItemWithoutEffect);
    }

    /// <summary>2.x: which clients an item of <c>from</c> means. Clients come from every zone.</summary>
    private static ReferenceOutcome BindFrom(Occurrence occurrence, TargetRef target)
    {
        var (scope, from) = occurrence;
        if (!scope.Version.Behaviour.FromArrays)
            return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, "3.0 drops 'from'");
        var kind = target.Kind;
        return kind == "Mesh"
            ? ProxyTargets.OfMesh(scope, from.Mesh, ReferenceEffect.NeverMatches)
            : TagTargets.Bind(scope, from.Mesh, TagTargets.TagsOf(kind, target), ReferenceEffect.NeverMatches);
    }
}
