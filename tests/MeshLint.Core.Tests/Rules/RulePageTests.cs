using MeshLint.Diagnostics;
using MeshLint.Analysis.Rules;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests.Rules;

/// <summary>Every rule has a page, and the examples on it do what the page says.</summary>
public sealed class RulePageTests
{
    private static readonly string Folder = Path.Combine(SharedData.ProjectRoot, "docs", "rules");

    public static TheoryData<string> Ids()
    {
        var ids = new TheoryData<string>();
        foreach (var descriptor in RuleCatalog.Descriptors)
            ids.Add(descriptor.Id);
        return ids;
    }

    // What cannot be shown as a repository in a string: failures of MeshLint, of the disk, of what is no YAML text, and what takes thousands of documents.
    internal static readonly string[] WithoutExamples = ["ML0001", "ML0005", "ML0007", "ML0008", "ML0009", "ML0014", "ML0019"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Examples_do_what_the_page_says(string id)
    {
        var path = Path.Combine(Folder, $"{id}.md");
        Assert.True(File.Exists(path), $"docs/rules/{id}.md is missing");
        var text = File.ReadAllText(path);
        var examples = RulePage.Examples(text);
        if (WithoutExamples.Contains(id))
            return;
        Assert.Contains(examples, e => e.IsBad);
        Assert.Contains(examples, e => !e.IsBad);
        foreach (var example in examples)
        {
            var diagnostics = TestRepository.Compile(example.Text, example.Version).Diagnostics;
            var loud = diagnostics.Where(d => d.Severity > Severity.Info || d.Descriptor.Id == id).ToList();
            var shown = string.Join("\n  ", loud.Select(d => $"{d.Descriptor.Id} {d.Location.Source.Path}:{d.Location.Source.GetPosition(d.Location.Span.Start).Line}: {d.Message}"));
            if (example.IsBad)
            {
                Assert.True(loud.Any(d => d.Descriptor.Id == id), $"{id}.md line {example.Line}: the bad example does not yield {id}, but:\n  {shown}");
                Assert.True(loud.All(d => d.Descriptor.Id == id || example.Also.Contains(d.Descriptor.Id)), $"{id}.md line {example.Line}: the bad example yields more:\n  {shown}");
            }
            else
            {
                Assert.True(loud.Count == 0, $"{id}.md line {example.Line}: the good example yields:\n  {shown}");
            }
        }
    }

    [Fact]
    public void Every_page_belongs_to_a_rule()
    {
        var ids = RuleCatalog.Descriptors.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder, "ML*.md"))
            Assert.Contains(Path.GetFileNameWithoutExtension(file), ids);
    }
}
