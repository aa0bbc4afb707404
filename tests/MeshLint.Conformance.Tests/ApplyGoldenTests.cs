using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Conformance.Tests;

/// <summary>What <c>kumactl apply</c> leaves in the store (app/kumactl/cmd/apply/testdata) is what the judge says is stored.</summary>
/// <remarks>The goldens write to the store itself: no manager tags a Dataplane with its zone, no labels are computed. What looks like a version is hidden in them.</remarks>
public sealed class ApplyGoldenTests
{
    [Theory]
    [InlineData("2.14", 7)]
    [InlineData("3.0", 7)]
    public void Applied_files_are_stored_like_the_goldens(string line, int resources)
    {
        Assert.True(KumaVersions.TryParse(line, out var version));
        var folder = Recordings.Golden(line, "app/kumactl/cmd/apply/testdata/golden");
        var compared = 0;
        foreach (var golden in Directory.EnumerateFiles(folder, "*.golden.store.yaml").Order(StringComparer.Ordinal))
        {
            var wanted = DocumentReader.Read(new SourceText("golden.yaml", File.ReadAllText(golden))).Select(d => d.Root).Where(r => r["type"].Exists).ToList();
            var input = golden.Replace(".golden.store.yaml", ".input.yaml", StringComparison.Ordinal);
            var applied = DocumentReader.Read(new SourceText("input.yaml", File.ReadAllText(input)))
                .SelectMany(d => ResourceReader.Read(d, new ControlPlane { Zone = "" }, 0).Resources)
                .Select(r => AdmissionJudge.Judge(r, new AdmissionWorld { Version = version, MeshExists = static (_, _) => true }).Stored)
                .ToDictionary(s => $"{s?.Kind} {s?.Resource.Name}", StringComparer.Ordinal);
            Assert.Equal(wanted.Count, applied.Count);
            foreach (var root in wanted)
            {
                var stored = applied[$"{root["type"].Text} {root["name"].Text}"];
                Assert.NotNull(stored);
                compared++;
                Assert.Equal(root["mesh"].Text ?? "", stored.Mesh);
                Assert.Equal(Fields(root), Fields(stored.Spec));
            }
        }

        Assert.Equal(resources, compared);
    }

    /// <summary>The fields of the body in the order of their keys, with all that is in them.</summary>
    private static string Fields(Node body) =>
        string.Join('\n', body.Entries
            .Where(e => e.Key is not ("type" or "name" or "mesh" or "labels" or "kri" or "creationTime" or "modificationTime"))
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => $"{e.Key}: {Text(e)}"));

    private static string Text(Node node) => node.Kind switch
    {
        NodeKind.Mapping => "{" + string.Join(", ", node.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {Text(e)}")) + "}",
        NodeKind.Sequence => "[" + string.Join(", ", node.Items.Select(Text)) + "]",
        _ => node.Key == "version" ? "any" : $"{node.Kind} {node.Text}",
    };
}
