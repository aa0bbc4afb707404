using System.Globalization;
using System.Text.Json;
using MeshLint.Kuma.Admission;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>The requests of Kuma's own API tests (pkg/api-server/testdata/resources/crud) and of <c>kumactl apply</c> are answered as there.</summary>
public sealed class AdmissionGoldenTests(ITestOutputHelper output)
{
    private const string UrlRule = "from the URL has to be the same as in body";

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void Api_requests(string line)
    {
        Assert.True(KumaVersions.TryParse(line, out var version));
        var folder = Recordings.Golden(line, "pkg/api-server/testdata/resources/crud");
        var total = 0;
        var wrong = new List<string>();
        foreach (var input in Directory.EnumerateFiles(folder, "*.input.yaml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(input)[..^".input.yaml".Length];
            var requests = File.ReadLines(input).Where(l => l.StartsWith("#/", StringComparison.Ordinal)).ToList();
            for (var i = 0; i < requests.Count; i++)
            {
                var body = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}_{i:00}.request.json"));
                // A second request for one address is an update, of which the labels of the first are part.
                if (!requests[i].Contains("method=PUT", StringComparison.Ordinal) || !File.Exists(body) || name.StartsWith("put_immutable", StringComparison.Ordinal))
                    continue;
                total++;
                var golden = File.ReadAllText(Path.ChangeExtension(Path.ChangeExtension(body, null), null) + ".golden.json");
                if (Compare(File.ReadAllText(body), requests[i].Split(' '), golden, version) is { } difference)
                    wrong.Add($"{Path.GetFileName(body)}: {difference}");
            }
        }

        output.WriteLine($"{total - wrong.Count}/{total}");
        Assert.True(total > 30);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("2.14")]
    [InlineData("3.0")]
    public void Applied_files(string line)
    {
        Assert.True(KumaVersions.TryParse(line, out var version));
        var folder = Recordings.Golden(line, "app/kumactl/cmd/apply/testdata");
        var total = 0;
        foreach (var input in Directory.EnumerateFiles(Path.Combine(folder, "golden"), "*.input.yaml").Order(StringComparer.Ordinal))
        {
            var broken = File.Exists(input.Replace(".input.yaml", ".golden.stderr.txt", StringComparison.Ordinal));
            var documents = DocumentReader.Read(new SourceText(Path.GetFileName(input), File.ReadAllText(input)));
            Assert.True(broken == documents.Any(d => d.IsBroken), input);
            foreach (var resource in documents.SelectMany(d => ResourceReader.Read(d, new ControlPlane(), 0).Resources))
            {
                total++;
                var verdict = AdmissionJudge.Judge(resource, new AdmissionWorld { Version = version, MeshExists = static (_, _) => true });
                Assert.True(verdict.Accepted || broken, $"{input}: {string.Join("; ", verdict.Violations)} {verdict.Detail}");
            }
        }

        output.WriteLine($"{total}/{total}");
        Assert.True(total > 3);
    }

    private static string? Compare(string json, string[] request, string golden, KumaVersion version)
    {
        var accepted = request[1].StartsWith('2');
        using var expected = JsonDocument.Parse(golden);
        JsonDocument body;
        try
        {
            body = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return accepted ? "the request is no JSON" : null;
        }

        using (body)
        {
            // What the request's address says: /meshes/default/dataplanes/dp-1.
            var address = request[0][2..].Split('/');
            var kind = KindCatalog.All.First(k => PluralOf(k.Name) == address[^2].Replace("-", "", StringComparison.Ordinal));
            var document = JsonNodes.ToDocument(body.RootElement);
            var resource = new MeshResource
            {
                KindInfo = kind,
                Kind = kind.Name,
                Form = ResourceForm.Universal,
                Document = document,
                Root = document.Root,
                Place = new ControlPlane { Zone = "" },
                Order = 0,
                Name = document.Root["name"].AsString() ?? "",
                Mesh = kind.IsMeshScoped ? document.Root["mesh"].AsString() ?? "" : "",
            };
            var verdict = AdmissionJudge.Judge(resource, new AdmissionWorld { Version = version, MeshExists = static (_, _) => true });
            var wanted = expected.RootElement.TryGetProperty("invalid_parameters", out var list)
                ? list.EnumerateArray().Select(v => $"{v.GetProperty("field").GetString()}: {v.GetProperty("reason").GetString()}").ToHashSet(StringComparer.Ordinal)
                : [];
            // Only a request has an address to differ from.
            if (wanted.RemoveWhere(w => w.EndsWith(UrlRule, StringComparison.Ordinal)) > 0 && wanted.Count == 0)
                return null;
            if (accepted != verdict.Accepted)
                return $"accepted {verdict.Accepted}, expected {accepted}: {string.Join("; ", verdict.Violations)} {verdict.Detail}";
            if (accepted)
                return null;
            if (wanted.Count == 0)
                return verdict.Detail == expected.RootElement.GetProperty("detail").GetString() ? null : $"{verdict.Detail}\n    expected {golden}";
            var given = verdict.Violations.Select(v => $"{v.Field}: {v.Reason}").ToHashSet(StringComparer.Ordinal);
            return wanted.SetEquals(given) ? null : $"{string.Join("; ", given)}\n    expected {string.Join("; ", wanted)}";
        }
    }

    private static string PluralOf(string kind)
    {
        var name = kind.ToLowerInvariant();
        return name.EndsWith('s') || name.EndsWith("sh", StringComparison.Ordinal) ? name + "es" : name.EndsWith("ry", StringComparison.Ordinal) || name.EndsWith("cy", StringComparison.Ordinal) ? name[..^1] + "ies" : name + "s";
    }
}
