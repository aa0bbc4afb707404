using System.Collections.Immutable;
using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary>Every id has at least three near misses: its own bad examples with a small edit, about which it says nothing.</summary>
/// <remarks>The habit that all rules share: <c>NearMisses/ML2001.txt</c>, in the form that <see cref="NearMissCase"/> describes.</remarks>
public sealed class NearMissFileTests
{
    private const int Least = 3;

    // Whoever cannot be read or is refused is silent for the wrong reason.
    private static readonly HashSet<string> NotStored = ["ML0002", "ML0003", "ML0005", "ML1001", "ML1002", "ML1003", "ML1004", "ML2010"];

    private static readonly string Folder = Path.Combine(SharedData.ProjectRoot, "tests", "MeshLint.Core.Tests", "Rules", "NearMisses");

    public static TheoryData<string> Ids() =>
        [.. RuleCatalog.Descriptors.Select(static d => d.Id).Except(RulePageTests.WithoutExamples, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Near_misses_stay_silent(string id)
    {
        var path = Path.Combine(Folder, $"{id}.txt");
        Assert.True(File.Exists(path), $"{path} is missing: every id has at least {Least} near misses");
        var cases = NearMissCase.Read(File.ReadAllText(path));
        Assert.True(cases.Count >= Least, $"{id} has {cases.Count} near misses, {Least} are the least");
        Assert.Equal(cases.Count, cases.Select(static c => c.Why).Distinct(StringComparer.Ordinal).Count());
        var examples = RulePage.Examples(File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "rules", $"{id}.md"))).Where(static e => e.IsBad).ToList();
        var wrong = new List<string>();
        foreach (var miss in cases)
            Check(id, miss, examples, wrong);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_file_belongs_to_an_id()
    {
        var ids = RuleCatalog.Descriptors.Select(static d => d.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder))
            Assert.Contains(Path.GetFileNameWithoutExtension(file), ids);
    }

    private static void Check(string id, NearMissCase miss, List<RuleExample> examples, List<string> wrong)
    {
        try
        {
            var example = examples[miss.Example - 1];
            var before = Report(example, example.Text);
            var after = Report(example, miss.Apply(example.Text));
            Assert.Contains(before, d => d.Descriptor.Id == id);
            foreach (var finding in after.Where(d => d.Descriptor.Id == id))
                wrong.Add($"{id}.txt:{miss.Line} ({miss.Why}) reports: {finding.Message}");
            var known = before.Select(static d => d.Descriptor.Id).Where(i => i != id).ToHashSet(StringComparer.Ordinal);
            foreach (var finding in after.Where(d => NotStored.Contains(d.Descriptor.Id) && d.Descriptor.Id != id && !known.Contains(d.Descriptor.Id)))
                wrong.Add($"{id}.txt:{miss.Line} ({miss.Why}) is silent because of {finding.Descriptor.Id}: {finding.Message}");
        }
        catch (InvalidOperationException problem)
        {
            wrong.Add($"{id}.txt {problem.Message}");
        }
    }

    private static ImmutableArray<Diagnostic> Report(RuleExample example, string text) => TestRepository.Compile(text, example.Version).Diagnostics;
}
