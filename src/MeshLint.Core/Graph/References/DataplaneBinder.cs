using MeshLint.Core.Documents;
using MeshLint.Core.Resources;

namespace MeshLint.Core.Graph.References;

/// <summary>Binds what a Dataplane refers to: <c>outbound[]</c>, <c>reachableBackends.refs[]</c>, <c>reachableServices[]</c> (mesh-graph.md §5.5, §5.6).</summary>
internal static class DataplaneBinder
{
    private const string Outbound = "networking.outbound";
    private const string Proxying = "networking.transparentProxying";

    public static void Bind(ReferenceCollector collector, Dataplane dataplane)
    {
        var from = Referrer.Of(dataplane.Mesh, dataplane.Labels);
        for (var i = 0; i < dataplane.Outbounds.Length; i++)
        {
            var outbound = dataplane.Outbounds[i];
            if (outbound.Backend is { } backend)
                collector.Add(ReferenceEdge.Outbound, backend.Node, $"{Outbound}[{i}].backendRef", o => BindOutbound(o.Scope, from, dataplane, backend));
            else if (outbound.Tags.Count > 0)
                collector.Add(ReferenceEdge.Outbound, outbound.Node, $"{Outbound}[{i}]", o => BindLegacyOutbound(o.Scope, dataplane, outbound.Tags));
        }

        if (dataplane.ReachableBackends is { } refs)
        {
            for (var i = 0; i < refs.Length; i++)
            {
                var backend = refs[i];
                collector.Add(ReferenceEdge.ReachableBackend, backend.Node, $"{Proxying}.reachableBackends.refs[{i}]", o => ReachableBackend.Bind(o.Scope, from, backend));
            }
        }

        var declared = dataplane.Declared?.Spec["networking"]["transparentProxying"]["reachableServices"] ?? default;
        var services = declared.Items.Where(static s => s.IsString).ToList();
        for (var i = 0; i < dataplane.ReachableServices.Length; i++)
        {
            var service = dataplane.ReachableServices[i];
            collector.Add(ReferenceEdge.ReachableService, i < services.Count ? services[i] : default, $"{Proxying}.reachableServices[{i}]", o => BindReachableService(o.Scope, dataplane.Mesh, service));
        }
    }

    /// <summary>Without transparent proxying an outbound is a listener; with it, from 2.12 on, a filter like reachableBackends, and before nothing.</summary>
    private static ReferenceOutcome BindOutbound(BindingScope scope, Referrer from, Dataplane dataplane, DataplaneRef backend)
    {
        if (dataplane.IsTransparent)
        {
            return scope.Version >= KumaVersion.V2_12
                ? ReachableBackend.Bind(scope, from, backend)
                : Outcomes.Ignored(scope, ReferenceReason.Overridden, "a proxy with transparent proxying does not listen on its outbounds");
        }

        if (Query(scope, from, backend, isOutbound: true, out var section) is not { } query)
            return Outcomes.Unresolved(scope, ReferenceReason.NotReadByVersion, $"'{backend.Kind}' is no kind of destination", ReferenceEffect.NoListener);
        var match = DestinationResolver.Find(scope, from, query);
        if (match.Found.IsEmpty)
            return Outcomes.Unresolved(scope, match.Failure, match.Text, ReferenceEffect.NoListener, DestinationResolver.Candidates(scope, from, query));
        var taken = match.Found[0];
        var several = match.ByLabels && match.Found.Skip(1).Any(i => i.Destination.Kri != taken.Destination.Kri);
        if (BackendResolver.FindPort(taken.Destination, section, scope.Version, out var reason) is not { } port)
        {
            var name = $"{taken.Destination.KindName} '{taken.Destination.DisplayName}'";
            var text = reason == ReferenceReason.PortRequired ? $"no port is named, and {name} has {taken.Destination.Ports.Length} ports" : $"{name} has no port '{section}'";
            return Outcomes.Unresolved(scope, reason, text, ReferenceEffect.NoListener, CandidateFinder.ForPort(taken.Destination, section, scope.Version))
                with { Targets = [scope.TargetOf(taken, null)], DependsOnOrder = several };
        }

        ImmutableArray<ReferenceTarget> targets = [scope.TargetOf(taken, port)];
        if (!several)
            return Outcomes.Resolved(scope, targets);
        targets = targets.AddRange(match.Found.Skip(1).Select(i => scope.TargetOf(i, BackendResolver.FindPort(i.Destination, section, scope.Version, out _))));
        return Outcomes.Ambiguous(scope, $"{match.Found.Length} {taken.Destination.KindName}s have the labels", ReferenceEffect.OldestTaken, targets);
    }

