using MeshLint.Diagnostics;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests;

/// <summary>A repository of 2,000 documents with ten defects of each founding kind: each is found on its line, and nothing else is.</summary>
public sealed class SeededDefectTests
{
    private const int Documents = 2000;
    private const int DefectsEach = 10;

    [Theory]
    [InlineData(ResourceForm.Universal)]
    [InlineData(ResourceForm.Kubernetes)]
    public void Every_seeded_defect_is_found_and_nothing_else(ResourceForm form)
    {
        var repository = SyntheticRepository.Create(Documents, form, DefectsEach);
        Assert.Equal(SyntheticRepository.DefectSlugs.Count * DefectsEach, repository.Defects.Count);
        var diagnostics = TestRepository.Compile([.. repository.Files]).Diagnostics;
        var found = diagnostics
            .Where(d => d.Severity > Severity.Info)
            .Select(d => $"{d.Location.Source.Path}:{d.Location.Source.GetPosition(d.Location.Span.Start).Line} {d.Descriptor.Slug}")
            .Order(StringComparer.Ordinal)
            .ToList();
        var expected = repository.Defects.Select(d => $"{d.Path}:{d.Line} {d.Slug}").Order(StringComparer.Ordinal).ToList();
        Assert.Empty(expected.Except(found, StringComparer.Ordinal));
        Assert.Empty(found.Except(expected, StringComparer.Ordinal));
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(ResourceForm.Universal)]
    [InlineData(ResourceForm.Kubernetes)]
    public void Templates_and_workflows_in_the_tree_are_no_errors(ResourceForm form)
    {
        var diagnostics = TestRepository.Compile([.. SyntheticRepository.Create(200, form).Files]).Diagnostics;
        var only = Assert.Single(diagnostics);
        Assert.Equal("templated-file", only.Descriptor.Slug);
    }
}
