using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary>What a repository does not hold is not called missing.</summary>
public sealed class ReferenceRuleTests
{
    private const string Retry = """
        type: MeshRetry
        mesh: default
        name: retries
        labels: {kuma.io/origin: ORIGIN}
        spec:
          targetRef: {kind: Mesh}
          to:
            - targetRef: {kind: MeshMultiZoneService, labels: {kuma.io/display-name: cart}}
              default: {http: {numRetries: 3}}
        """;

    [Fact]
    public void A_Global_alone_says_nothing_about_its_zones() =>
        RuleVerifier.Verify("# file: .meshlint.yaml\ncontrolPlanes:\n  - {path: ., role: global, environment: universal}\n# file: a.yaml\n"
            + Retry.Replace("ORIGIN", "global", StringComparison.Ordinal));

    [Fact]
    public void A_zone_alone_says_nothing_about_its_Global() =>
        RuleVerifier.Verify("# file: .meshlint.yaml\ncontrolPlanes:\n  - {path: ., role: federated-zone, zone: east, environment: universal}\n# file: a.yaml\n"
            + Retry.Replace("ORIGIN", "zone", StringComparison.Ordinal));

    [Fact]
    public void A_standalone_zone_is_all_there_is() =>
        RuleVerifier.Verify("# file: .meshlint.yaml\ncontrolPlanes:\n  - {path: ., environment: universal}\n# file: a.yaml\n"
            + Retry.Replace("ORIGIN", "zone", StringComparison.Ordinal).Replace("{kuma.io/display-name: cart}", "{|unresolved-destination:{kuma.io/display-name: cart}|}", StringComparison.Ordinal));
}
