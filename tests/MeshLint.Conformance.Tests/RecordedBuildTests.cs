using System.Text.Json;
using MeshLint.Conformance.Tests.Universes;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using MeshLint.Sources;
using MeshLint.Kuma.Versions;
using MeshLint.Output.Templates;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>Manifests and plans of whole recorded meshes: what must hold for any input.</summary>
public sealed class RecordedBuildTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.14", "universes-zone")]
    [InlineData("3.0", "universes-zone")]
    [InlineData("2.14", "legacy")]
    public void A_rendered_manifest_is_stored_as_its_document_is(string version, string file)
    {
        var tally = new Tally($"manifests-{file}-{version}");
        foreach (var line in Recordings.Open(file, version))
        {
            using (line)
            {
                var first = Compile(line.RootElement);
                var rendered = ManifestEmitter.Emit(first.Verdicts, first.Objects, ManifestForms.Universal, first.Version).Files.Where(f => f.RelativePath.EndsWith(".yaml", StringComparison.Ordinal));
                var second = Compilation.Create(SourceSet.Create(rendered.Select(f => new SourceFile(f.RelativePath, f.Text))), first.Options);
                var stored = Stored(second);
                var id = line.RootElement.GetProperty("id").GetString();
                foreach (var (key, text) in Stored(first))
                {
                    stored.Remove(key, out var again);
                    tally.Compare("manifests", $"{id} {key}", text, again);
                }

                tally.Compare("nothing else", $"{id}", "", string.Join(' ', stored.Keys));
            }
        }

        output.WriteLine(tally.Report());
        Assert.All(tally.Aspects, aspect => Assert.True(tally.Share(aspect) >= 1, aspect));
    }

    [Fact]
    public void Plans_of_one_mesh_in_four_modes_find_the_same_references()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "schema", "plan.schema.json")));
        var references = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var plans = 0;
        foreach (var line in Recordings.Open("legacy", "2.14"))
        {
            using (line)
            {
                var id = line.RootElement.GetProperty("id").GetString() ?? "";
                var plan = Compile(line.RootElement).Plan;
                using var json = JsonDocument.Parse(PlanJson.Write(plan));
                Assert.Empty(JsonSchema.Validate(schema.RootElement, json.RootElement));
                Assert.Contains("## Not analysed", PlanMarkdown.Render(plan), StringComparison.Ordinal);
                var seed = id[..id.LastIndexOf('-')];
                if (!references.TryGetValue(seed, out var variants))
                    references[seed] = variants = new HashSet<string>(StringComparer.Ordinal);
                variants.Add(string.Join(';', plan.References.Select(r => $"{r.Role} {r.Service} {r.Path}").Order(StringComparer.Ordinal)));
                plans++;
            }
        }

        Assert.True(plans >= (Recordings.IsSample ? Recordings.SampleCount("legacy", "2.14") : 100));
        Assert.All(references, r => Assert.True(r.Value.Count == 1, r.Key));
    }

    private static Dictionary<string, string> Stored(Compilation compilation)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var verdict in compilation.Verdicts)
        {
            if (verdict.Stored is { } stored)
                result[$"{stored.Kind} {stored.Mesh}/{stored.CoreName}"] = $"{stored.Labels} {Body(stored)}";
        }

        return result;
    }

    // The body of a protobuf kind that nothing was dropped from still stands in its document, beside the type and the name.
    private static string Body(MeshLint.Kuma.Resources.StoredResource stored) => stored.KindInfo.IsPlugin
        ? Canonical.Text(stored.Spec)
        : string.Join(',', stored.Spec.Entries.Where(e => e.Key is not ("type" or "name" or "mesh" or "labels")).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{Canonical.Text(e)}"));

    private static Compilation Compile(JsonElement universe)
    {
        _ = KumaVersions.TryParse(universe.GetProperty("version").GetString(), out var version);
        var files = universe.GetProperty("documents").EnumerateArray().Select((d, i) => new SourceFile($"{i:00000}.yaml", d.GetProperty("resource").GetRawText()));
        return Compilation.Create(SourceSet.Create(files), new MeshLintOptions { Version = version, ControlPlanes = [new ControlPlane { Path = ".", Zone = "default" }] });
    }
}
