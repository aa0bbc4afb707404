using System.Globalization;
using MeshLint.Kuma.Binding;

namespace MeshLint.Analysis.Rules.References;

/// <summary>Says what follows at run time from how a reference ends: for findings and for <c>effectText</c> in graph.json.</summary>
internal static class EffectWords
{
    /// <summary>One sentence without full stop; "" for <see cref="ReferenceEffect.None"/>.</summary>
    public static string Of(ReferenceOutcome outcome) => outcome switch
    {
        { Effect: ReferenceEffect.ShareAnswers500, LostPercent: { } share } =>
            $"{share.ToString("0.#", CultureInfo.InvariantCulture)} % of the requests of the rule are answered with status 500",
        _ => Of(outcome.Effect),
    };

    private static string Of(ReferenceEffect effect) => effect switch
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
