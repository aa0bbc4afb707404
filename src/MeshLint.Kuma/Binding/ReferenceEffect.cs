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

/// <summary>Says effects in words.</summary>
internal static class ReferenceEffects
{
    /// <summary>One sentence without full stop; "" for <see cref="ReferenceEffect.None"/>.</summary>
    public static string Text(ReferenceEffect effect) => effect switch
    {
        ReferenceEffect.None => "",
        ReferenceEffect.PolicySelectsNothing => "the policy applies to no proxy",
        ReferenceEffect.PolicySelectsSome => "the policy does not apply to the selected proxies that lack the section",
        ReferenceEffect.ItemWithoutEffect => "the item has no effect",
        ReferenceEffect.NeverMatches => "no client ever matches",
        ReferenceEffect.FallsBackToParent => "the rule sends its requests to the parent destination",
        ReferenceEffect.RuleDisappears => "the rule disappears, and its requests take the next rule that matches",
        ReferenceEffect.RuleWithoutCluster => "the rule has no cluster left, and Envoy refuses such a configuration",
        ReferenceEffect.OthersTakeShare => "the other backendRefs of the rule take its share",
        ReferenceEffect.ShareAnswers500 => "its share of the requests is answered with status 500",
        ReferenceEffect.RuleAnswers500 => "every request of the rule is answered with status 500",
        ReferenceEffect.MirrorLeftOut => "requests are not mirrored",
        ReferenceEffect.ProxyConfigurationFails => "every proxy that the route reaches keeps its old configuration for ever",
        ReferenceEffect.NoListener => "nothing listens for it",
        ReferenceEffect.ConnectionsClosed => "connections are closed",
        ReferenceEffect.NoEndpoints => "requests find no endpoint",
        ReferenceEffect.Unreachable => "the destination is out of the proxy's reach and has no hostname there",
        ReferenceEffect.AllPortsReachable => "every port of the destination is reachable",
        ReferenceEffect.OnePortReachable => "only its first unnamed port is reachable",
        ReferenceEffect.OldestTaken => "the one that was created first is taken",
        ReferenceEffect.SomeTaken => "only some of them are reachable, in no defined order",
        ReferenceEffect.SelectsNothing => "it selects nothing",
        ReferenceEffect.PartAddsNothing => "the services without the port add no endpoint",
        ReferenceEffect.BackendSkipped => "nothing is sent to it",
        ReferenceEffect.CertificatesMissing => "the certificates cannot be loaded",
        _ => "no proxy ever uses the document",
    };
}
