using System.Text;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Yaml.Tests;

/// <summary>Files that kubectl 1.32 was asked about: every one is read, or refused, as there.</summary>
public sealed class KubectlRecordingTests(ITestOutputHelper output)
{
    private const int ShownDifferences = 40;

    [SharedFact]
    public void All_recordings_agree() => Compare(SharedData.PathOf("yaml/cases.jsonl.gz"), 5000);

    [Fact]
    public void The_sample_in_this_repository_agrees()
        => Compare(Path.Combine(SharedData.ProjectRoot, "tests", "recordings", "yaml", "cases.jsonl.gz"), 600);

    private void Compare(string path, int atLeast)
    {
        var cases = RecordedCase.Load(path);
        Assert.True(cases.Count >= atLeast, $"{cases.Count} cases");
        var differences = cases.ConvertAll(c => (Case: c, Difference: c.Difference()));
        foreach (var group in differences.GroupBy(d => d.Case.Group).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{group.Key,-20} {group.Count(d => d.Difference is null),5} / {group.Count()}");
        var wrong = differences.Where(d => d.Difference is not null).ToList();
        output.WriteLine($"{"all",-20} {cases.Count - wrong.Count,5} / {cases.Count}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(ShownDifferences).Select(d
            => $"{d.Case.Id}: {Encoding.UTF8.GetString(d.Case.Bytes)}\n  {d.Difference}")));
    }
}
