using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Analysis.Rules;
using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Kuma.Versions;

namespace MeshLint.Testing;

/// <summary>A repository in one string: parts begin with a line <c># file: path</c>; <c>.meshlint.yaml</c> is the configuration.</summary>
public static class TestRepository
{
    private const string Marker = "# file: ";

    /// <summary>The files of the string; text before the first marker is <c>mesh.yaml</c>.</summary>
    public static List<(string Path, string Text)> Split(string text)
    {
        var files = new List<(string, string)>();
        var path = "mesh.yaml";
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith(Marker, StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }

            Flush();
            path = line[Marker.Length..].Trim();
        }

        Flush();
        return files;

        void Flush()
        {
            if (lines.Any(l => l.Length > 0))
                files.Add((path, string.Join('\n', lines)));
            lines.Clear();
        }
    }

    /// <summary>Compiles the string.</summary>
    /// <param name="text">The files.</param>
    /// <param name="version">The Kuma line; null = the configuration's, else the default.</param>
    public static Compilation Compile(string text, KumaVersion? version = null) => Compile(Split(text), version);

    /// <summary>Compiles files.</summary>
    public static Compilation Compile(IReadOnlyCollection<(string Path, string Text)> files, KumaVersion? version = null, int threads = 0)
    {
        var options = new MeshLintOptions();
        foreach (var (path, content) in files)
        {
            if (path != ConfigurationReader.FileName)
                continue;
            var result = ConfigurationReader.Read(new SourceText(path, content), RuleCatalog.Names);
            if (!result.Problems.IsEmpty)
                throw new InvalidOperationException($"the test's configuration is wrong: {result.Problems[0]}");
            options = result.Options;
        }

        options = options with { Threads = threads };
        if (version is { } chosen)
            options = options with { Version = chosen };
        var sources = SourceSet.Create(files.Where(f => f.Path != ConfigurationReader.FileName).Select(f => new SourceFile(f.Path, f.Text)));
        return Compilation.Create(sources, options);
    }
}
