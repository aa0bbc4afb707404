using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using static MeshLint.Analysis.Migration.LeftInPlace;
using static MeshLint.Analysis.Migration.RewriteClass;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Analysis.Migration;

public static partial class RemovalTable
{
    private static readonly ImmutableArray<Removal> Services =
    [
        new(
            "SV-1", "MeshService", "selector.dataplaneTags", NeedsGraph, V3_0, ChangesTraffic, "selection of Dataplanes by tags",
            "selector.dataplaneLabels.matchLabels")
        {
            Decides = "labels of the Dataplanes that it selects",
            ReplacementSince = V2_14,
            Consequence = "the service has no endpoints and is unavailable",
        },
        new(
            "SV-2", "MeshService", "selector.dataplaneLabels", NeedsHuman, V2_14, ChangesTraffic, "an empty label selector",
            "matchLabels that select what is meant")
        {
            Decides = "what is meant",
            Consequence = "every Dataplane of the mesh is selected",
            When = static (n, _) => n["matchLabels"].Count == 0,
        },
        new(
            "SV-3", "MeshService", "identities[]", Mechanical, V3_0, RefusedBySchema, "an identity of type ServiceTag",
            "type SpiffeID, or nothing: identities are computed")
        {
            When = static (n, _) => n["type"].AsString() == "ServiceTag",
        },
        new(
            "SV-6", "MeshExternalService", "endpoints[].address", NeedsHuman, V2_9, Refused, "a Unix socket as endpoint",
            "a network address")
        {
            Decides = "where the service listens",
            When = static (n, _) => n.AsString() is { } address && address.StartsWith("unix:", StringComparison.Ordinal),
        },
        .. ((string[])["caCert", "clientCert", "clientKey"]).SelectMany(field => (Removal[])
        [
            new(
                "SV-7", "MeshExternalService", $"tls.verification.{field}", Mechanical, V3_0, Refused, "a data source of the old shape",
                "the SecureDataSource shape, with a 'type'")
            {
                When = static (n, _) => n.IsMapping && !n["type"].Exists,
            },
            new(
                "SV-8", "MeshExternalService", $"tls.verification.{field}.type", NeedsHuman, V3_0, Refused,
                "a data source in a file or variable of the proxy", "type Secret or InsecureInline")
            {
                Decides = "the value", When = static (n, _) => n.AsString() is "File" or "EnvVar",
            },
        ]),
        new(
            "SV-9", "MeshExternalService", "", NeedsGraph, V3_0, ChangesTraffic, "an external service of one zone's egress",
            "one MeshExternalService for each zone, written there")
        {
            Decides = "zones with an egress",
            Consequence = "the egress of every zone serves it",
            When = static (_, r) => r.Place.IsGlobal && r.LabelsNode[WellKnown.Zone].Exists,
        },
    ];

