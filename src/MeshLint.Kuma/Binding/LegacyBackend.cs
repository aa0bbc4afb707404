using MeshLint.Kuma.Model;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Specs;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// Resolves a backendRef that 2.x reads as a value of <c>kuma.io/service</c> (docs/kuma/references.md#backend-references,
/// docs/kuma/references.md#mirrors).
/// </summary>
internal static class LegacyBackend
{
    private const string Unknown = "<unknown>";

    public static BackendPart Resolve(BindingScope scope, Referrer from, BackendRef backend, bool isHttp)
    {
        var weight = backend.Weight;
        var name = backend.Name;
        if (name.Length == 0)
        {
            var text = backend.LabelsNode.Count > 0
                ? "a MeshService by labels without port is read as a kuma.io/service value without a name"
                : "the reference names nothing";
            var outcome = Outcomes.Unresolved(
                scope, backend.LabelsNode.Count > 0 ? ReferenceReason.EmptyLegacyName : ReferenceReason.NamesNothing, text, ReferenceEffect.ProxyConfigurationFails, RealCandidates());
            return new BackendPart(outcome, isHttp || weight == 0 ? BackendUse.Dropped : BackendUse.Fatal, weight);
        }

        var tags = backend.Kind == "MeshServiceSubset" ? backend.Tags : LabelSet.Empty;
        var part = ResolveService(scope, from.Mesh, name, tags, weight, isHttp, RealCandidates);
        if (weight != 0)
            return part;
        return part.Outcome.Status == ReferenceStatus.Resolved
            ? part with { Use = BackendUse.Dropped, Outcome = part.Outcome with { Reason = ReferenceReason.ZeroWeight, Text = "the weight is 0" } }
            : part with { Use = BackendUse.Dropped };

        ImmutableArray<ReferenceCandidate> RealCandidates()
        {
            if (backend.Labels is { Count: > 0 } labels)
            {
                return [.. scope.View.FindDestinations(DestinationKind.MeshService, from.Mesh, labels).Take(5)
                    .Select(static i => new ReferenceCandidate(CandidateDifference.LegacyService, i.DisplayName) { Destination = i.Destination })];
            }

            return scope.Candidates.ForServiceTag(from.Mesh, name);
        }
    }

    /// <summary>A value of <c>kuma.io/service</c> with further tags, as routes, outbounds and legacy policies send to it.</summary>
    public static BackendPart ResolveService(
        BindingScope scope, string mesh, string name, LabelSet tags, long weight, bool isHttp, Func<ImmutableArray<ReferenceCandidate>> candidates)
    {
        var legacy = scope.FindLegacy(mesh, name);
        if (legacy is null || (tags.Count > 0 && !HasTags(scope, mesh, name, tags)))
        {
            var wanted = tags.With(WellKnown.ServiceTag, name);
            var missing = Outcomes.Unresolved(
                scope, ReferenceReason.NoSuchLegacyService, $"no Dataplane or ExternalService of the mesh '{mesh}' has the {(tags.Count > 0 ? "tags" : "tag")} {DestinationResolver.Show(wanted)}",
                ReferenceEffect.NoEndpoints, candidates());
            return new BackendPart(missing, isHttp ? BackendUse.Dropped : BackendUse.Works, weight);
        }

        var protocol = ProtocolOf(scope, mesh, name);
        if (isHttp ? protocol is not ("http" or "http2" or "grpc") : protocol is "tls" or "mysql")
        {
            var why = legacy.Endpoints.IsEmpty ? $"kuma.io/service '{name}' has no healthy endpoint, and with none no protocol"
                : $"the endpoints of kuma.io/service '{name}' have the common protocol '{protocol}', which the route does not send to";
            var unusable = Outcomes.Unresolved(scope, ReferenceReason.LegacyProtocol, why, ReferenceEffect.None, candidates()) with { Targets = [BindingScope.LegacyTarget(name)] };
            return new BackendPart(unusable, BackendUse.Dropped, weight);
        }

        var reason = scope.ModeOf(mesh) == MeshServicesMode.Exclusive ? ReferenceReason.LegacyInExclusiveMode : ReferenceReason.LegacyService;
        var outcome = Outcomes.Resolved(scope, BindingScope.LegacyTarget(name)) with { Reason = reason, Text = $"'{name}' is read as a value of kuma.io/service" };
        return new BackendPart(outcome, BackendUse.Works, weight);
    }

    private static bool HasTags(BindingScope scope, string mesh, string name, LabelSet tags)
    {
        var wanted = tags.With(WellKnown.ServiceTag, name);
        if (scope.Peers.Any(p => p.Tags.Find(mesh, wanted).Any(static h => h.Inbound is not null)))
            return true;
        return scope.FindLegacy(mesh, name) is { } legacy && legacy.ExternalServices.Any(e => TagIndex.Matches(LabelSet.From(e.Spec["tags"]), wanted));
    }

    /// <summary>The highest protocol that all endpoints share (kuma: pkg/core/metadata/protocol.go, GetCommonProtocol).</summary>
    private static string ProtocolOf(BindingScope scope, string mesh, string name)
    {
        string? common = null;
        foreach (var peer in scope.Peers)
        {
            if (!peer.View.LegacyServices.TryGetValue((mesh, name), out var service))
                continue;
            foreach (var (_, inbound) in service.Inbounds)
            {
                if (inbound.IsHealthy)
                    Join(inbound.Tags[WellKnown.ProtocolTag]);
            }

            if (!ReferenceEquals(peer, scope))
                continue;
            foreach (var external in service.ExternalServices)
                Join(external.Spec["tags"][WellKnown.ProtocolTag].AsString());
        }

        return common ?? Unknown;

        void Join(string? written)
        {
            var protocol = written?.ToLowerInvariant();
            if (protocol is not ("http" or "http2" or "tcp" or "tls" or "grpc" or "kafka" or "mysql"))
                protocol = Unknown;
            common = common is null || common == protocol ? protocol : Common(common, protocol);
        }
    }

    private static string Common(string first, string second)
    {
        var second2 = Stack(second);
        foreach (var layer in Stack(first))
        {
            if (second2.Contains(layer))
                return layer;
        }

        return Unknown;
    }

    private static ImmutableArray<string> Stack(string protocol) => protocol switch
    {
        "grpc" => ["grpc", "http2", "tcp"],
        "http2" => ["http2", "tcp"],
        "http" => ["http", "tcp"],
        "kafka" => ["kafka", "tcp"],
        "tls" or "tcp" => ["tcp"],
        _ => [],
    };
}
