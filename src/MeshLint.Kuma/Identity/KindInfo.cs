using MeshLint.Kuma.Resources;
using System.Collections.Frozen;

namespace MeshLint.Kuma.Identity;

/// <summary>Where a kind's fields stand and how its body is decoded.</summary>
public enum KindFamily
{
    /// <summary>Protobuf body, inline at the top level of a Universal document, read by jsonpb.</summary>
    Proto,

    /// <summary>Go struct under <c>spec</c>, read by encoding/json.</summary>
    Plugin,

    /// <summary>Exists on Kubernetes only (ContainerPatch, MeshGatewayConfig, MeshGatewayInstance).</summary>
    KubernetesOnly,
}

/// <summary>What kind of thing a kind is, as far as it changes rules that many kinds share.</summary>
public enum KindGroup
{
    Core,

    /// <summary>One of the 16 targetRef policies.</summary>
    Policy,

    /// <summary>MeshService, MeshMultiZoneService, MeshExternalService.</summary>
    Destination,

    /// <summary>A policy of the tag-based model, 2.x only.</summary>
    LegacyPolicy,

    /// <summary>MeshGateway and its relatives, 2.x only.</summary>
    Gateway,

    /// <summary>ZoneIngress, ZoneEgress, 2.x only.</summary>
    ZoneProxy,

    Secret,
}

/// <summary>Facts about one Kuma kind.</summary>
public sealed record KindInfo(string Name, KindFamily Family, KindGroup Group, string? ShortName)
{
    /// <summary>The kind belongs to a mesh.</summary>
    public bool IsMeshScoped { get; init; } = true;

    /// <summary>Scope of the object on Kubernetes.</summary>
    public bool IsNamespaced { get; init; } = true;

    /// <summary>The fact that says which lines have the kind; null = every one.</summary>
    public Func<Behaviour, bool>? Fact { get; init; }

    /// <summary>First line that has the kind.</summary>
    public KumaVersion Since => KumaVersions.All.First(ExistsIn);

    /// <summary>Last line that has the kind; null = still there.</summary>
    public KumaVersion? Until => KumaVersions.All.Last(ExistsIn) is var last && last != KumaVersions.All[^1] ? last : null;

    /// <summary>A Global control plane accepts writes.</summary>
    public bool WritableOnGlobal { get; init; } = true;

    /// <summary>A federated zone accepts writes; labels of origin and zone are computed for such kinds only.</summary>
    public bool WritableOnZone { get; init; } = true;

    /// <summary>Whether a federated zone of that line accepts writes: 2.9 takes a MeshMultiZoneService, but no secrets (kuma: ShouldBeReadOnly, IsReadOnly).</summary>
    public bool IsWritableOnZone(KumaVersion version) => 
        version.Behaviour.ZoneTakesEveryPluginKind ? IsPlugin || (WritableOnZone && Group != KindGroup.Secret) : WritableOnZone;

    /// <summary>On a Kubernetes zone the object must stand in the system namespace.</summary>
    public bool SystemNamespaceOnly { get; init; }

    public bool IsPlugin => Family == KindFamily.Plugin;

    public bool ExistsIn(KumaVersion version) => Fact?.Invoke(version.Behaviour) != false;
}

/// <summary>Every Kuma kind that a repository may hold.</summary>
public static class KindCatalog
{
    public static ImmutableArray<KindInfo> All { get; } = Build();

    private static readonly FrozenDictionary<string, KindInfo> ByName = All.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>The kind of that name, or null.</summary>
    public static KindInfo? Find(string? name) => name is not null && ByName.TryGetValue(name, out var kind) ? kind : null;