    private static readonly ImmutableArray<Removal> References =
    [
        TopLevel(
            "TR-1", "MeshSubset", NeedsGraph, "selection of proxies by tags", "kind Dataplane with labels",
            "labels of the proxies that carry the tags"),
        TopLevel(
            "TR-2", "MeshService", NeedsGraph, "selection of proxies by service",
            "kind Dataplane with labels (and sectionName for one port)", "labels of the proxies of the service"),
        TopLevel(
            "TR-3", "MeshServiceSubset", NeedsGraph, "selection of proxies by service and tags", "kind Dataplane with labels",
            "labels of the proxies of the subset"),
        TopLevel(
            "TR-4", "MeshGateway", NeedsHuman, "selection of a builtin gateway",
            "nothing: builtin gateways are gone; kind Dataplane with labels for a delegated one", "the gateway that takes its place"),
        TopLevel(
            "TR-5", "MeshHTTPRoute", NeedsGraph, "selection by a route", "the route in to[].targetRef, where the policy allows it",
            "the route"),
        new(
            "TR-6", "@policy", "targetRef", NeedsGraph, V3_0, ChangesTraffic, "selection of a Dataplane by name",
            "labels: {kuma.io/display-name: …}")
        {
            Decides = "whether the labels are unique",
            Consequence = "the name is dropped and the policy reaches every Dataplane of the mesh",
            When = static (n, _) => n["kind"].AsString() == "Dataplane" && (n["name"].Exists || n["namespace"].Exists),
        },
        new(
            "TR-7", "@policy", "targetRef.proxyTypes", NeedsGraph, V3_0, ChangesTraffic, "proxyTypes",
            "nothing; labels where only some proxies are meant")
        {
            Decides = "whether gateways were left out on purpose", Consequence = "the field is dropped and the policy reaches more proxies",
        },
        new(
            "TR-8", "@policy", "to[].targetRef", NeedsGraph, V3_0, Refused, "a destination by name",
            "labels with kuma.io/display-name, the namespace and, where one zone is meant, the zone")
        {
            Decides = "policy role, zone, uniqueness",
            When = static (n, r) => IsByName(n) && !IsCompound(n) && !(r.Place.IsGlobal && n["kind"].AsString() == "MeshService"),
        },
        new(
            "TR-9", "@policy", "to[].targetRef", NeedsGraph, V3_0, Refused, "a Kubernetes service by its legacy name",
            "labels and sectionName")
        {
            Decides = "the port's name", When = static (n, _) => IsByName(n) && IsCompound(n),
        },
        new(
            "TR-16", "@policy", "to[].targetRef", NeedsGraph, V3_0, Refused, "a service by name in a policy of the Global",
            "labels with kuma.io/display-name, and kuma.io/zone where one is meant")
        {
            Decides = "the zones meant",
            Consequence = "it never matches a MeshService, only the legacy service, and stops with mode Exclusive",
            When = static (n, r) => IsByName(n) && !IsCompound(n) && r.Place.IsGlobal && n["kind"].AsString() == "MeshService",
        },
        new(
            "TR-10", "@policy", "to[].targetRef", NeedsGraph, V3_0, RefusedBySchema, "a destination by tags or gateway",
            "a MeshService of its own for each subset")
        {
            Decides = "labels that part the subset",
            When = static (n, _) => n["kind"].AsString() is "MeshSubset" or "MeshServiceSubset" or "MeshGateway",
        },
        .. BackendRefs("TR-11", NeedsGraph, Refused, "a backend by service and tags", "a MeshService of its own for each subset", "labels that part the subset", "the backend is lost; alone in its rule it answers 500",
            static (n, _) => n["kind"].AsString() == "MeshServiceSubset"),
        .. BackendRefs("TR-12", NeedsGraph, Refused, "a backend by legacy name", "labels and port", "the port", "until then it reaches the legacy service, in mode Exclusive its own zone only",
            static (n, _) => n["kind"].AsString() == "MeshService" && n["name"].Exists && !n["port"].Exists),
        .. BackendRefs("TR-8", NeedsGraph, Refused, "a backend by name", "labels with kuma.io/display-name and the namespace", "zone, uniqueness", "",
            static (n, _) => IsByName(n) && (n["kind"].AsString() != "MeshService" || n["port"].Exists)),
        .. BackendRefs("TR-14", NeedsGraph, FailsAtRuntime, "a backend by display name without namespace", "add k8s.kuma.io/namespace", "the owner's namespace", "it is looked for in the route's own namespace; requests get 500",
            static (n, r) =>
                r.IsKubernetes && n["kind"].AsString() == "MeshService" && n["labels"][WellKnown.DisplayName].Exists
                    && !n["labels"][WellKnown.Namespace].Exists),
        new(
            "TR-17", "Dataplane", "networking.outbound[].backendRef", NeedsGraph, V3_0, ChangesTraffic, "an outbound by name",
            "labels with kuma.io/display-name and kuma.io/zone")
        {
            Decides = "namesakes in other zones",
            Consequence = "the oldest namesake of any zone is taken",
            When = static (n, _) => n["name"].Exists,
        },
        new(
            "TR-17", "Dataplane", "networking.transparentProxying.reachableBackends.refs[]", NeedsGraph, V3_0, ChangesTraffic,
            "a reachable backend by name", "labels with kuma.io/display-name and kuma.io/zone")
        {
            Decides = "namesakes in other zones",
            Consequence = "namesakes of every zone become reachable",
            When = static (n, _) => n["name"].Exists,
        },
    ];

    private static Removal TopLevel(string id, string kind, RewriteClass rewriteClass, string what, string replacement, string decides) =>
        new(id, "@policy", "targetRef", rewriteClass, V3_0, Refused, what, replacement)
        {
            Decides = decides,
            When = (n, _) => n["kind"].AsString() == kind,
        };

    private static IEnumerable<Removal> BackendRefs(
        string id, RewriteClass rewriteClass, LeftInPlace effect, string what, string replacement, string decides, string consequence,
        Func<Node, MeshResource, bool> when) =>
        ((string[])["to[].rules[].default.backendRefs[]", "to[].rules[].default.filters[].requestMirror.backendRef"])
        .Select(
            path =>
                new Removal(id, "MeshHTTPRoute MeshTCPRoute", path, rewriteClass, V3_0, effect, what, replacement)
                {
                    Decides = decides,
                    Consequence = consequence,
                    When = when,
                });

    private static bool IsByName(Node target) =>
        target["kind"].AsString() is "MeshService" or "MeshExternalService" or "MeshMultiZoneService" or "MeshHTTPRoute"
            && target["name"].Exists && target["labels"].Count == 0;

    /// <summary><c>name_ns_svc_port</c> or <c>name_ns_svc</c>, as 2.x splits it: three or four segments whatever they say.</summary>
    private static bool IsCompound(Node target) =>
        target["kind"].AsString() == "MeshService" && target["name"].AsString() is { } name && name.Count(c => c == '_') is 2 or 3;
}
