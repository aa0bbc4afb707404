using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Conformance.Tests;

/// <summary>The sample of the recordings is complete: every version, every kind, as many lines as its index says.</summary>
public sealed class RecordingsTests
{
    [Fact]
    public void Every_version_has_recordings() => Assert.All(
        KumaVersions.All,
        version => Assert.Contains(Recordings.Index(), row => row[0] == $"live-{version.Text()}/admission-universal.jsonl.gz"));

    [Fact]
    public void The_index_names_every_file_and_its_lines()
    {
        var folder = Recordings.SampleFolder;
        var rows = Recordings.Index().ToList();
        foreach (var row in rows)
        {
            var lines = 0;
            foreach (var line in SharedData.ReadLinesOf(Path.Combine(folder, row[0])))
            {
                line.Dispose();
                lines++;
            }

            Assert.Equal($"{row[0]} {row[1]}", $"{row[0]} {lines}");
            Assert.True(lines > 0, row[0]);
        }

        // Samples of other things than control planes have folders and indexes of their own.
        var files = Directory.EnumerateFiles(folder, "*.gz").Concat(Directory.EnumerateDirectories(folder, "live-*").SelectMany(Directory.EnumerateFiles))
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'));
        Assert.Equal(rows.Select(r => r[0]).Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("admission-kubernetes")]
    [InlineData("admission-universal")]
    [InlineData("kubernetes")]
    [InlineData("legacy")]
    [InlineData("universes-multizone")]
    [InlineData("universes-zone")]
    [InlineData("validators")]
    public void Every_kind_has_recordings(string kind) =>
        Assert.Contains(Recordings.Index(), row => row[0].EndsWith($"/{kind}.jsonl.gz", StringComparison.Ordinal));
}
