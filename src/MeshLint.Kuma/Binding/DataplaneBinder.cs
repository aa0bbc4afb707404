using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Binds what a Dataplane refers to: <c>outbound[]</c>, <c>reachableBackends.refs[]</c>, <c>reachableServices[]</c>
/// (docs/kuma/references.md#dataplane-outbounds, docs/kuma/references.md#reachable-backends).
/// </summary>
internal static class DataplaneBinder
{
    private const string Outbound = "networking.outbound";
    private const string Proxying = "networking.transparentProxying";

    public static void Bind(ReferenceCollector collector, Dataplane dataplane)
    {
        var from = Referrer.Of(dataplane.Mesh, dataplane.Labels);
        var sites = new List<ReferenceSite>(dataplane.Outbounds.Length);
        for (var i = 0; i < dataplane.Outbounds.Length; i++)
        {
            var outbound = dataplane.Outbounds[i];
            sites.Add(outbound.Backend is { } backend
                ? new ReferenceSite(backend.Node, BackendRef.Read(backend.Node), $"{Outbound}[{i}].backendRef")
                : new ReferenceSite(outbound.Node, TargetRef.None, $"{Outbound}[{i}]"));
        }

        if (sites.Count > 0)
            collector.AddGroup(ReferenceEdge.Outbound, sites, o => BindOutbounds(o.Scope, from, dataplane));

        if (dataplane.ReachableBackends is { } refs)
        {
            for (var i = 0; i < refs.Length; i++)
            {
                var backend = refs[i];
                collector.Add(
                    ReferenceEdge.ReachableBackend, BackendRef.Read(backend.Node), $"{Proxying}.reachableBackends.refs[{i}]",
                    o => ReachableBackend.Bind(o.Scope, from, backend));
            }
        }

        var declared = dataplane.Declared?.Dataplane.ReachableServices ?? default;
        var services = declared.Items.Where(static s => s.IsString).ToList();
        for (var i = 0; i < dataplane.ReachableServices.Length; i++)
        {
            var service = dataplane.ReachableServices[i];
            collector.Add(ReferenceEdge.ReachableService, i < services.Count ? services[i] : default, $"{Proxying}.reachableServices[{i}]", o => BindReachableService(o.Scope, dataplane.Mesh, service));
        }
    }

    private static ReferenceOutcome[] BindOutbounds(BindingScope scope, Referrer from, Dataplane dataplane)
    {
        var outcomes = new ReferenceOutcome[dataplane.Outbounds.Length];
        var listeners = new HashSet<string>(StringComparer.Ordinal);
        for (var i = outcomes.Length - 1; i >= 0; i--)
        {
            var outbound = dataplane.Outbounds[i];
            var outcome = outbound.Backend is { } backend ? BindOutbound(scope, from, dataplane, backend)
                : outbound.Tags.Count > 0 ? BindLegacyOutbound(scope, dataplane, outbound.Tags)
                : Outcomes.Unresolved(scope, ReferenceReason.NamesNothing, "the outbound names nothing", ReferenceEffect.NoListener);
            if (!dataplane.IsTransparent && outcome.Effect != ReferenceEffect.NoListener && outcome.Status != ReferenceStatus.Ignored && !listeners.Add(ListenerOf(scope, dataplane, outbound, outcome)))
                outcome = (outcome with { Reason = ReferenceReason.Overridden, Text = "a later outbound takes the listener of the same name" }).With(ReferenceEffect.NoListener);
            outcomes[i] = outcome;
        }

        return outcomes;
    }

    /// <summary>Listeners bear the address and port, or the KRI of the destination's port where destinations have KRI names; of one name the last stays.</summary>
    private static string ListenerOf(BindingScope scope, Dataplane dataplane, DataplaneOutbound outbound, ReferenceOutcome outcome)
    {
        var isNamedByKri = scope.Version.Behaviour.NamesOutboundsByKri(scope.ModeOf(dataplane.Mesh) == MeshServicesMode.Exclusive);
        return isNamedByKri && outcome.Targets is [{ Destination: { } destination }, ..]
            ? destination.Destination.KriOf(outbound.Backend?.Port is { } port ? BindingScope.Number(port) : "")
            : $"{outbound.Address}:{BindingScope.Number(outbound.Port)}";
    }

    /// <summary>Without transparent proxying an outbound is a listener; with it, from 2.12 on, a filter like reachableBackends, and before nothing.</summary>
    private static ReferenceOutcome BindOutbound(BindingScope scope, Referrer from, Dataplane dataplane, DataplaneRef backend)
    {
        if (dataplane.IsTransparent)
        {
            return scope.Version.Behaviour.OutboundsNarrowReach
                ? ReachableBackend.Bind(scope, from, backend)
                : Outcomes.Ignored(scope, ReferenceReason.Overridden, "a proxy with transparent proxying does not listen on its outbounds");
        }

        if (Query(scope, from, backend, isOutbound: true, out var section) is not { } query)
            return Outcomes.Unresolved(scope, ReferenceReason.NotReadByVersion, $"'{backend.Kind}' is no kind of destination", ReferenceEffect.NoListener);
        var match = DestinationResolver.FindIndexed(scope, from, query);
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
            return WithProtocol(scope, taken, port, Outcomes.Resolved(scope, targets));
        targets = targets.AddRange(match.Found.Skip(1).Select(i => scope.TargetOf(i, BackendResolver.FindPort(i.Destination, section, scope.Version, out _))));
        return WithProtocol(scope, taken, port, Outcomes.Ambiguous(scope, $"{match.Found.Length} {taken.Destination.KindName}s have the labels", ReferenceEffect.OldestTaken, targets));
    }

    /// <summary>
    /// HTTP in another case gives no listener, what routes do not know one that closes connections (docs/kuma/dataplanes.md#protocols).
    /// </summary>
    private static ReferenceOutcome WithProtocol(BindingScope scope, DestinationInstance taken, MeshServicePort port, ReferenceOutcome outcome)
    {
        var isHttp = port.AppProtocol.ToLowerInvariant() is "http" or "http2" or "grpc";
        if (BackendResolver.IsUsable(BackendResolver.ProtocolOf(taken, port, scope.Version), isHttp, scope.Version)
            || (taken.Kind == DestinationKind.MeshExternalService && !isHttp))
            return outcome;
        var text = $"port '{taken.Destination.SectionName(port, scope.Version)}' of {taken.Destination.KindName} '{taken.Destination.DisplayName}' has the protocol '{port.AppProtocol}', which proxies do not know";
        return (outcome with { Reason = ReferenceReason.ProtocolUnusable, Text = text }).With(isHttp ? ReferenceEffect.NoListener : ReferenceEffect.ConnectionsClosed);
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
        var isByName = scope.Version.Behaviour.TargetsByName;
        if (isByName || backend.Labels.Count > 0 || name.Length == 0)
            return new DestinationQuery(kind, isByName ? name : "", ns, backend.Labels);
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
        if (!scope.Version.Behaviour.LegacyOutbounds)
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
        if (!scope.Version.Behaviour.ReachableServices)
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
