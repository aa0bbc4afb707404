using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using System.Globalization;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Binds selectors of services, Dataplanes and hostnames (docs/kuma/mesh-services.md#selection,
/// docs/kuma/multi-zone.md#meshmultizoneservices, docs/kuma/hostnames.md#order-and-collisions; docs/kuma/mesh-services.md#identities).
/// </summary>
internal static class SelectorBinder
{
    /// <summary>A MeshMultiZoneService: its selector, and each of its ports.</summary>
    public static void BindMultiZone(ReferenceCollector collector, Destination service)
    {
        var labels = service.MeshServiceLabels;
        collector.Add(
            ReferenceEdge.MeshServiceSelector, labels?.Node ?? default, "selector.meshService.matchLabels", o => BindServices(o.Scope, service, labels?.Labels ?? LabelSet.Empty));
        for (var i = 0; i < service.Ports.Length; i++)
        {
            var port = service.Ports[i];
            collector.Add(ReferenceEdge.MultiZonePort, port.Node, string.Create(CultureInfo.InvariantCulture, $"ports[{i}]"), o => BindPort(o.Scope, service, port));
        }
    }

    /// <summary>A MeshService: which Dataplanes of its own zone it selects.</summary>
    public static void BindMeshService(ReferenceCollector collector, Destination service)
    {
        var (node, path) = service.Selector switch
        {
            { DataplaneRef: not null } => (service.Declared?.MeshService.DataplaneRef ?? default, "selector.dataplaneRef"),
            { DataplaneTags: { } tags } => (tags.Node, "selector.dataplaneTags"),
            { DataplaneLabels: { } labels } => (labels.Node, "selector.dataplaneLabels"),
            _ => (service.Declared?.MeshService.Selector ?? default, "selector"),
        };
        collector.Add(ReferenceEdge.DataplaneSelector, node, path, o => BindDataplanes(o.Scope, service));
    }

    /// <summary>A MeshIdentity: which Dataplanes it gives an identity.</summary>
    public static void BindIdentity(ReferenceCollector collector, StoredResource identity)
    {
        var selector = identity.MeshIdentity.Selector;
        collector.Add(ReferenceEdge.DataplaneSelector, selector, "selector.dataplane", o =>
        {
            var scope = o.Scope;
            if (!selector.IsMapping)
                return Outcomes.Unresolved(scope, ReferenceReason.SelectorMissing, "a MeshIdentity without 'selector.dataplane' selects nothing", ReferenceEffect.SelectsNothing);
            return OfLabels(scope, identity.Mesh, identity.MeshIdentity.Labels);
        });
    }

    /// <summary>A HostnameGenerator: which destinations it names.</summary>
    public static void BindGenerator(ReferenceCollector collector, StoredResource generator, IReadOnlyDictionary<BindingScope, ResourceInstance> instances)
    {
        foreach (var (kind, path, node, labels) in generator.HostnameGenerator.Selectors)
        {
            collector.Add(ReferenceEdge.HostnameSelector, node, path, o =>
            {
                var targets = instances.TryGetValue(o.Scope, out var instance) ? o.Scope.NamedBy(instance) : [];
                if (!targets.IsEmpty)
                    return Outcomes.Resolved(o.Scope, targets);
                return Outcomes.Unresolved(
                    o.Scope, ReferenceReason.SelectsNothing, labels.Count == 0 ? $"there is no {kind}" : $"no {kind} has the labels {DestinationResolver.Show(labels)}",
                    ReferenceEffect.SelectsNothing);
            });
        }
    }

    private static ReferenceOutcome BindServices(BindingScope scope, Destination service, LabelSet labels)
    {
        var matched = MatchedIn(scope, service);
        ImmutableArray<ReferenceTarget> targets = [.. matched.Where(m => m.Mesh == service.Mesh).Select(m => scope.TargetOf(m, null))];
        if (!targets.IsEmpty)
            return Outcomes.Resolved(scope, targets);
        return matched.IsEmpty
            ? Outcomes.Unresolved(
                scope, ReferenceReason.SelectsNothing, $"no MeshService of the mesh '{service.Mesh}' has the labels {DestinationResolver.Show(labels)}", ReferenceEffect.NoEndpoints,
                scope.Candidates.ForLabels(scope, DestinationKind.MeshService, service.Mesh, labels))
            : Outcomes.Unresolved(
                scope, ReferenceReason.OtherMesh, $"only MeshServices of other meshes have the labels, such as '{matched[0].DisplayName}' of '{matched[0].Mesh}'", ReferenceEffect.NoEndpoints);
    }

    /// <summary>2.x compares port numbers; 3.0 looks for the section name of the port, and the number counts only where the port has no name.</summary>
    private static ReferenceOutcome BindPort(BindingScope scope, Destination service, MeshServicePort port)
    {
        var matched = MatchedIn(scope, service).Where(m => m.Mesh == service.Mesh).ToList();
        var section = service.SectionName(port, scope.Version);
        var isByNumber = scope.Version.Behaviour.MultiZonePortsByNumber;
        var wanted = isByNumber ? BindingScope.Number(port.Port) : section;
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>(matched.Count);
        Destination? lacking = null;
        foreach (var match in matched)
        {
            var found = isByNumber ? match.Destination.Ports.FirstOrDefault(p => p.Port == port.Port) : match.Destination.FindPort(section);
            if (found is not null)
                targets.Add(scope.TargetOf(match, found));
            else
                lacking ??= match.Destination;
        }

        if (matched.Count == 0)
            return Outcomes.Unresolved(scope, ReferenceReason.SelectsNothing, "the selector matches no MeshService", ReferenceEffect.NoEndpoints);
        if (lacking is null)
            return Outcomes.Resolved(scope, targets.ToImmutable());
        var candidates = CandidateFinder.ForPort(lacking, wanted, scope.Version);
        var missing = matched.Count - targets.Count;
        return targets.Count == 0
            ? Outcomes.Unresolved(
                scope, ReferenceReason.NoSuchPort,
                missing == 1 ? $"MeshService '{lacking.DisplayName}' has no port '{wanted}'" : $"none of the {missing} MeshServices that match has a port '{wanted}'",
                ReferenceEffect.NoEndpoints, candidates)
            : Outcomes.Partial(
                scope, ReferenceReason.NoSuchPort, $"{missing} of {matched.Count} MeshServices that match have no port '{wanted}', such as '{lacking.DisplayName}'",
                ReferenceEffect.PartAddsNothing, targets.ToImmutable(), candidates);
    }

    private static ImmutableArray<DestinationInstance> MatchedIn(BindingScope scope, Destination service)
    {
        foreach (var instance in service.Instances)
        {
            if (!ReferenceEquals(instance.ControlPlane, scope.View.ControlPlane))
                continue;
            scope.View.Budget.Cuts += instance.IsCut ? 1 : 0;
            return instance.MatchedServices;
        }

        return [];
    }

    private static ReferenceOutcome BindDataplanes(BindingScope scope, Destination service)
    {
        if (!service.Selected.IsEmpty)
        {
            var isAll = service.Selector is { DataplaneRef: null, DataplaneTags: null, DataplaneLabels.Labels.Count: 0 };
            return isAll && scope.MeshTarget(service.Mesh) is { } mesh
                ? Outcomes.Resolved(scope, mesh)
                : Outcomes.Resolved(scope, scope.TargetsOf(service.Selected));
        }

        if (service.Selector is { DataplaneRef: { } name })
        {
            var text = scope.View.FindDataplane(service.Mesh, name) is not null
                ? $"the Dataplane '{name}' has no inbound"
                : $"no Dataplane of the mesh '{service.Mesh}' has the name '{name}' in the store of the control plane";
            return Outcomes.Unresolved(scope, ReferenceReason.NoSuchName, text, ReferenceEffect.NoEndpoints, scope.Candidates.ForStoredDataplane(service.Mesh, name));
        }

        if (scope.View.DataplanesOf(service.Mesh).IsEmpty && service.Selector is not { DataplaneTags: null, DataplaneLabels: null })
            return Outcomes.Unresolved(scope, ReferenceReason.NoDataplanes, $"the zone has no Dataplane of the mesh '{service.Mesh}'", ReferenceEffect.NoEndpoints);
        return service.Selector switch
        {
            { DataplaneTags: { } tags } => Outcomes.Unresolved(
                scope, ReferenceReason.SelectsNothing,
                tags.Labels.Count == 0 ? "an empty dataplaneTags selects nothing" : $"no single inbound of a Dataplane of the mesh '{service.Mesh}' has the tags {DestinationResolver.Show(tags.Labels)}",
                ReferenceEffect.NoEndpoints, scope.Candidates.ForTags(service.Mesh, tags.Labels)),
            { DataplaneLabels: { } labels } when !scope.View.FindDataplanes(service.Mesh, labels.Labels).IsEmpty => Outcomes.Unresolved(
                scope, ReferenceReason.SelectsNothing, "the Dataplanes with the labels have no inbound", ReferenceEffect.NoEndpoints),
            { DataplaneLabels: { } labels } => OfLabels(scope, service.Mesh, labels.Labels).With(ReferenceEffect.NoEndpoints),
            _ => Outcomes.Unresolved(scope, ReferenceReason.SelectorMissing, "a MeshService without selector selects nothing", ReferenceEffect.NoEndpoints),
        };
    }

    private static ReferenceOutcome OfLabels(BindingScope scope, string mesh, LabelSet labels)
    {
        var found = scope.View.FindDataplanes(mesh, labels);
        if (!found.IsEmpty)
            return Outcomes.Resolved(scope, labels.Count == 0 && scope.MeshTarget(mesh) is { } target ? [target] : [.. found.Select(scope.TargetOf)]);
        return scope.View.DataplanesOf(mesh).IsEmpty
            ? Outcomes.Unresolved(scope, ReferenceReason.NoDataplanes, $"the zone has no Dataplane of the mesh '{mesh}'", ReferenceEffect.SelectsNothing)
            : Outcomes.Unresolved(
                scope, ReferenceReason.NoLabelMatch, $"no Dataplane of the mesh '{mesh}' has the labels {DestinationResolver.Show(labels)}", ReferenceEffect.SelectsNothing,
                scope.Candidates.ForDataplaneLabels(scope, mesh, labels));
    }
}
