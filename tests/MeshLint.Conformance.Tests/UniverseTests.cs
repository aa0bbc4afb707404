using MeshLint.Conformance.Tests.Universes;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>The graph against whole meshes that real control planes answered for (tests/recordings/README.md).</summary>
public sealed class UniverseTests(ITestOutputHelper output)
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
    public void Graph_is_that_of_the_control_planes(string version, string file)
    {
        var tally = new Tally($"{file}-{version}");
        var resources = new UniverseComparer(tally);
        var endpoints = new EndpointComparer(tally);
        foreach (var line in Recordings.Open(file, version))
        {
            using (line)
            {
                var universe = Universe.Load(line.RootElement, tally);
                resources.Compare(universe);
                endpoints.Compare(universe);
            }
        }

        output.WriteLine(tally.Report());
        // Aspects in brackets hang on arrival times and running proxies; they are printed, not judged.
        Assert.All(tally.Aspects.Where(a => a[0] != '('), aspect => Assert.True(tally.Share(aspect) >= 1, aspect));
    }
}