    /// <summary>The fields that count, and the port as a section name; null where the kind is no destination (kuma 3.0: pkg/xds/context/backendref_normalization.go).</summary>
    /// <param name="scope">The control plane.</param>
    /// <param name="from">The Dataplane.</param>
    /// <param name="backend">The reference.</param>
    /// <param name="isOutbound">An outbound has no namespace.</param>
    /// <param name="section">The port as text; "" where none is given.</param>
    public static DestinationQuery? Query(BindingScope scope, Referrer from, DataplaneRef backend, bool isOutbound, out string section)
    {
        section = backend.Port is > 0 and var port ? BindingScope.Number(port) : "";
        if (DestinationQuery.ParseKind(backend.Kind) is not { } kind)
            return null;
        var name = backend.Name;
        var ns = isOutbound ? "" : backend.Namespace;
        if (scope.Version.IsTwo() || backend.Labels.Count > 0 || name.Length == 0)
            return new DestinationQuery(kind, scope.Version.IsTwo() ? name : "", ns, backend.Labels);
        if (kind == DestinationKind.MeshService && ns.Length == 0 && name.Split('_') is [var first, var second, "svc", var last] && int.TryParse(last, out var number))
        {
            (name, ns) = (first, second);
            if (section.Length == 0 && number > 0)
                section = BindingScope.Number(number);
        }

        if (ns.Length == 0)
            ns = from.Namespace;
        var labels = LabelSet.Empty.With(WellKnown.DisplayName, name);
        return new DestinationQuery(kind, "", "", ns.Length > 0 ? labels.With(WellKnown.Namespace, ns) : labels);
    }

    private static ReferenceOutcome BindLegacyOutbound(BindingScope scope, Dataplane dataplane, LabelSet tags)
    {
        if (!scope.Version.IsTwo())
            return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, "3.0 has no outbounds by tags");
        if (dataplane.IsTransparent)
            return Outcomes.Ignored(scope, ReferenceReason.Overridden, "a proxy with transparent proxying does not listen on its outbounds");
        var service = tags[WellKnown.ServiceTag] ?? "";
        var part = LegacyBackend.ResolveService(
            scope, dataplane.Mesh, service, tags.Without(WellKnown.ServiceTag), 1, isHttp: false, () => scope.Candidates.ForServiceTag(dataplane.Mesh, service));
        return part.Outcome.Status == ReferenceStatus.Resolved ? part.Outcome with { Reason = ReferenceReason.None, Text = "" } : part.Outcome.With(ReferenceEffect.NoEndpoints);
    }

    private static ReferenceOutcome BindReachableService(BindingScope scope, string mesh, string service)
    {
        if (!scope.Version.IsTwo())
            return Outcomes.Ignored(scope, ReferenceReason.NotReadByVersion, "3.0 does not read reachableServices");
        if (scope.ModeOf(mesh) == MeshServicesMode.Exclusive)
            return Outcomes.Unresolved(scope, ReferenceReason.LegacyInExclusiveMode, "mode Exclusive has no outbounds of kuma.io/service values", ReferenceEffect.Unreachable);
        if (scope.FindLegacy(mesh, service) is { HasVip: true })
            return Outcomes.Resolved(scope, BindingScope.LegacyTarget(service));
        return Outcomes.Unresolved(
            scope, ReferenceReason.NoSuchLegacyService, $"no Dataplane or ExternalService of the mesh '{mesh}' has the tag '{WellKnown.ServiceTag}: {service}'", ReferenceEffect.Unreachable,
            scope.Candidates.ForServiceTag(mesh, service));
    }
}
