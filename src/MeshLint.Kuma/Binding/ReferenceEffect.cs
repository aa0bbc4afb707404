using MeshLint.Kuma.Topology;

namespace MeshLint.Kuma.Binding;

/// <summary>
/// What happens at run time to what a reference stands for (docs/kuma/references.md#backend-references,
/// docs/kuma/references.md#reachable-backends).
/// </summary>
public enum ReferenceEffect
{
    /// <summary>What is written happens.</summary>
    None,

    /// <summary>The policy applies to no proxy.</summary>
    PolicySelectsNothing,

    /// <summary>The policy applies to some of the proxies that it selects.</summary>
    PolicySelectsSome,

    /// <summary>The item of the policy does nothing.</summary>
    ItemWithoutEffect,

    /// <summary>No client ever matches the item.</summary>
    NeverMatches,

    /// <summary>The rule sends its requests to the parent destination.</summary>
    FallsBackToParent,

    /// <summary>The rule disappears; its requests take the next rule that matches.</summary>
    RuleDisappears,

    /// <summary>The rule stays without any cluster, which Envoy refuses (2.13 and earlier).</summary>
    RuleWithoutCluster,

    /// <summary>The other backendRefs of the rule take its share.</summary>
    OthersTakeShare,

    /// <summary>The lost share of the rule's requests is answered with status 500 (3.0).</summary>
    ShareAnswers500,

    /// <summary>Every request of the rule is answered with status 500 (3.0).</summary>
    RuleAnswers500,

    /// <summary>Requests are not mirrored.</summary>
    MirrorLeftOut,

    /// <summary>Every proxy that the route reaches keeps its old configuration for ever.</summary>
    ProxyConfigurationFails,

    /// <summary>There is no listener for the destination or the local port.</summary>
    NoListener,

    /// <summary>The listener closes every connection.</summary>
    ConnectionsClosed,

    /// <summary>The cluster has no endpoint: HTTP answers 503, TCP is reset.</summary>
    NoEndpoints,

    /// <summary>The destination has neither listener nor hostname for the proxy.</summary>
    Unreachable,

    /// <summary>Every port of the destination is reachable, not the one that is named.</summary>
    AllPortsReachable,

    /// <summary>One port of the destination is reachable, not all.</summary>
    OnePortReachable,

    /// <summary>Of several that match one is taken: the oldest.</summary>
    OldestTaken,

    /// <summary>Of several that match some are taken, in no defined order.</summary>
    SomeTaken,

    /// <summary>The selector selects nothing.</summary>
    SelectsNothing,

    /// <summary>A part of what the selector selects adds nothing.</summary>
    PartAddsNothing,

    /// <summary>Nothing is sent to the observability backend.</summary>
    BackendSkipped,

    /// <summary>The certificates cannot be loaded.</summary>
    CertificatesMissing,

    /// <summary>The document is stored, and no proxy ever uses it (Kubernetes may refuse it).</summary>
    DocumentUnused,
}
