using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Resolves <c>reachableBackends.refs[]</c> (docs/kuma/references.md#reachable-backends; kuma 2.9 – 2.11: pkg/xds/context/context.go,
/// later: pkg/xds/context/destination_index.go).
/// </summary>
internal static class ReachableBackend
{
    public static ReferenceOutcome Bind(BindingScope scope, Referrer from, DataplaneRef backend)
    {
        if (DataplaneBinder.Query(scope, from, backend, isOutbound: false, out var section) is not { } query)
            return Outcomes.Unresolved(scope, ReferenceReason.NotReadByVersion, $"'{backend.Kind}' is no kind of destination", ReferenceEffect.Unreachable);
        var match = DestinationResolver.FindIndexed(scope, from, query);
        if (match.Found.IsEmpty)
            return Outcomes.Unresolved(scope, match.Failure, match.Text, ReferenceEffect.Unreachable, DestinationResolver.Candidates(scope, from, query));
        var found = match.Found;
        return scope.Version.Behaviour.ReachableBackendsBySection ? BindWalk(scope, found, section) : BindEarly(scope, query.Kind, found, backend.Port);
    }

    /// <summary>2.9 – 2.11: every match, with that port number where one is given.</summary>
    private static ReferenceOutcome BindEarly(BindingScope scope, DestinationKind kind, ImmutableArray<DestinationInstance> found, int? number)
    {
        if (number is not { } wanted || kind == DestinationKind.MeshExternalService)
            return Outcomes.Resolved(scope, Whole(scope, found));
        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>(found.Length);
        foreach (var instance in found)
        {
            if (instance.Destination.Ports.FirstOrDefault(p => p.Port == wanted) is { } port)
                targets.Add(scope.TargetOf(instance, port));
        }

        if (targets.Count == found.Length)
            return Outcomes.Resolved(scope, targets.MoveToImmutable());
        var text = $"{found.Length - targets.Count} of {found.Length} destinations have no port {wanted}";
        if (targets.Count > 0)
            return Outcomes.Partial(scope, ReferenceReason.NoSuchPort, text, ReferenceEffect.PartAddsNothing, targets.ToImmutable());
        var one = found[0].Destination;
        return Outcomes.Unresolved(
            scope, ReferenceReason.NoSuchPort, found.Length == 1 ? $"{one.KindName} '{one.DisplayName}' has no port {wanted}" : text, ReferenceEffect.Unreachable,
            CandidateFinder.ForPort(one, BindingScope.Number(wanted), scope.Version)) with { Targets = Whole(scope, found) };
    }

    /// <summary>
    /// From 2.12 on the matches are walked in no defined order up to the first that has the port ("" = an unnamed one); those before it
    /// add all their ports.
    /// </summary>
    private static ReferenceOutcome BindWalk(BindingScope scope, ImmutableArray<DestinationInstance> found, string section)
    {
        var holders = found.Count(i => i.Destination.FindPort(section) is not null);
        if (found.Length > 1 && holders > 0)
        {
            ImmutableArray<ReferenceTarget> mixed = [.. found.OrderBy(i => i.Destination.FindPort(section) is null).Select(i => scope.TargetOf(i, PortOf(i.Destination, section)))];
            var several = $"{found.Length} {found[0].Destination.KindName}s match, and the search ends at the first that has " + (section.Length > 0 ? $"port {section}" : "an unnamed port");
            return Outcomes.Ambiguous(scope, several, ReferenceEffect.SomeTaken, mixed);
        }

        if (holders == 0)
        {
            if (section.Length == 0)
                return Outcomes.Resolved(scope, Whole(scope, found));
            var one = found[0].Destination;
            var text = found.Length == 1 ? $"{one.KindName} '{one.DisplayName}' has no port {section}" : $"none of the {found.Length} {one.KindName}s that match has a port {section}";
            return Outcomes.Partial(
                scope, ReferenceReason.NoSuchPort, text, ReferenceEffect.AllPortsReachable, Whole(scope, found), CandidateFinder.ForPort(one, section, scope.Version));
        }

        var destination = found[0].Destination;
        var target = scope.TargetOf(found[0], PortOf(destination, section));
        if (section.Length == 0 && destination.Kind != DestinationKind.MeshExternalService && destination.Ports.Length > 1)
        {
            return Outcomes.Partial(
                scope, ReferenceReason.OnlyUnnamedPort, $"no port is given, and {destination.KindName} '{destination.DisplayName}' has an unnamed port beside others",
                ReferenceEffect.OnePortReachable, [target]);
        }

        return Outcomes.Resolved(scope, target);
    }

    private static MeshServicePort? PortOf(Destination destination, string section) =>
        destination.Kind == DestinationKind.MeshExternalService ? null : destination.FindPort(section);

    private static ImmutableArray<ReferenceTarget> Whole(BindingScope scope, ImmutableArray<DestinationInstance> found) => [.. found.Select(i => scope.TargetOf(i, null))];
}
