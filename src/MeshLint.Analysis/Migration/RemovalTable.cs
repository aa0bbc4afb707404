using System.Collections.Frozen;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using static MeshLint.Analysis.Migration.LeftInPlace;
using static MeshLint.Analysis.Migration.RewriteClass;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Analysis.Migration;

/// <summary>
/// The version matrix as a table: what documents may hold that a later Kuma line no longer reads (docs/kuma/migration.md#removals).
/// </summary>
public static partial class RemovalTable
{
    private static readonly FrozenDictionary<string, ImmutableArray<(Removal Row, NodePath Path)>> ByKind;

    private static readonly ImmutableArray<(Removal Row, NodePath Path)> ForUnknownKinds;

    static RemovalTable()
    {
        All = [.. Names, .. Meshes, .. Dataplanes, .. Services, .. References, .. Policies, .. Kinds];
        var rows = All.Select(r => (Row: r, Path: NodePath.Parse(r.Path))).ToArray();
        var kinds = KindCatalog.All.Select(k => (k.Name, IsPolicy: k.Group == KindGroup.Policy))
            .Concat(
                rows.SelectMany(r => r.Row.Kinds.Split(' ')).Where(k => k[0] is not ('*' or '@') && KindCatalog.Find(k) is null)
                    .Distinct(StringComparer.Ordinal).Select(k => (Name: k, IsPolicy: false)));
        ByKind = kinds.ToFrozenDictionary(
            k => k.Name,
            k =>
                rows.Where(r => r.Row.Kinds.Split(' ').Any(name => name == k.Name || name == "*" || (name == "@policy" && k.IsPolicy)))
                    .ToImmutableArray(),
            StringComparer.Ordinal);
        ForUnknownKinds = [.. rows.Where(r => r.Row.Kinds == "*")];
    }

    /// <summary>Every row about Kuma resources.</summary>
    public static ImmutableArray<Removal> All { get; }

