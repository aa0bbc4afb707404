namespace MeshLint.Sources;

/// <summary>Which files of a tree can hold configuration, judged by name alone.</summary>
public static class SourceNames
{
    /// <summary>Largest file that hosts read, in bytes. Real manifests stay far below; data files that end in .json do not.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Name of the configuration file, which is no source.</summary>
    public const string ConfigurationFile = ".meshlint.yaml";

    private static readonly string[] SkippedFolders =
        [".git", ".hg", ".svn", ".bzr", "node_modules", ".terraform", ".terragrunt-cache", ".venv", "__pycache__", ".idea", ".vs"];

    /// <summary>Whether a folder of that name is never entered: other tools' storage.</summary>
    public static bool IsSkippedFolder(string name) => Array.IndexOf(SkippedFolders, name) >= 0;

    /// <summary>Whether any folder of a path is never entered.</summary>
    public static bool IsInSkippedFolder(string path)
    {
        var start = 0;
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', start))
        {
            if (IsSkippedFolder(path[start..slash]))
                return true;
            start = slash + 1;
        }

        return false;
    }

    /// <summary>Whether a file of that name is looked at: YAML, JSON and kustomizations.</summary>
    public static bool IsSource(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return (name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || name.SequenceEqual("Kustomization"))
            && !name.SequenceEqual(ConfigurationFile);
    }
}
