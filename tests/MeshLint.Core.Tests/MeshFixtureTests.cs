using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests;

/// <summary>A fixture is a mesh that works: in no version does it have a finding of its own.</summary>
public sealed class MeshFixtureTests
{
    public static TheoryData<KumaVersion> Versions => [.. KumaVersions.All];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_standalone_fixture_has_no_findings(KumaVersion version) => RuleVerifier.Verify(
        MeshFixture.Standalone("shop", version).Mesh().Dataplane("cart-1", "main=8080 9090/tcp").MeshService("cart", "web=80->main raw=90->9090/tcp")
            .MeshExternalService("pay").ToMarkup(),
        version);

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_federated_fixture_has_no_findings(KumaVersion version)
    {
        var fixture = MeshFixture.Federated(version: version).Mesh().InZone("east").Dataplane("cart-1").MeshService("cart").InZone("west").Dataplane("web-1").MeshService("web");
        RuleVerifier.Verify(fixture.ToMarkup(), version);
        Assert.Equal(["global", "east", "west"], TestRepository.Compile(fixture.ToMarkup(), version).Places.All.Select(p => p.Name));
    }

    [Fact]
    public void What_is_under_test_stands_behind_the_world() => RuleVerifier.Verify(
        MeshFixture.Standalone().Mesh().Dataplane("cart-1").MeshService("cart").With("""
            type: MeshService
            mesh: default
            name: lost
            spec:
              selector: {dataplaneLabels: {matchLabels: {app: cart}}}
              ports:
                - {port: 80, targetPort: {|target-port-not-found:nowhere|}, appProtocol: http}
            """).ToMarkup(),
        KumaVersion.V2_14);
}