    /// <summary>
    /// What a document holds of the table, in the order of the table, then of the document. Rows of every version: the caller picks.
    /// </summary>
    public static IEnumerable<RemovalHit> Find(MeshResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var (row, path) in ByKind.GetValueOrDefault(resource.Kind, ForUnknownKinds))
        {
            if (path.IsEmpty)
            {
                if (row.When is null || row.When(resource.Spec, resource))
                    yield return new RemovalHit(row, resource, resource.NameNode);
                continue;
            }

            foreach (var node in path.Find(resource.Spec, resource.KindInfo is { Family: KindFamily.Proto }))
            {
                if (node.Kind != NodeKind.Null && (row.When is null || row.When(node, resource)))
                    yield return new RemovalHit(row, resource, node);
            }
        }
    }

    /// <summary>What the annotations of a Kubernetes object and of its Pod template hold of the table.</summary>
    public static IEnumerable<AnnotationHit> Find(KubernetesObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var spec = item.Spec;
        foreach (var metadata in
            (Node[])[item.Root["metadata"], spec["template"]["metadata"], spec["jobTemplate"]["spec"]["template"]["metadata"]])
        {
            foreach (var annotation in metadata["annotations"].Entries)
            {
                foreach (var row in Annotations)
                {
                    if (row.Matches(annotation.Key ?? ""))
                        yield return new AnnotationHit(row, item, annotation);
                }
            }
        }
    }

    private static readonly ImmutableArray<Removal> Names =
    [
        new(
            "NM-1", "*", "", NeedsGraph, V2_10, Refused, "a name that is no DNS subdomain",
            "rename the resource to lower-case letters, digits, '-' and '.'")
        {
            Decides = "references by name",
            When = static (_, r) =>
                r.Name.Length > 0 && !DnsNames.IsObjectName(r.Name) && !(r.KindInfo is { } kind && NeedsLabelName(kind.Name)),
        },
        new("NM-2", "Mesh Zone MeshService MeshExternalService MeshMultiZoneService", "", NeedsGraph, V3_0, Refused, "a name that is no DNS label (RFC 1035)",
            "rename it: a letter first, then letters, digits and '-', at most 63 characters")
        {
            DeprecatedIn = V2_10,
            Decides = "references, hostnames, zone configuration",
            Consequence = "what is stored works until it is next written",
            When = static (_, r) =>
                r.Name.Length > 0 && !DnsNames.IsServiceName(r.Name) && !(r.Kind == "MeshMultiZoneService" && r.Name.Length > 63),
        },
        new("NM-3", "MeshMultiZoneService", "", NeedsGraph, V3_0, Refused, "a name longer than 63 characters", "shorten the name")
        {
            DeprecatedIn = V2_14, Decides = "references", When = static (_, r) => r.Name.Length > 63,
        },
        new("NM-4", "Dataplane", "networking.inbound[].tags[\"kuma.io/service\"]", NeedsGraph, V2_10, ChangesTraffic, "a service name that is no DNS label",
            "write a MeshService by hand under a valid name")
        {
            Decides = "references to the service", Consequence = "no MeshService is generated, so in mode Exclusive the service is gone",
            When = static (n, _) => n.AsString() is { Length: > 0 } name && !DnsNames.IsServiceName(name),
        },
        new("NM-5", "*", "", Mechanical, V3_0, ChangesTraffic, "annotation kuma.io/mesh", "label kuma.io/mesh")
        {
            DeprecatedIn = V2_9,
            Consequence = "the resource lands in mesh 'default'",
            When = static (_, r) => r.AnnotationsNode[WellKnown.Mesh].Exists,
        },
        new(
            "NM-7", "@policy", "targetRef.labels[\"kuma.io/proxy-type\"]", NeedsGraph, V3_0, ChangesTraffic,
            "selection by label kuma.io/proxy-type", "select by a label of your own")
        {
            Decides = "labels of the proxies", Consequence = "the label is no longer computed, so the selector matches nothing",
        },
        new(
            "NM-7", "MeshService", "selector.dataplaneLabels.matchLabels[\"kuma.io/proxy-type\"]", NeedsGraph, V3_0, ChangesTraffic,
            "selection by label kuma.io/proxy-type", "select by a label of your own")
        {
            Decides = "labels of the proxies", Consequence = "the label is no longer computed, so the selector matches nothing",
        },
    ];

    private static readonly ImmutableArray<Removal> Meshes =
    [
        new(
            "ME-1", "Mesh", "mtls", NeedsGraph, V3_0, ChangesTraffic, "mTLS of the mesh",
            "MeshIdentity and MeshTrust, MeshTLS for the mode, MeshTrafficPermission with rules")
        {
            Decides = "proxies, tokens, permissions and zones",
            Consequence = "traffic is plain text and nothing is authorized unless a MeshIdentity selects the proxies",
            ReplacementSince = V2_12,
        },
        new(
            "ME-2", "Mesh", "mtls.backends[].mode", Mechanical, V3_0, ChangesTraffic, "permissive mTLS",
            "MeshTLS with rules: [{default: {mode: Permissive}}]")
        {
            Consequence = "with a MeshIdentity the inbounds become strict and plain-text clients fail",
            When = static (n, r) =>
                IsEnum(n, "PERMISSIVE", 1) && Get(r.Spec["mtls"], "enabledBackend").AsString() == n.Parent["name"].AsString(),
        },
        new(
            "ME-3", "Mesh", "mtls.backends[].type", NeedsHuman, V3_0, ChangesTraffic, "a certificate authority of Kong Mesh",
            "MeshIdentity with provider type Extension")
        {
            Decides = "secrets and access rights outside the repository",
            Consequence = "proxies get no certificate",
            When = static (n, _) => n.AsString() is "acm" or "certmanager" or "vault",
        },
        new(
            "ME-4", "Mesh", "meshServices.mode", Mechanical, V3_0, Ignored, "the mode of MeshServices",
            "remove it once every control plane runs 3.0, which always behaves as Exclusive")
        {
            When = static (n, _) => MeshReader.ReadMode(n) == MeshServicesMode.Exclusive,
        },
        new(
            "ME-4", "Mesh", "meshServices.mode", NeedsGraph, V3_0, ChangesTraffic, "a mode of MeshServices other than Exclusive",
            "reach mode Exclusive before 3.0")
        {
            Decides = "every consumer of a legacy name", Consequence = "names ending in .mesh and clusters by kuma.io/service are gone",
            When = static (n, _) => MeshReader.ReadMode(n) != MeshServicesMode.Exclusive,
        },
        new(
            "ME-5", "Mesh", "networking.outbound.passthrough", Mechanical, V3_0, ChangesTraffic, "passthrough switched off",
            "MeshPassthrough for the mesh with passthroughMode: None")
        {
            Consequence = "traffic to unknown destinations becomes allowed", When = static (n, _) => n.AsBoolean() == false,
        },
        new("ME-6", "Mesh", "routing.localityAwareLoadBalancing", NeedsGraph, V3_0, Ignored, "locality-aware load balancing of the mesh",
            "nothing for a MeshMultiZoneService, which is local first; MeshLoadBalancingStrategy otherwise")
        {
            Decides = "existing MeshLoadBalancingStrategies", When = static (n, _) => n.AsBoolean() == true,
        },
        new(
            "ME-7", "Mesh", "routing.zoneEgress", NeedsGraph, V3_0, Ignored, "routing through the zone egress",
            "an egress listener and MeshExternalService")
        {
            Decides = "egress proxies", When = static (n, _) => n.AsBoolean() == true,
        },
        new(
            "ME-8", "Mesh", "routing.defaultForbidMeshExternalServiceAccess", NeedsGraph, V3_0, ChangesTraffic,
            "external services forbidden by default", "MeshTrafficPermission with rules on the egress")
        {
            Decides = "MeshExternalServices and egress",
            Consequence = "the egress of 3.0 denies what no rule allows",
            When = static (n, _) => n.AsBoolean() == true,
        },
        new("ME-9", "Mesh", "tracing", NeedsGraph, V3_0, Ignored, "tracing backends of the mesh", "MeshTrace")
        {
            Decides = "TrafficTraces",
            Consequence = "tracing stops",
        },
        new("ME-10", "Mesh", "logging", NeedsGraph, V3_0, Ignored, "logging backends of the mesh", "MeshAccessLog")
        {
            Decides = "TrafficLogs",
            Consequence = "access logs stop",
        },
        new("ME-11", "Mesh", "metrics", NeedsGraph, V3_0, Ignored, "metrics of the mesh", "MeshMetric")
        {
            Decides = "Dataplane.metrics and Pod annotations",
            Consequence = "nothing is there to scrape",
        },
        new(
            "ME-12", "Mesh", "constraints.dataplaneProxy", NeedsHuman, V3_0, ChangesTraffic, "membership constraints",
            "admission outside Kuma: token claims or a Kubernetes policy")
        {
            Decides = "who may join", Consequence = "every proxy with a token may join",
        },
        new(
            "ME-13", "Mesh", "skipCreatingInitialPolicies[]", Mechanical, V3_0, Ignored, "a default policy that no longer exists",
            "drop the entry")
        {
            When = static (n, _) => n.AsString() == "MeshTrafficPermission",
        },
    ];

    private static readonly ImmutableArray<Removal> Dataplanes =
    [
        new(
            "DP-1", "Dataplane", "networking.inbound[].tags", NeedsGraph, V3_0, ChangesTraffic, "inbound tags",
            "labels of the Dataplane, inbound name and protocol")
        {
            Decides = "every selector in the mesh",
            Consequence = "what selects by these tags matches nothing; tokens bound to tags no longer fit",
        },
        new(
            "DP-2", "Dataplane", "networking.inbound[].tags[\"kuma.io/protocol\"]", Mechanical, V3_0, ChangesTraffic,
            "the protocol as a tag", "inbound.protocol")
        {
            ReplacementSince = V2_14,
            Consequence = "the protocol becomes tcp, so HTTP routes, retries and timeouts stop",
            When = static (n, _) => !n.Parent.Parent["protocol"].Exists,
        },
        new(
            "DP-3", "Dataplane", "networking.inbound[].tags[\"kuma.io/protocol\"]", Mechanical, V3_0, Refused, "protocol kafka",
            "protocol tcp")
        {
            When = IsKafka,
        },
        new("DP-3", "Dataplane", "networking.inbound[].protocol", Mechanical, V3_0, Refused, "protocol kafka", "protocol tcp")
        {
            When = IsKafka,
        },
        new(
            "DP-3", "MeshService MeshMultiZoneService", "ports[].appProtocol", Mechanical, V3_0, Refused, "protocol kafka",
            "appProtocol tcp")
        {
            When = IsKafka,
        },
        new(
            "DP-4", "Dataplane", "networking.outbound[]", NeedsGraph, V3_0, Refused, "an outbound by kuma.io/service",
            "backendRef with labels and port")
        {
            Decides = "what the name stands for", When = static (n, _) => !Get(n, "backendRef").Exists,
        },
        new(
            "DP-5", "Dataplane", "networking.transparentProxying.reachableServices", NeedsGraph, V3_0, ChangesTraffic, "reachableServices",
            "reachableBackends")
        {
            Decides = "what the names stand for", Consequence = "every service becomes reachable", When = static (n, _) => n.Count > 0,
        },
        new(
            "DP-6", "Dataplane", "networking.transparentProxying.redirectPortInboundV6", Mechanical, V2_9, Ignored,
            "a port of its own for IPv6", "ipFamilyMode"),
        new(
            "DP-7", "Dataplane", "networking.gateway.type", NeedsHuman, V3_0, NotParsed, "a builtin gateway",
            "delete it; put another gateway in front of the mesh as a delegated one")
        {
            Decides = "which gateway",
            Consequence = "the Dataplanes of the mesh can no longer be listed",
            When = static (n, _) => IsEnum(n, "BUILTIN", 1),
        },
        new(
            "DP-8", "Dataplane", "networking.advertisedAddress", NeedsHuman, V3_0, ChangesTraffic, "an advertised address",
            "an address that the peers can reach")
        {
            Decides = "the network",
            Consequence = "peers dial 'address'",
        },
        new("DP-9", "Dataplane", "probes", Mechanical, V3_0, Ignored, "virtual probes", "the application probe proxy, or serviceProbe"),
        new("DP-10", "Dataplane", "metrics", NeedsGraph, V3_0, Ignored, "metrics of one Dataplane", "MeshMetric for its labels")
        {
            Decides = "Mesh.metrics",
        },
        new(
            "DP-11", "Dataplane", "networking.inbound", NeedsGraph, V3_0, ChangesTraffic, "several services on one Dataplane",
            "one MeshService by hand for each service")
        {
            Decides = "ports and labels",
            Consequence = "one service with all ports is generated",
            When = static (n, _) =>
                n.Items.Select(i => i["tags"][WellKnown.ServiceTag].Text).Where(t => t is not null).Distinct(StringComparer.Ordinal)
                    .Count() > 1,
        },
        new(
            "DP-12", "Dataplane", "", NeedsGraph, V3_0, ChangesTraffic, "no label kuma.io/workload",
            "label kuma.io/workload, normally the service's name")
        {
            Decides = "MeshIdentity and names of MeshServices", Consequence = "no MeshService is generated for the Dataplane",
            When = static (n, r) =>
                !r.IsKubernetes && r.LabelsNode[WellKnown.Workload].AsString() is null or "" && Get(n["networking"], "inbound").Count > 0,
        },
    ];

    /// <summary>Protobuf's JSON takes the value of an enum by name and by number.</summary>
    private static bool IsEnum(Node node, string name, int number) => node.AsString() == name || node.AsInteger() == number;

    private static bool IsKafka(Node node, MeshResource resource) => node.AsString() == "kafka";

    private static bool NeedsLabelName(string kind) =>
        kind is "Mesh" or "Zone" or "MeshService" or "MeshExternalService" or "MeshMultiZoneService";

    private static Node Get(Node node, string key) => NodePath.Child(node, key, isProto: true);
}
