using System.Globalization;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Diagnostics;
using MeshLint.Kuma.Resources;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Core.Tests;

/// <summary>Where a document stands in the repository changes nothing but what a control plane decides by age.</summary>
public sealed class ShuffleTests
{
    // These findings say which of several counts, and age decides that.
    private static readonly string[] DecidedByAge = ["port-conflict", "ambiguous-backend-ref"];

    [Theory]
    [InlineData(ResourceForm.Universal, 1)]
    [InlineData(ResourceForm.Universal, 2)]
    [InlineData(ResourceForm.Kubernetes, 3)]
    [InlineData(ResourceForm.Kubernetes, 4)]
    public void Moving_files_changes_no_finding(ResourceForm form, int seed)
    {
        var repository = SyntheticRepository.Create(1000, form, defectsEach: 5);
        var random = new Random(seed);
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        var shuffled = repository.Files.Select(file => (Path: Move(file.Path), file.Text)).ToList();
        var before = Describe(repository.Files, static path => path);
        var after = Describe(shuffled, path => moved.GetValueOrDefault(path, path));
        Assert.NotEmpty(before);
        Assert.Equal(before, after);

        string Move(string path)
        {
            if (path == ConfigurationReader.FileName || path.StartsWith("charts/", StringComparison.Ordinal) || path.StartsWith('.'))
                return path;
            var target = string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}/{path}");
            moved[target] = path;
            return target;
        }
    }

    [Fact]
    public void One_thread_and_many_say_the_same()
    {
        var repository = SyntheticRepository.Create(2000, ResourceForm.Universal, defectsEach: 5);
        var one = Texts(repository.Files, threads: 1);
        Assert.NotEmpty(one);
        foreach (var threads in new[] { 2, 8, 8 })
            Assert.Equal(one, Texts(repository.Files, threads));
    }

    private static List<string> Texts(IReadOnlyList<(string Path, string Text)> files, int threads) =>
        [.. TestRepository.Compile([.. files], threads: threads).Diagnostics.Select(d => $"{d.Descriptor.Id} {d.Location.Source.Path} {d.Location.Span} {d.Message} {string.Join('|', d.Notes)}")];

    private static List<string> Describe(IReadOnlyList<(string Path, string Text)> files, Func<string, string> original) =>
    [
        .. TestRepository.Compile([.. files]).Diagnostics
            .Where(d => d.Severity > Severity.Info)
            .Select(d => DecidedByAge.Contains(d.Descriptor.Slug)
                ? d.Descriptor.Slug
                : $"{d.Descriptor.Slug} {original(d.Location.Source.Path)}:{d.Location.Source.GetPosition(d.Location.Span.Start).Line} {d.Message}")
            .Order(StringComparer.Ordinal),
    ];
}
