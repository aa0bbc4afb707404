using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Resolves the top-level targetRef: which proxies of one zone a policy applies to (docs/kuma/references.md#top-level-targets; kuma:
/// pkg/plugins/policies/core/matchers/dataplane.go).
/// </summary>
internal static class ProxyTargets
{
    /// <summary>Binds a <c>spec.targetRef</c>; a missing one means the mesh.</summary>
    public static ReferenceOutcome Bind(Occurrence occurrence, TargetRef target)
    {
        var (scope, from) = occurrence;
        var kind = target.Node.IsMapping ? target.Kind : "Mesh";
        var reach = PolicyReach.Of(from.Labels);
        var behaviour = scope.Version.Behaviour;
        switch (kind)
        {
            case "Mesh":
                return OfWholeMesh(scope, from, reach, behaviour.TagSubsets ? TypesOf(target) : "");
            case "Dataplane" when behaviour.TopLevelDataplane:
                return OfDataplane(scope, from, target, reach);
            case "MeshSubset" or "MeshService" or "MeshServiceSubset" when behaviour.TagSubsets:
                return OfTags(scope, from, kind, target, reach);
            case "MeshGateway" when behaviour.BuiltinGateways:
                return OfGateway(scope, from, target);
            case "MeshHTTPRoute":
                return OfRoute(scope, from, target);
            default:
                return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, $"{scope.Version.Text()} has no top-level kind '{kind}'");
        }
    }

    /// <summary>The mesh of the referrer, where nothing narrows it down.</summary>
    public static ReferenceOutcome OfMesh(BindingScope scope, string mesh, ReferenceEffect effect) =>
        scope.MeshOutcome(mesh)
            ?? Outcomes.Unresolved(scope, ReferenceReason.NoSuchMesh, $"the mesh '{mesh}' does not exist", effect, scope.Candidates.ForMesh(mesh));

    private static string TypesOf(TargetRef target) => string.Join(',', target.ProxyTypes);

    private static ReferenceOutcome OfWholeMesh(BindingScope scope, Referrer from, PolicyReach reach, string types)
    {
        var whole = OfMesh(scope, from.Mesh, ReferenceEffect.PolicySelectsNothing);
        if (whole.Status != ReferenceStatus.Resolved)
            return whole;
        var (any, reached) = scope.Selections.OfMesh(from.Mesh, types, reach);
        if (!any)
            return whole with { Reason = ReferenceReason.NoDataplanes, Text = $"{PlaceOf(scope)} has no Dataplane of the mesh '{from.Mesh}'" };
        return reached ? whole : Outcomes.Unresolved(scope, ReferenceReason.OutOfReach, Beyond(scope, from, reach, types), ReferenceEffect.PolicySelectsNothing);
    }

    private static ReferenceOutcome OfDataplane(BindingScope scope, Referrer from, TargetRef target, PolicyReach reach)
    {
        var isByName = scope.Version.Behaviour.TargetsByName;
        var name = isByName ? target.Name : "";
        var ns = isByName ? target.Namespace : "";
        var hasLabels = target.LabelsNode.IsMapping;
        var labels = target.Labels;
        var section = target.SectionName;
        if (name.Length == 0 && ns.Length > 0 && !hasLabels)
        {
            return Outcomes.Unresolved(
                scope, ReferenceReason.NamespaceOnly, $"a Dataplane by namespace '{ns}' alone selects none, labels {DestinationResolver.Show(LabelSet.Empty.With(WellKnown.Namespace, ns))} would",
                ReferenceEffect.PolicySelectsNothing);
        }

        var byName = name.Length > 0 && !(hasLabels && labels.Count == 0);
        var wantedNamespace = ns.Length > 0 ? ns : from.Namespace;
        var selection = byName
            ? scope.Selections.ByName(from.Mesh, from.Zone, wantedNamespace, name, section, reach)
            : scope.Selections.ByLabels(from.Mesh, labels, section, reach);
        if (selection.Targets.Length == selection.Reached && !selection.Targets.IsEmpty)
            return Outcomes.Resolved(scope, !byName && labels.Count == 0 && section.Length == 0 && scope.MeshTarget(from.Mesh) is { } mesh ? [mesh] : selection.Targets);
        if (!selection.Targets.IsEmpty)
        {
            return Outcomes.Partial(
                scope, ReferenceReason.NoSuchSection, $"{selection.Reached - selection.Targets.Length} of {selection.Reached} Dataplanes selected have no inbound '{section}'",
                ReferenceEffect.PolicySelectsSome, selection.Targets);
        }

        if (scope.View.DataplanesOf(from.Mesh).IsEmpty)
            return Outcomes.Unresolved(scope, ReferenceReason.NoDataplanes, $"{PlaceOf(scope)} has no Dataplane of the mesh '{from.Mesh}'", ReferenceEffect.PolicySelectsNothing);
        if (selection.Matched == 0)
        {
            return byName
                ? Outcomes.Unresolved(
                    scope, ReferenceReason.NoSuchName, $"no Dataplane {DestinationResolver.Where(from.Zone, wantedNamespace)} has the name '{name}'", ReferenceEffect.PolicySelectsNothing,
                    scope.Candidates.ForDataplaneName(scope, from, name, wantedNamespace))
                : Outcomes.Unresolved(
                    scope, ReferenceReason.NoLabelMatch,
                    labels.Count == 0 ? $"no Dataplane of the mesh '{from.Mesh}' has an inbound" : $"no Dataplane of the mesh '{from.Mesh}' has the labels {DestinationResolver.Show(labels)}",
                    ReferenceEffect.PolicySelectsNothing, scope.Candidates.ForDataplaneLabels(scope, from.Mesh, labels));
        }

        if (selection.Reached == 0)
            return Outcomes.Unresolved(scope, ReferenceReason.OutOfReach, Beyond(scope, from, reach, ""), ReferenceEffect.PolicySelectsNothing);
        return Outcomes.Unresolved(
            scope, ReferenceReason.NoSuchSection, selection.Reached == 1 ? $"the Dataplane selected has no inbound '{section}'" : $"none of the {selection.Reached} Dataplanes selected has an inbound '{section}'",
            ReferenceEffect.PolicySelectsNothing, CandidateFinder.ForSection(byName ? [] : scope.Selections.WithLabels(from.Mesh, labels), section));
    }

    private static ReferenceOutcome OfTags(BindingScope scope, Referrer from, string kind, TargetRef target, PolicyReach reach)
    {
        var tags = TagTargets.TagsOf(kind, target);
        var types = kind == "MeshSubset" ? TypesOf(target) : "";
        if (tags.Count == 0)
            return OfWholeMesh(scope, from, reach, types);
        var selection = scope.Selections.ByTags(from.Mesh, tags, types, reach);
        if (!selection.Targets.IsEmpty)
            return Outcomes.Resolved(scope, selection.Targets);
        if (selection.Matched > 0)
            return Outcomes.Unresolved(scope, ReferenceReason.OutOfReach, Beyond(scope, from, reach, types), ReferenceEffect.PolicySelectsNothing);
        if (scope.View.DataplanesOf(from.Mesh).IsEmpty)
            return Outcomes.Unresolved(scope, ReferenceReason.NoDataplanes, $"{PlaceOf(scope)} has no Dataplane of the mesh '{from.Mesh}'", ReferenceEffect.PolicySelectsNothing);
        var service = tags[WellKnown.ServiceTag];
        return kind == "MeshService" && service is not null
            ? Outcomes.Unresolved(
                scope, ReferenceReason.NoSuchLegacyService, $"a top-level MeshService means the tag '{WellKnown.ServiceTag}: {service}', which no inbound has", ReferenceEffect.PolicySelectsNothing,
                scope.Candidates.ForServiceTag(from.Mesh, service))
            : Outcomes.Unresolved(
                scope, ReferenceReason.SelectsNothing, $"no inbound of the mesh '{from.Mesh}' has the tags {DestinationResolver.Show(tags)}", ReferenceEffect.PolicySelectsNothing,
                scope.Candidates.ForTags(from.Mesh, tags));
    }

    private static ReferenceOutcome OfGateway(BindingScope scope, Referrer from, TargetRef target)
    {
        const string kind = "MeshGateway";
        var name = target.Name;
        if (scope.FindByDisplayName(kind, from.Mesh, name) is not { } gateway)
        {
            return Outcomes.Unresolved(
                scope, ReferenceReason.NoSuchName, $"no {kind} of the mesh '{from.Mesh}' has the name '{name}'", ReferenceEffect.PolicySelectsNothing,
                scope.Candidates.ForResource(scope, kind, from.Mesh, name));
        }

        var tags = target.Tags;
        if (tags.Count > 0 && !HasListener(gateway, tags))
        {
            return Outcomes.Unresolved(
                scope, ReferenceReason.NoSuchSection, $"no listener of the {kind} '{name}' has the tags {DestinationResolver.Show(tags)}", ReferenceEffect.PolicySelectsNothing)
                with { Targets = [BindingScope.TargetOf(gateway)] };
        }

        return Outcomes.Resolved(scope, BindingScope.TargetOf(gateway));
    }

    /// <summary>Tags of the gateway and of a listener count together; those of the gateway's own Dataplane are taken from the selectors.</summary>
    public static bool HasListener(ResourceInstance gateway, LabelSet tags)
    {
        var common = LabelSet.From(gateway.Spec["tags"]).Concat(gateway.Spec["selectors"].Items.SelectMany(static s => LabelSet.From(s["match"]))).ToList();
        foreach (var listener in gateway.Spec["conf"]["listeners"].Items)
        {
            if (TagIndex.Matches(LabelSet.Create(common.Concat(LabelSet.From(listener["tags"]))), tags))
                return true;
        }

        return false;
    }

    private static ReferenceOutcome OfRoute(BindingScope scope, Referrer from, TargetRef target)
    {
        const string kind = "MeshHTTPRoute";
        if (!scope.Version.Behaviour.TargetsByName)
        {
            var labels = target.Labels;
            var routes = scope.View.FindResources(kind, from.Mesh, labels);
            return !routes.IsEmpty
                ? Outcomes.Resolved(scope, [.. routes.Select(BindingScope.TargetOf)])
                : Outcomes.Unresolved(
                    scope, ReferenceReason.NoLabelMatch, $"no {kind} of the mesh '{from.Mesh}' has the labels {DestinationResolver.Show(labels)}", ReferenceEffect.PolicySelectsNothing,
                    scope.Candidates.ForResource(scope, kind, from.Mesh, labels[WellKnown.DisplayName] ?? ""));
        }

        var name = target.Name;
        return scope.FindByDisplayName(kind, from.Mesh, name) is { } route
            ? Outcomes.Resolved(scope, BindingScope.TargetOf(route))
            : Outcomes.Unresolved(
                scope, ReferenceReason.NoSuchName, $"no {kind} of the mesh '{from.Mesh}' has the name '{name}'", ReferenceEffect.PolicySelectsNothing,
                scope.Candidates.ForResource(scope, kind, from.Mesh, name));
    }

    private static string PlaceOf(BindingScope scope) => scope.View.ControlPlane.IsGlobal ? "the Global control plane" : $"zone '{scope.View.ControlPlane.Zone}'";

    private static string Beyond(BindingScope scope, Referrer from, PolicyReach reach, string types)
    {
        if (reach.Namespace is { Length: 0 })
            return "the policy has a role that is bound to its namespace, and no namespace";
        if (reach.Namespace is { } ns)
            return $"the policy reaches only Dataplanes of its own namespace '{ns}', and none of those is there";
        if (reach.Zone is { } zone && zone != scope.View.ControlPlane.Zone)
            return $"the policy reaches only Dataplanes of its own zone '{zone}'";
        return types.Length > 0 ? $"no Dataplane of the mesh '{from.Mesh}' has the proxy type '{types}'" : $"no Dataplane of the mesh '{from.Mesh}' has an inbound";
    }
}
