namespace MeshLint.Sources.Git;

/// <summary>Resolves the symbolic links of a path, in all of its parts, as the system does.</summary>
public static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links. Parts that do not exist stay as they are.</summary>
    /// <param name="path">A full path.</param>
    /// <returns>The path, or null where links lead in a circle.</returns>
    public static string? Of(string path)
    {
        var root = Path.GetPathRoot(path) ?? "";
        var pending = new Stack<string>();
        Push(pending, path[root.Length..]);
        var resolved = root;
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            var next = Path.Combine(resolved, part);
            if (TargetOf(next) is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MostLinks)
                return null;
            if (Path.IsPathRooted(target))
            {
                resolved = Path.GetPathRoot(target) ?? root;
                target = target[resolved.Length..];
            }

            Push(pending, target);
        }

        return resolved;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What may not be looked at cannot be followed either: opening it says why.
            return null;
        }
    }

    private static void Push(Stack<string> pending, string path)
    {
        var parts = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] != ".")
                pending.Push(parts[i]);
        }
    }
}
