using System.Text.Json;
using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>The documents of the recorded meshes are taken and refused as they were, and their labels and fields are stored so.</summary>
public sealed class AdmissionUniverseTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.9", "universes-zone")]
    [InlineData("2.11", "universes-zone")]
    [InlineData("2.11", "legacy")]
    [InlineData("2.12", "universes-zone")]
    [InlineData("2.13", "universes-zone")]
    [InlineData("2.14", "universes-zone")]
    [InlineData("2.14", "universes-multizone")]
    [InlineData("2.14", "legacy")]
    [InlineData("3.0", "universes-zone")]
    [InlineData("3.0", "universes-multizone")]
    public void Recorded_meshes(string line, string file)
    {
        Assert.True(KumaVersions.TryParse(line, out var version));
        var total = 0;
        var wrong = new List<string>();
        foreach (var recorded in Recordings.Open(file, line))
        {
            using (recorded)
            {
                var expected = recorded.RootElement.GetProperty("expected").GetProperty("admission");
                var index = 0;
                foreach (var entry in recorded.RootElement.GetProperty("documents").EnumerateArray())
                {
                    total++;
                    if (Compare(entry, expected[index++], version) is { } difference)
                        wrong.Add($"{recorded.RootElement.GetProperty("id").GetString()} {difference}\n    {entry.GetRawText()}");
                }
            }
        }

        output.WriteLine($"{total - wrong.Count}/{total}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    private static string? Compare(JsonElement entry, JsonElement expected, KumaVersion version)
    {
        var document = JsonNodes.ToDocument(entry.GetProperty("resource"));
        var place = entry.GetProperty("place").GetString() switch
        {
            "global" => new ControlPlane { Role = ControlPlaneRole.Global, Zone = "" },
            "zone" or null => new ControlPlane(),
            var zone => new ControlPlane { Role = ControlPlaneRole.FederatedZone, Zone = zone },
        };
        var resource = ResourceReader.Read(document, place, 0).Resources[0];
        var verdict = AdmissionJudge.Judge(resource, new AdmissionWorld { Version = version, MeshExists = static (_, _) => true });
        if (verdict.Accepted != expected.GetProperty("accepted").GetBoolean())
            return $"accepted {verdict.Accepted}: {string.Join("; ", verdict.Violations)} {verdict.Detail} | {expected.GetRawText()}";
        if (!expected.TryGetProperty("violations", out var violations) || violations.ValueKind != JsonValueKind.Array)
            return null;
        var wanted = violations.EnumerateArray().Select(v => $"{v.GetProperty("field").GetString()}: {v.GetProperty("reason").GetString()}").Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal);
        var given = verdict.Violations.Select(v => $"{v.Field}: {v.Reason}").Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal);
        return wanted.SequenceEqual(given, StringComparer.Ordinal) ? null : $"{string.Join("; ", given)} | {expected.GetRawText()}";
    }
}
