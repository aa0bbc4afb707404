using MeshLint.Core.Sources;

namespace MeshLint.Cli.Files;

/// <summary>Finds the files of a run on disk.</summary>
/// <remarks>
/// Symbolic links are never followed below the paths that the user named, so nothing outside of them is read and no circle is
/// walked; what they point to inside is read where it lies. <c>.gitignore</c> files count from the top of the repository downwards. Folders
/// that MeshLint wrote are left out.
/// </remarks>
internal sealed class FileTree
{
    private readonly string root;
    private readonly PathPatternSet exclude;
    private readonly List<SourceFile> files = [];

    private FileTree(string root, PathPatternSet exclude)
    {
        this.root = root;
        this.exclude = exclude;
    }

    /// <summary>Lists files; their texts are read later, and each problem becomes a finding there.</summary>
    /// <param name="root">Full path of the folder that paths are relative to.</param>
    /// <param name="starts">Full paths of folders and files below it. A file that is named is taken whatever its name.</param>
    /// <param name="exclude">Patterns relative to the root.</param>
    public static List<SourceFile> List(string root, IEnumerable<string> starts, ImmutableArray<string> exclude)
    {
        var tree = new FileTree(root, new PathPatternSet(exclude.Select(static e => new PathPattern(e))));
        foreach (var start in starts)
        {
            if (!Directory.Exists(start))
                tree.AddFile(start, tree.Relative(start));
            else if (!tree.IsExcluded(tree.Relative(start)))
                tree.Walk(start);
        }

        return tree.files;
    }

    private void Walk(string start)
    {
        // The rules above the start, outermost first.
        var scopes = new List<(string Folder, GitIgnore Rules)>();
        foreach (var folder in FoldersAbove(start))
            AddScope(scopes, folder, scopes.Sum(static s => s.Rules.Wildcards));
        // Depth does not cost stack: hostile trees can be deep.
        var pending = new Stack<(string Folder, ImmutableArray<(string Folder, GitIgnore Rules)> Scopes)>();
        pending.Push((start, [.. scopes]));
        while (pending.TryPop(out var next))
        {
            var here = next.Scopes;
            var own = new List<(string Folder, GitIgnore Rules)>(0);
            AddScope(own, next.Folder, here.Sum(static s => s.Rules.Wildcards));
            if (own.Count > 0)
                here = here.Add(own[0]);
            List<FileSystemInfo> entries;
            try
            {
                entries = [.. new DirectoryInfo(next.Folder).EnumerateFileSystemInfos()];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.SecurityException)
            {
                files.Add(Unreadable(Relative(next.Folder), exception));
                continue;
            }

            if (entries.Exists(e => e.Name == OutputDirectory.Marker))
                continue;
            foreach (var entry in entries)
                Visit(entry, here, pending);
        }
    }

    private void Visit(FileSystemInfo entry, ImmutableArray<(string Folder, GitIgnore Rules)> scopes, Stack<(string Folder, ImmutableArray<(string Folder, GitIgnore Rules)> Scopes)> pending)
    {
        var attributes = entry.Attributes;
        if (attributes.HasFlag(FileAttributes.ReparsePoint))
            return;
        var isFolder = attributes.HasFlag(FileAttributes.Directory);
        if (isFolder ? SourceNames.IsSkippedFolder(entry.Name) : !SourceNames.IsSource(entry.Name))
            return;
        var path = entry.FullName;
        if (IsIgnored(path, isFolder, scopes))
            return;
        var relative = Relative(path);
        if (IsExcluded(relative))
            return;
        if (isFolder)
            pending.Push((path, scopes));
        else
            AddFile(path, relative);
    }

    private bool IsExcluded(string relative) => exclude.Matches(relative);

    private static bool IsIgnored(string path, bool isFolder, ImmutableArray<(string Folder, GitIgnore Rules)> scopes)
    {
        for (var i = scopes.Length - 1; i >= 0; i--)
        {
            if (scopes[i].Rules.IsIgnored(RelativeTo(scopes[i].Folder, path), isFolder) is { } answer)
                return answer;
        }

        return false;
    }

    private void AddScope(List<(string Folder, GitIgnore Rules)> scopes, string folder, int wildcardsAbove)
    {
        var path = Path.Combine(folder, ".gitignore");
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && !info.Attributes.HasFlag(FileAttributes.ReparsePoint) && info.Length is > 0 and < 4 * 1024 * 1024)
            {
                var rules = GitIgnore.Parse(File.ReadAllText(path), Math.Max(0, GitIgnore.MaxWildcards - wildcardsAbove));
                scopes.Add((folder, rules));
                if (rules.LeftOut > 0)
                    files.Add(TooManyRules(Relative(path), rules.LeftOut));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Git itself goes on without a .gitignore that it may not read.
        }
    }

    // From the top of the repository to the folder above the start; nothing where there is no repository.
    private static List<string> FoldersAbove(string start)
    {
        var folders = new List<string>();
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (folder != start)
                folders.Add(folder);
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                folders.Reverse();
                return folders;
            }
        }

        return [];
    }

    private void AddFile(string path, string relative) => files.Add(new SourceFile(relative, () => Read(path)));

    private static SourceContent Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.Length > SourceNames.MaxBytes)
                return new SourceContent("", SourceFault.TooLarge, $"it has {info.Length} bytes, the limit is {SourceNames.MaxBytes}");
            // Pipes and devices have no length; opening one could wait for ever.
            return info.Length == 0 ? new SourceContent("") : TextDecoder.Decode(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return new SourceContent("", SourceFault.Unreadable, Explain(exception));
        }
    }

    private static SourceFile Unreadable(string relative, Exception exception) =>
        new(relative, () => new SourceContent("", SourceFault.Unreadable, Explain(exception)));

    private static SourceFile TooManyRules(string relative, int leftOut) => new(relative, () => new SourceContent(
        "", SourceFault.TooLarge, $"{leftOut} rules with wildcards are left out, {GitIgnore.MaxWildcards} in it and in the files above it count"));

    private static string Explain(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "it vanished while it was being read",
        PathTooLongException => "its path is too long",
        _ => "an input or output error occurred",
    };

    private string Relative(string path) => RelativeTo(root, path);

    private static string RelativeTo(string folder, string path)
    {
        var relative = path.Length <= folder.Length ? "" : path[folder.Length..].TrimStart('/', Path.DirectorySeparatorChar);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace(Path.DirectorySeparatorChar, '/');
    }
}
