using System.Collections.Frozen;
using System.Collections.Immutable;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Topology.Building;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Topology;
using MeshLint.Kuma.Meshes;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit.Abstractions;
using Xunit;

namespace MeshLint.Conformance.Tests;

/// <summary>Which destinations the <c>to[]</c> items of policies reach, against Kuma's own goldens (pkg/plugins/policies/core/rules/outbound/testdata/resourcerules).</summary>
public sealed class ResourceRuleGoldenTests(ITestOutputHelper output)
{
    private const string Folder = "pkg/plugins/policies/core/rules/outbound/testdata/resourcerules";

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void Items_reach_the_destinations_of_the_goldens(string version)
    {
        Assert.True(KumaVersions.TryParse(version, out var line));
        var tally = new Tally($"resourcerules-{version}");
        foreach (var input in Directory.EnumerateFiles(Recordings.Golden(version, Folder), "*.input.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var golden in Directory.EnumerateFiles(input[..^".input.yaml".Length], "*.golden.yaml").Order(StringComparer.Ordinal))
            {
                var origin = Path.GetFileName(golden)[..^".golden.yaml".Length].Split("-2-")[0];
                var expected = ReadDocuments(golden).SelectMany(d => d.Root.Entries).Select(Describe);
                var actual = Bind(ReadDocuments(input), line, origin);
                tally.Compare("to: destinations and items", $"{input} {Path.GetFileName(golden)}", string.Join("\n", expected.Order(StringComparer.Ordinal)), string.Join("\n", actual.Order(StringComparer.Ordinal)));
            }
        }

        output.WriteLine(tally.Report());
        Assert.All(tally.Aspects, aspect => Assert.True(tally.Share(aspect) >= 1, aspect));
    }

    private static string Describe(Node rule)
    {
        var items = rule["Origin"].Items.Select(o => $"{o["Resource"]["Labels"][WellKnown.DisplayName].AsString()}[{o["RuleIndex"].AsInteger() ?? 0}]");
        return $"{rule.Key}: {string.Join(", ", items.Distinct().Order(StringComparer.Ordinal))}";
    }

    private static IEnumerable<string> Bind(IEnumerable<SourceDocument> documents, KumaVersion version, string origin)
    {
        var place = new ControlPlane { Role = ControlPlaneRole.Zone, Zone = "checked" };
        var resources = documents.SelectMany((d, i) => ResourceReader.Read(d, place, i).Resources).ToList();
        var stored = resources.Where(r => r.Kind != "Mesh").Select(r => new StoredResource { Resource = r, Labels = LabelsOf(r, origin), Spec = r.Spec }).ToList();
        var destinations = stored.Where(s => s.KindInfo.Group == KindGroup.Destination).Select(s => DestinationReader.Read(s, place, s.Order, version)).ToImmutableArray();
        foreach (var destination in destinations)
            destination.Instances = [new DestinationInstance { Destination = destination, ControlPlane = place, CoreName = destination.CoreName, Labels = destination.Labels, Order = destination.Order }];
        var meshes = resources.Where(r => r.Kind == "Mesh").Select(r => new MeshInfo
        {
            Name = r.Name, Home = place, HasMtls = false, Mode = MeshServicesMode.Exclusive,
            Documents = [new StoredResource { Resource = r, Labels = LabelSet.Empty, Spec = r.Spec }],
        }).ToImmutableArray();
        var view = new ZoneView(version)
        {
            ControlPlane = place,
            Meshes = meshes.ToFrozenDictionary(m => m.Name),
            Dataplanes = [],
            Destinations = [.. destinations.Select(d => d.Local)],
            Resources = [.. stored.Where(s => s.KindInfo.Group == KindGroup.Policy).Select(s => new ResourceInstance
            {
                KindInfo = s.KindInfo, Mesh = s.Mesh, ControlPlane = place, Home = place, CoreName = s.CoreName, Labels = s.Labels, Spec = s.Spec, Stored = s, Order = s.Order,
            })],
        };
        var graph = new MeshGraph(version, [view]) { Meshes = meshes, Dataplanes = [], Destinations = destinations };
        var triples = new List<(string Item, ReferenceTarget Target, string Section)>();
        foreach (var reference in ReferenceBinder.Bind(graph).References.Where(r => r.Edge == ReferenceEdge.To && r.FromName.StartsWith("matched-for-rules", StringComparison.Ordinal)))
        {
            var outcome = Assert.Single(reference.Outcomes);
            var index = reference.Path[(reference.Path.IndexOf('[', StringComparison.Ordinal) + 1)..reference.Path.IndexOf(']', StringComparison.Ordinal)];
            if (outcome.Status is ReferenceStatus.Resolved)
                triples.AddRange(outcome.Targets.Select(t => ($"{reference.FromName}[{index}]", t, t.Port is { } p && t.Destination is { } d ? d.Destination.SectionName(p, version) : "")));
        }

        return triples.Select(t => t.Target.Kri).Distinct().ToList().Select(kri =>
        {
            var of = triples.First(t => t.Target.Kri == kri);
            var items = triples.Where(t => References.PolicyComparer.IsRelevant(t.Target, t.Section, of.Target, of.Section)).Select(t => t.Item);
            return $"{kri}: {string.Join(", ", items.Distinct().Order(StringComparer.Ordinal))}";
        });
    }

    /// <summary>What the goldens' control plane of origin would have computed.</summary>
    private static LabelSet LabelsOf(MeshResource resource, string origin)
    {
        var labels = LabelSet.Empty.With(WellKnown.Origin, origin.Split('-')[0]).With(WellKnown.DisplayName, resource.Name);
        if (origin.StartsWith("zone", StringComparison.Ordinal))
            labels = labels.With(WellKnown.Zone, origin);
        if (origin.EndsWith("k8s", StringComparison.Ordinal))
            labels = labels.With(WellKnown.Namespace, "ns-k8s").With(WellKnown.Mesh, resource.Mesh);
        return LabelSet.Create(labels.Concat(LabelSet.From(resource.LabelsNode)));
    }

    private static List<SourceDocument> ReadDocuments(string path) => [.. DocumentReader.Read(new SourceText(path, File.ReadAllText(path)))];
}
