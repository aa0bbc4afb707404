using System.Text;
using MeshLint.Sources;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

/// <summary>The folders of a revision that a build wrote.</summary>
internal sealed class GitOutputs
{
    private readonly Dictionary<string, OutputList> outputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> skipped = new(StringComparer.Ordinal);

    /// <summary>Finds them.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="entries">Where to look.</param>
    public GitOutputs(IGitRepository repository, IEnumerable<GitEntry> entries)
    {
        ImmutableArray<GitEntry> markers = [.. entries.Where(e => !e.IsLink && e.Path.EndsWith($"/{OutputList.FileName}", StringComparison.Ordinal))];
        var contents = repository.Read(markers, Limits.OutputList, Limits.GitTotal);
        for (var i = 0; i < markers.Length; i++)
        {
            if (contents[i].Fault == SourceFault.None && OutputList.Parse(contents[i].Text) is { } list)
                outputs[markers[i].Path[..^(OutputList.FileName.Length + 1)]] = list;
        }
    }

    /// <summary>Whether a build wrote a file as it is; it is counted then.</summary>
    public bool Wrote(string path, SourceContent content)
    {
        if (content.Fault != SourceFault.None || outputs.Count == 0)
            return false;
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            // The nearest output above a file is the one that counts.
            if (!outputs.TryGetValue(path[..slash], out var list))
                continue;
            if (!list.Names(path[(slash + 1)..]) || !list.Wrote(path[(slash + 1)..], Encoding.UTF8.GetBytes(content.Text)))
                return false;
            skipped[path[..slash]] = skipped.GetValueOrDefault(path[..slash]) + 1;
            return true;
        }

        return false;
    }

    /// <summary>What is told about them: one file each that says that it is left out.</summary>
    public IEnumerable<SourceFile> Skipped(Func<string, string> shown) =>
        skipped.Select(s => FileTree.OutputLeftOut(shown($"{s.Key}/{OutputList.FileName}"), s.Value));
}
