using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>What a route makes of one backendRef.</summary>
internal enum BackendUse
{
    /// <summary>Traffic is sent there.</summary>
    Works,

    /// <summary>It gives no split.</summary>
    Dropped,

    /// <summary>It counts as not written (labels that find nothing).</summary>
    TakenOut,

    /// <summary>The configuration of the whole proxy fails.</summary>
    Fatal,
}

/// <summary>One backendRef in one control plane, its siblings aside.</summary>
internal readonly record struct BackendPart(ReferenceOutcome Outcome, BackendUse Use, long Weight);

/// <summary>
/// Resolves one backendRef (docs/kuma/references.md#backend-references; kuma: resolve/backendref.go,
/// pkg/plugins/policies/core/xds/meshroute/listeners.go).
/// </summary>
internal static class BackendResolver
{
    public static BackendPart Resolve(BindingScope scope, Referrer from, BackendRef backend, bool isHttp)
    {
        var kind = DestinationQuery.ParseKind(backend.Kind);
        var weight = backend.Weight;
        if (scope.Version.Behaviour.LegacyServices && (kind is null || (kind == DestinationKind.MeshService && !IsReal(backend, scope.Version))))
            return LegacyBackend.Resolve(scope, from, backend, isHttp);
        if (kind is not { } known)
        {
            return new BackendPart(
                Outcomes.Unresolved(scope, ReferenceReason.NotReadByVersion, $"3.0 has no backendRef kind '{backend.Kind}'", ReferenceEffect.None), BackendUse.TakenOut, weight);
        }

        var labels = backend.Labels;
        var query = scope.Version.Behaviour.TargetsByName
            ? new DestinationQuery(known, backend.Name, backend.Namespace, labels)
            : new DestinationQuery(known, "", "", DestinationResolver.WithNamespace(labels, from.Namespace));
        var match = DestinationResolver.FindIndexed(scope, from, query);
        if (match.Found.IsEmpty)
        {
            // By name 2.x looks later whether there is such a destination, so that the ref counts as written.
            return new BackendPart(
                Outcomes.Unresolved(scope, match.Failure, match.Text, ReferenceEffect.None, DestinationResolver.Candidates(scope, from, query)),
                match.ByLabels || !scope.Version.Behaviour.TargetsByName ? BackendUse.TakenOut : BackendUse.Dropped,
                weight);
        }

        return ResolvePort(scope, match, SectionOf(backend, scope.Version), weight, isHttp);
    }

    /// <summary>Takes the oldest and looks for the port.</summary>
    private static BackendPart ResolvePort(BindingScope scope, DestinationMatch match, string section, long weight, bool isHttp)
    {
        var taken = match.Found[0];
        var destination = taken.Destination;
        var several = match.ByLabels && match.Found.Skip(1).Any(i => i.Destination.Kri != destination.Kri);
        if (FindPort(destination, section, scope.Version, out var reason) is not { } port)
        {
            var text = reason == ReferenceReason.PortRequired
                ? $"no port is named, and {destination.KindName} '{destination.DisplayName}' has {destination.Ports.Length} ports"
                : $"{destination.KindName} '{destination.DisplayName}' has no port '{section}'";
            var missing = Outcomes.Unresolved(scope, reason, text, ReferenceEffect.None, CandidateFinder.ForPort(destination, section, scope.Version))
                with { Targets = [scope.TargetOf(taken, null)], DependsOnOrder = several };
            return new BackendPart(missing, BackendUse.Dropped, weight);
        }

        var targets = ImmutableArray.CreateBuilder<ReferenceTarget>();
        targets.Add(scope.TargetOf(taken, port));
        if (several)
        {
            foreach (var other in match.Found.Skip(1))
                targets.Add(scope.TargetOf(other, FindPort(other.Destination, section, scope.Version, out _)));
        }

        var outcome = several
            ? Outcomes.Ambiguous(scope, $"{match.Found.Length} {destination.KindName}s have the labels", ReferenceEffect.OldestTaken, targets.ToImmutable())
            : Outcomes.Resolved(scope, targets.ToImmutable());
        if (weight == 0)
            return new BackendPart(outcome with { Reason = ReferenceReason.ZeroWeight, Text = "the weight is 0" }, BackendUse.Dropped, weight);
        var protocol = ProtocolOf(taken, port, scope.Version);
        if (!IsUsable(protocol, isHttp, scope.Version) && !(protocol.Length == 0 && !isHttp && destination.Kind == DestinationKind.MeshExternalService))
        {
            var text = $"port '{destination.SectionName(port, scope.Version)}' of {destination.KindName} '{destination.DisplayName}' has the protocol '{protocol}', "
                + (isHttp ? "and an HTTP route sends to http, http2 and grpc only" : "which routes do not know");
            return new BackendPart(outcome with { Reason = ReferenceReason.ProtocolUnusable, Text = text }, BackendUse.Dropped, weight);
        }

        return new BackendPart(outcome, BackendUse.Works, weight);
    }

    /// <summary>2.x: whether a backendRef of kind MeshService means a MeshService at all.</summary>
    private static bool IsReal(BackendRef backend, KumaVersion version) =>
        backend.HasPort || (version.Behaviour.BackendRefSectionName && backend.SectionName.Length > 0);

    /// <summary>2.9 – 2.11 know the port only; later the section name wins over it.</summary>
    private static string SectionOf(BackendRef backend, KumaVersion version)
    {
        if (version.Behaviour.BackendRefSectionName && backend.SectionName is { Length: > 0 } section)
            return section;
        return backend.Port is { } port and > 0 ? BindingScope.Number(port) : "";
    }

    /// <summary>The port of a found destination; 3.0 takes the only one where none is named.</summary>
    public static MeshServicePort? FindPort(Destination destination, string section, KumaVersion version, out ReferenceReason failure)
    {
        failure = ReferenceReason.NoSuchPort;
        if (!version.Behaviour.SolePortTaken || section.Length > 0)
            return destination.FindPort(section);
        failure = ReferenceReason.PortRequired;
        return destination.Ports.Length == 1 ? destination.Ports[0] : null;
    }

    /// <summary>The protocol that a route sees; 2.9 tells that of a MeshExternalService from its endpoints, and knows none where there is no egress.</summary>
    public static string ProtocolOf(DestinationInstance instance, MeshServicePort port, KumaVersion version) =>
        version.Behaviour.ExternalProtocolFromEndpoints && instance.Kind == DestinationKind.MeshExternalService
        && instance.Endpoints.All(static e => e.IsEmpty) ? "" : port.AppProtocol;

    /// <summary>Protocols are compared as written, so that <c>HTTP</c> is none of them.</summary>
    public static bool IsUsable(string protocol, bool isHttp, KumaVersion version) =>
        protocol is "http" or "http2" or "grpc" || (!isHttp && (protocol == "tcp" || (protocol == "kafka" && version.Behaviour.KafkaProtocol)));
}
