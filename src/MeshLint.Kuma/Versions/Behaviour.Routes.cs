using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>What routes do.</content>
public sealed partial class Behaviour
{
    public bool MirrorToEveryKind { get; } = facts.Add(
        Routes, "RequestMirror takes every kind of destination",
        Since(V3_0), "pkg/plugins/policies/meshhttproute/api/v1alpha1/validation.go");

    public bool TcpRouteNeedsBackends { get; } = facts.Add(
        Routes, "A rule of a MeshTCPRoute needs 'backendRefs'",
        Since(V2_10), "pkg/plugins/policies/meshtcproute/api/v1alpha1/validator.go");

    public bool RoutesUnderRoutes { get; } = facts.Add(
        Routes, "A policy may have a MeshHTTPRoute as its top-level target",
        Before(V3_0), "api/common/v1alpha1/targetref.go", "UPGRADE.md 3.0.0: Legacy top-level policy targetRef selector kinds removed");

    public bool RouteFailsClosed { get; } = facts.Add(
        Routes, "A rule of a MeshHTTPRoute whose backendRefs all fail answers 500",
        Since(V3_0),
        "pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go",
        "UPGRADE.md 3.0.0: A MeshHTTPRoute rule whose backendRefs all fail to resolve answers 500");

    public bool RuleStaysWithoutCluster { get; } = facts.Add(
        Routes, "A rule of a MeshHTTPRoute without working backendRefs stays and leads nowhere; otherwise it disappears",
        By(false, (V2_12, true), (V2_14, false)), "pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go");
}
