using System.Text.Json;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.House.Tests;

/// <summary>Lists of Kuma lines outside of the code are complete (docs/new-kuma-version.md).</summary>
public sealed class VersionListTests
{
    [Fact]
    public void Schemas_list_every_version()
    {
        var expected = string.Join(' ', KumaVersions.All.Select(static v => v.Text()).Order(StringComparer.Ordinal));
        var lists = 0;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedData.ProjectRoot, "docs", "schema"), "*.json").Order(StringComparer.Ordinal))
        {
            using var schema = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var list in Lists(schema.RootElement))
            {
                lists++;
                Assert.Equal($"{Path.GetFileName(file)}: {expected}", $"{Path.GetFileName(file)}: {string.Join(' ', list.Order(StringComparer.Ordinal))}");
            }
        }

        Assert.True(lists > 3, $"{lists} lists");
    }

    /// <summary>The values of every <c>enum</c> that lists Kuma lines; numbers stand beside the texts where YAML reads a line as one.</summary>
    private static IEnumerable<List<string>> Lists(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var list in json.EnumerateArray().SelectMany(Lists))
                yield return list;
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                if (property.Name == "enum" && property.Value.ValueKind == JsonValueKind.Array)
                {
                    var texts = property.Value.EnumerateArray().Where(static v => v.ValueKind == JsonValueKind.String).Select(static v => v.GetString() ?? "").ToList();
                    if (texts.Exists(static t => KumaVersions.TryParse(t, out _)))
                        yield return texts;
                }

                foreach (var list in Lists(property.Value))
                    yield return list;
            }
        }
    }
}
