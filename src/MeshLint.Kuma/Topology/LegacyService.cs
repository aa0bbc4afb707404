using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Topology;

/// <summary>A <c>kuma.io/service</c> value as the proxies of one zone see it (2.x; docs/kuma/mesh-services.md#modes).</summary>
public sealed record LegacyService
{
    public required string Mesh { get; init; }

    /// <summary>The tag's value.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Endpoints: every healthy inbound with the tag; one per distinct tag set of other zones, through their ingress, where the mesh has mTLS; external
    /// addresses before TrafficPermissions take some away.
    /// </summary>
    public required ImmutableArray<Endpoint> Endpoints { get; init; }

    /// <summary>The inbounds with the tag, with their Dataplanes, healthy or not; delegated gateways are not among them.</summary>
    public required ImmutableArray<LegacyInbound> Inbounds { get; init; }

    /// <summary>The delegated or builtin gateways with the tag.</summary>
    public ImmutableArray<Dataplane> Gateways { get; init; } = [];

    /// <summary>The ExternalServices of that name.</summary>
    public ImmutableArray<ResourceInstance> ExternalServices { get; init; } = [];

    /// <summary>Transparent proxies get a cluster for it: some inbound is not Ignored (and not on the port of serviceless Pods), another zone offers it, or an ExternalService has the name.</summary>
    public required bool HasVip { get; init; }
}

/// <summary>An inbound that carries a <c>kuma.io/service</c> tag.</summary>
public readonly record struct LegacyInbound(Dataplane Dataplane, Inbound Inbound);
