using MeshLint.Kuma.Identity;

namespace MeshLint.Sources;

/// <summary>Which control planes each file of a repository is applied to, for one map of control planes.</summary>
/// <remarks>
/// A document that root kustomizations apply in many control planes is a resource in each of them: n bases in n overlays are n² resources.
/// Beyond a limit a file is applied in its first control plane only.
/// </remarks>
internal sealed class FilePlacements
{
    /// <summary>How many documents may be applied beyond their first control plane in any repository; a large one may have more.</summary>
    public const int MostExtra = 100_000;

    private readonly Dictionary<string, ImmutableArray<ControlPlane>> places = new(StringComparer.Ordinal);
    private readonly ControlPlaneMap map;
    private readonly RootPlaces roots;

    public FilePlacements(DocumentSet documents, ControlPlaneMap map)
    {
        this.map = map;
        roots = documents.Layout.PlacesOfRoots(map.Find);
        long left = Math.Max(MostExtra, 8L * documents.DocumentCount);
        foreach (var file in documents.Files)
        {
            var found = Find(file.Path);
            var extra = (long)file.Documents.Length * (found.Length - 1);
            if (extra > left)
            {
                found = [found[0]];
                CutFiles++;
                FirstCut ??= file;
            }
            else if (extra > 0)
            {
                left -= extra;
            }

            places[file.Path] = found;
        }
    }

    /// <summary>How many files are applied in fewer control planes than their kustomizations say.</summary>
    public int CutFiles { get; }

    /// <summary>The first of them.</summary>
    public FileDocuments? FirstCut { get; }

    /// <summary>The control planes of a file; empty where none takes it.</summary>
    public ImmutableArray<ControlPlane> Of(string path) => places.TryGetValue(path, out var found) ? found : Find(path);

    private ImmutableArray<ControlPlane> Find(string path)
    {
        // A root outside of every control plane (a template for others to include) says nothing about its files.
        var above = roots.Of(path);
        if (!above.IsEmpty)
            return [.. above.Select(static r => r.Place)];
        return map.Find(path) is { } own ? [own] : [];
    }
}
