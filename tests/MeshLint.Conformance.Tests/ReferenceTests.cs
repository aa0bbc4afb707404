using MeshLint.Conformance.Tests.References;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>Bound references against what real control planes made of them: rules, routes, outbounds (tests/recordings/README.md).</summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.9", "universes-zone")]
    [InlineData("2.11", "universes-zone")]
    [InlineData("2.12", "universes-zone")]
    [InlineData("2.13", "universes-zone")]
    [InlineData("2.14", "universes-zone")]
    [InlineData("3.0", "universes-zone")]
    [InlineData("2.14", "universes-multizone")]
    [InlineData("3.0", "universes-multizone")]
    [InlineData("2.11", "legacy")]
    [InlineData("2.14", "legacy")]
    public void References_end_as_the_control_planes_resolve_them(string version, string file)
    {
        var tally = new Tally($"references-{file}-{version}");
        var policies = new PolicyComparer(tally);
        var routes = new RouteComparer(tally);
        var outbounds = new OutboundComparer(tally);
        var failures = new FailureComparer(tally);
        foreach (var line in Recordings.Open(file, version))
        {
            using (line)
            {
                var universe = new BoundUniverse(Universe.Load(line.RootElement, tally));
                policies.Compare(universe);
                routes.Compare(universe);
                outbounds.Compare(universe);
                failures.Compare(universe);
            }
        }

        output.WriteLine(tally.Report());
        Assert.All(tally.Aspects.Where(a => a[0] != '('), aspect => Assert.True(tally.Share(aspect) >= 1, aspect));
    }
}