    private static ImmutableArray<KindInfo> Build()
    {
        var kinds = ImmutableArray.CreateBuilder<KindInfo>();
        kinds.Add(new("Mesh", KindFamily.Proto, KindGroup.Core, "m") { IsMeshScoped = false, IsNamespaced = false, WritableOnZone = false });
        kinds.Add(new("Zone", KindFamily.Proto, KindGroup.Core, "z") { IsMeshScoped = false, IsNamespaced = false });
        kinds.Add(new("Dataplane", KindFamily.Proto, KindGroup.Core, "dp") { WritableOnGlobal = false });
        kinds.Add(new("Secret", KindFamily.Proto, KindGroup.Secret, null));
        kinds.Add(new("GlobalSecret", KindFamily.Proto, KindGroup.Secret, null) { IsMeshScoped = false });
        kinds.Add(new("ZoneIngress", KindFamily.Proto, KindGroup.ZoneProxy, "zi") { IsMeshScoped = false, WritableOnGlobal = false, Fact = static b => b.ZoneIngressesAndEgresses });
        kinds.Add(new("ZoneEgress", KindFamily.Proto, KindGroup.ZoneProxy, "ze") { IsMeshScoped = false, WritableOnGlobal = false, Fact = static b => b.ZoneIngressesAndEgresses });

        kinds.Add(new("MeshService", KindFamily.Plugin, KindGroup.Destination, "msvc") { WritableOnGlobal = false });
        kinds.Add(new("MeshMultiZoneService", KindFamily.Plugin, KindGroup.Destination, "mzsvc") { WritableOnZone = false });
        kinds.Add(new("MeshExternalService", KindFamily.Plugin, KindGroup.Destination, "extsvc") { SystemNamespaceOnly = true });
        kinds.Add(new("HostnameGenerator", KindFamily.Plugin, KindGroup.Core, "hg") { IsMeshScoped = false, SystemNamespaceOnly = true });
        kinds.Add(new("MeshIdentity", KindFamily.Plugin, KindGroup.Core, "mid") { SystemNamespaceOnly = true, Fact = static b => b.MeshIdentities });
        kinds.Add(new("MeshTrust", KindFamily.Plugin, KindGroup.Core, "mtrust") { SystemNamespaceOnly = true, Fact = static b => b.MeshIdentities });
        kinds.Add(new("Workload", KindFamily.Plugin, KindGroup.Core, "wl") { WritableOnGlobal = false, Fact = static b => b.Workloads });
        kinds.Add(new("MeshOpenTelemetryBackend", KindFamily.Plugin, KindGroup.Core, "motb") { SystemNamespaceOnly = true, Fact = static b => b.OpenTelemetryBackends });
        kinds.Add(new("MeshZoneAddress", KindFamily.Plugin, KindGroup.Core, "mza") { WritableOnGlobal = false, Fact = static b => b.MeshZoneAddresses });

        foreach (var (name, shortName) in new[]
                 {
                     ("MeshAccessLog", "mal"), ("MeshCircuitBreaker", "mcb"), ("MeshFaultInjection", "mfi"), ("MeshHealthCheck", "mhc"),
                     ("MeshHTTPRoute", "mhttpr"), ("MeshLoadBalancingStrategy", "mlbs"), ("MeshMetric", "mm"), ("MeshPassthrough", "mp"),
                     ("MeshProxyPatch", "mpp"), ("MeshRateLimit", "mrl"), ("MeshRetry", "mr"), ("MeshTCPRoute", "mtcpr"),
                     ("MeshTimeout", "mt"), ("MeshTLS", "mtls"), ("MeshTrace", "mtr"), ("MeshTrafficPermission", "mtp"),
                 })
            kinds.Add(new(name, KindFamily.Plugin, KindGroup.Policy, shortName));

        foreach (var name in new[]
                 {
                     "TrafficRoute", "TrafficPermission", "TrafficLog", "TrafficTrace", "Timeout", "Retry", "CircuitBreaker", "HealthCheck",
                     "FaultInjection", "RateLimit", "ProxyTemplate", "VirtualOutbound", "ExternalService",
                 })
            kinds.Add(new(name, KindFamily.Proto, KindGroup.LegacyPolicy, null)
            {
                IsNamespaced = false, WritableOnZone = false, Fact = static b => b.LegacyPolicies,
            });

        kinds.Add(new("MeshGateway", KindFamily.Proto, KindGroup.Gateway, "mgw") { IsNamespaced = false, Fact = static b => b.BuiltinGateways });
        kinds.Add(new("MeshGatewayRoute", KindFamily.Proto, KindGroup.Gateway, null) { IsNamespaced = false, WritableOnZone = false, Fact = static b => b.BuiltinGateways });
        kinds.Add(new("MeshGatewayConfig", KindFamily.KubernetesOnly, KindGroup.Gateway, null) { IsMeshScoped = false, IsNamespaced = false, Fact = static b => b.BuiltinGateways });
        kinds.Add(new("MeshGatewayInstance", KindFamily.KubernetesOnly, KindGroup.Gateway, null) { Fact = static b => b.BuiltinGateways });
        kinds.Add(new("ContainerPatch", KindFamily.KubernetesOnly, KindGroup.Core, null) { IsMeshScoped = false });
        return kinds.ToImmutable();
    }
}
