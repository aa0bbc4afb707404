namespace MeshLint.Build;

/// <summary>Finds the project's folders from wherever the build tool was started.</summary>
internal static class ProjectPaths
{
    /// <summary>The folder of MeshLint.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The folder of what the project is measured against; not part of the project.</summary>
    public static string Shared => Path.Combine(Root, "..", "shared");

    private static string Find()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "MeshLint.sln")))
                    return folder.FullName;
            }
        }

        throw new InvalidOperationException("MeshLint.sln is in no parent folder");
    }
}
