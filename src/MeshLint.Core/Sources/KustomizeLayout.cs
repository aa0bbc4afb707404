
namespace MeshLint.Core.Sources;

/// <summary>What the <c>kustomization.yaml</c> files of a repository say about which file is applied where.</summary>
/// <remarks>
/// Nothing is rendered. Three facts are taken: files named as patches, replacements, transformers or generator inputs are no documents
/// (unless some kustomization also lists them as a resource); a kustomization that no other one includes is a <em>root</em>, the unit that
/// somebody applies; a file that roots reach is applied where its roots stand. So a base is read once and takes effect in every overlay's
/// place, and two files that share no root never meet in one control plane as duplicates.
/// </remarks>
public sealed class KustomizeLayout
{
    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly HashSet<string> inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> roots = new(StringComparer.Ordinal);

    private KustomizeLayout()
    {
    }

    /// <summary>The layout of a repository without kustomizations.</summary>
    public static KustomizeLayout None { get; } = new();

    /// <summary>Whether a path names a kustomization.</summary>
    public static bool IsKustomization(string path) => Array.IndexOf(FileNames, path[(path.LastIndexOf('/') + 1)..]) >= 0;

    /// <summary>Whether the file only feeds a kustomization (a patch, a generator's input) and is no document by itself.</summary>
    public bool IsInput(string path) => inputs.Contains(path);

    /// <summary>The folders of the root kustomizations that apply the file, sorted; empty where the file is applied by itself.</summary>
    public ImmutableArray<string> RootsOf(string path) => roots.TryGetValue(path, out var found) ? [.. found] : [];

    /// <summary>Whether two files can be applied together: both by one root, or at least one of them by itself.</summary>
    public bool CanMeet(string first, string second)
    {
        var a = RootsOf(first);
        var b = RootsOf(second);
        return a.IsEmpty || b.IsEmpty || a.Any(b.Contains);
    }

    /// <summary>Reads the kustomizations among the files.</summary>
    public static KustomizeLayout Read(SourceSet sources)
    {
        if (!sources.Files.Any(f => IsKustomization(f.Path)))
            return None;
        var kustomizations = new SortedDictionary<string, Kustomization>(StringComparer.Ordinal);
        foreach (var file in sources.Files)
        {
            if (IsKustomization(file.Path))
                kustomizations.TryAdd(Folder(file.Path), Kustomization.Read(file));
        }

        var layout = new KustomizeLayout();
        var included = new HashSet<string>(StringComparer.Ordinal);
        var resources = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, kustomization) in kustomizations)
        {
            layout.inputs.UnionWith(kustomization.Inputs);
            foreach (var path in kustomization.Resources)
            {
                if (kustomizations.ContainsKey(path))
                    included.Add(path);
                else
                    resources.Add(path);
            }
        }

        layout.inputs.ExceptWith(resources);
        var rootsByFile = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var folder in kustomizations.Keys)
        {
            // Kustomizations that include one another in a circle have no root; each then counts as one.
            if (!included.Contains(folder) || IsInCircle(folder, kustomizations))
                Reach(folder, kustomizations, rootsByFile);
        }

        foreach (var (path, folders) in rootsByFile)
            layout.roots[path] = [.. folders];
        return layout;
    }

    private static bool IsInCircle(string start, SortedDictionary<string, Kustomization> all)
    {
        foreach (var folder in Included(start, all))
        {
            if (all[folder].Resources.Contains(start))
                return true;
        }

        return false;
    }

    private static void Reach(string root, SortedDictionary<string, Kustomization> all, Dictionary<string, List<string>> rootsByFile)
    {
        foreach (var folder in Included(root, all))
        {
            foreach (var path in all[folder].Resources)
            {
                if (all.ContainsKey(path))
                    continue;
                if (!rootsByFile.TryGetValue(path, out var list))
                    rootsByFile[path] = list = [];
                if (list.Count == 0 || list[^1] != root)
                    list.Add(root);
            }
        }
    }

    // The folder itself and every kustomization below it, each once.
    private static List<string> Included(string start, SortedDictionary<string, Kustomization> all)
    {
        var order = new List<string> { start };
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var path in all[order[i]].Resources)
            {
                if (all.ContainsKey(path) && seen.Add(path))
                    order.Add(path);
            }
        }

        return order;
    }

    private static string Folder(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    /// <summary>What one kustomization names, as paths relative to the root.</summary>
    private sealed class Kustomization
    {
        // Fields whose entries are paths of files that are consumed, not applied.
        private static readonly string[] PathLists = ["patchesStrategicMerge", "transformers", "generators", "validators", "configurations", "crds"];
        private static readonly string[] PathMaps = ["patches", "patchesJson6902", "replacements"];

        public HashSet<string> Resources { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Inputs { get; } = new(StringComparer.Ordinal);

        public static Kustomization Read(SourceFile file)
        {
            var result = new Kustomization();
            var folder = Folder(file.Path);
            foreach (var document in DocumentReader.Read(new SourceText(file.Path, file.Read().Text)))
            {
                var root = document.Root;
                foreach (var field in new[] { "resources", "bases", "components" })
                    result.AddAll(result.Resources, folder, root[field]);
                foreach (var field in PathLists)
                    result.AddAll(result.Inputs, folder, root[field]);
                foreach (var field in PathMaps)
                {
                    foreach (var item in root[field].Items)
                        Add(result.Inputs, folder, item["path"].AsString());
                }

                foreach (var field in new[] { "configMapGenerator", "secretGenerator" })
                {
                    foreach (var item in root[field].Items)
                    {
                        foreach (var entry in item["files"].Items)
                            Add(result.Inputs, folder, entry.AsString() is { } text ? text[(text.IndexOf('=') + 1)..] : null);
                    }
                }

                foreach (var chart in root["helmCharts"].Items)
                    Add(result.Inputs, folder, chart["valuesFile"].AsString());
                Add(result.Inputs, folder, root["openapi"]["path"].AsString());
            }

            return result;
        }

        private void AddAll(HashSet<string> set, string folder, Node list)
        {
            foreach (var item in list.Items)
                Add(set, folder, item.AsString());
        }

        // Remote resources (https://…, git@…) and paths out of the root are left alone: they are not among our files.
        private static void Add(HashSet<string> set, string folder, string? relative)
        {
            if (relative is null || relative.Contains("://", StringComparison.Ordinal) || relative.Contains('\n') || relative.StartsWith('/'))
                return;
            var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
            foreach (var part in relative.Split('/'))
            {
                if (part is "" or ".")
                    continue;
                if (part != "..")
                    parts.Add(part);
                else if (parts.Count > 0)
                    parts.RemoveAt(parts.Count - 1);
                else
                    return;
            }

            set.Add(string.Join('/', parts));
        }
    }
}
