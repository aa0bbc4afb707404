using MeshLint.Diagnostics;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.Conformance.Tests;

/// <summary>Each example of Kuma's documentation, checked on its own and without a configuration: every error is one that a person has looked at.</summary>
/// <remarks>
/// <c>Corpus/known-errors.txt</c> has one line an error: file, slug, message and why the example is really wrong, separated by tabs. What is not in
/// the list is a false alarm until somebody shows otherwise; what is in the list and not found is an error that got lost.
/// </remarks>
public sealed class CorpusTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("docs-2.14", "2.14", 100)]
    [InlineData("docs-2.11", "2.11", 100)]
    public void Errors_are_the_known_ones(string folder, string line, int atLeast)
    {
        Assert.True(KumaVersions.TryParse(line, out var version));
        var found = new List<string>();
        var files = Directory.GetFiles(Recordings.Corpus(folder), "*.yaml");
        Assert.True(files.Length >= atLeast, $"{files.Length} files");
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var compilation = TestRepository.Compile([(Path.GetFileName(file), File.ReadAllText(file))], version);
            foreach (var diagnostic in compilation.Diagnostics)
            {
                if (diagnostic.Severity == Severity.Error)
                    found.Add($"{folder}/{Path.GetFileName(file)}\t{diagnostic.Descriptor.Slug}\t{diagnostic.Message.ReplaceLineEndings(" ")}");
            }
        }

        var known = Known(folder);
        output.WriteLine($"{files.Length} files, {found.Count} errors, {known.Count} known");
        var unknown = found.Except(known, StringComparer.Ordinal).ToList();
        var lost = known.Except(found, StringComparer.Ordinal).ToList();
        Assert.True(unknown.Count == 0 && lost.Count == 0, $"not in the list:\n{string.Join('\n', unknown)}\nin the list, not found:\n{string.Join('\n', lost)}");
    }

    private static List<string> Known(string folder)
    {
        var known = new List<string>();
        var path = Path.Combine(SharedData.ProjectRoot, "tests", "MeshLint.Conformance.Tests", "Corpus", "known-errors.txt");
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var parts = line.Split('\t');
            Assert.True(parts.Length == 4 && parts[3].Trim().Length > 0, $"a line needs file, slug, message and reason: {line}");
            if (parts[0].StartsWith($"{folder}/", StringComparison.Ordinal))
                known.Add(string.Join('\t', parts[..3]));
        }

        return known;
    }
}
