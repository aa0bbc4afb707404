
namespace MeshLint.Sources;

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

    /// <summary>The folders of the kustomizations, sorted; everything below speaks of them by position.</summary>
    private readonly ImmutableArray<string> folders;

    private readonly List<int>[] includedBy;
    private readonly bool[] isRoot;
    private readonly Dictionary<string, List<int>> listedBy = new(StringComparer.Ordinal);
    private readonly int[] circleOf;

    private KustomizeLayout(SortedDictionary<string, Kustomization> kustomizations)
    {
        folders = [.. kustomizations.Keys];
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var folder in folders)
            positions[folder] = positions.Count;
        includedBy = new List<int>[folders.Length];
        for (var i = 0; i < includedBy.Length; i++)
            includedBy[i] = [];
        var includes = new List<int>[folders.Length];
        for (var i = 0; i < includes.Length; i++)
        {
            var kustomization = kustomizations[folders[i]];
            inputs.UnionWith(kustomization.Inputs);
            includes[i] = [];
            foreach (var path in kustomization.Resources)
            {
                if (positions.TryGetValue(path, out var other))
                {
                    includes[i].Add(other);
                    includedBy[other].Add(i);
                }
                else if (listedBy.TryGetValue(path, out var list))
                {
                    list.Add(i);
                }
                else
                {
                    listedBy[path] = [i];
                }
            }
        }

        inputs.ExceptWith(listedBy.Keys);
        circleOf = Circles.Find(includes, out var sizes);
        isRoot = new bool[folders.Length];
        // Kustomizations that include one another in a circle have no root; each then counts as one.
        for (var i = 0; i < isRoot.Length; i++)
            isRoot[i] = includedBy[i].Count == 0 || sizes[circleOf[i]] > 1 || includes[i].Contains(i);
    }

    /// <summary>The layout of a repository without kustomizations.</summary>
    public static KustomizeLayout None { get; } = new([]);

    /// <summary>Whether a path names a kustomization.</summary>
    public static bool IsKustomization(string path) => Array.IndexOf(FileNames, path[(path.LastIndexOf('/') + 1)..]) >= 0;

    /// <summary>Whether the file only feeds a kustomization (a patch, a generator's input) and is no document by itself.</summary>
    public bool IsInput(string path) => inputs.Contains(path);

    /// <summary>The folders of the root kustomizations that apply the file, sorted; empty where the file is applied by itself.</summary>
    /// <remarks>
    /// Looks at everything above the file, so it is for single questions; <see cref="RootPlaces"/> answers for all files.
    /// </remarks>
    public ImmutableArray<string> RootsOf(string path)
    {
        if (!listedBy.TryGetValue(path, out var direct))
            return [];
        var seen = new HashSet<int>(direct);
        var pending = new Stack<int>(seen);
        while (pending.TryPop(out var next))
        {
            foreach (var above in includedBy[next])
            {
                if (seen.Add(above))
                    pending.Push(above);
            }
        }

        return [.. seen.Where(i => isRoot[i]).Order().Select(i => folders[i])];
    }

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

        return new KustomizeLayout(kustomizations);
    }

    /// <summary>Finds out which control planes the roots above each kustomization stand in.</summary>
    /// <param name="placeOf">The control plane of a kustomization's file, or null.</param>
    internal RootPlaces PlacesOfRoots(Func<string, ControlPlane?> placeOf)
    {
        var members = new List<int>[circleOf.Length == 0 ? 0 : circleOf.Max() + 1];
        for (var i = 0; i < circleOf.Length; i++)
            (members[circleOf[i]] ??= []).Add(i);
        var above = new ImmutableArray<RootPlace>[members.Length];
        // Circles are numbered from below: whatever includes one has a higher number.
        for (var circle = members.Length - 1; circle >= 0; circle--)
        {
            var own = new List<RootPlace>();
            var parents = new HashSet<int>();
            foreach (var member in members[circle])
            {
                var folder = folders[member];
                if (isRoot[member] && placeOf(folder.Length == 0 ? "kustomization.yaml" : $"{folder}/kustomization.yaml") is { } place)
                    own.Add(new RootPlace(member, place));
                foreach (var parent in includedBy[member])
                    parents.Add(circleOf[parent]);
            }

            parents.Remove(circle);
            above[circle] = RootPlaces.Merge(parents.Select(p => above[p]), own);
        }

        return new RootPlaces(
            path =>
                listedBy.TryGetValue(path, out var list)
                    ? RootPlaces.Merge(list.Select(i => circleOf[i]).Distinct().Select(c => above[c]), [])
                    : []);
    }

    private static string Folder(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    /// <summary>What one kustomization names, as paths relative to the root.</summary>
    private sealed class Kustomization
    {
        // Fields whose entries are paths of files that are consumed, not applied.
        private static readonly string[] PathLists =
        [
            "patchesStrategicMerge", "transformers", "generators", "validators", "configurations", "crds",
        ];
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
            if (relative is null || relative.Contains("://", StringComparison.Ordinal) || relative.Contains('\n')
                || relative.StartsWith('/'))
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
