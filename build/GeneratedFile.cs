namespace MeshLint.Build;

/// <summary>Writes a generated file only where it changes, or says that it would.</summary>
internal static class GeneratedFile
{
    /// <summary>Exit code: 0 = up to date or written; 1 = it would change (with <paramref name="checkOnly"/>).</summary>
    public static int Write(string path, string content, bool checkOnly)
    {
        content = content.ReplaceLineEndings("\n");
        var relative = Path.GetRelativePath(ProjectPaths.Root, path);
        if (File.Exists(path) && File.ReadAllText(path) == content)
            return 0;
        if (checkOnly)
        {
            Console.Error.WriteLine($"{relative} is not up to date");
            return 1;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ProjectPaths.Root);
        File.WriteAllText(path, content);
        Console.WriteLine($"wrote {relative}");
        return 0;
    }
}
