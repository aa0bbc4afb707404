using System.IO.Enumeration;
using MeshLint.Cli.Platform;
using MeshLint.Sources;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

/// <summary>Finds the files of a run on disk.</summary>
/// <remarks>
/// Symbolic links are never followed below the paths that the user named, so nothing outside of them is read and no circle is
/// walked; what they point to inside is read where it lies, and one that leads out is told. <c>.gitignore</c> files count from the top of
/// the
/// repository downwards. What a build wrote is left out, file by file, and told once. Whatever bears the name of a source and is no regular
/// file is told.
/// </remarks>
internal sealed class FileTree
{
    private readonly string root;
    private readonly PathPatternSet exclude;
    private readonly string boundary;
    private readonly List<SourceFile> files = [];
    private readonly List<Output> outputs = [];

    private FileTree(string root, PathPatternSet exclude)
    {
        this.root = root;
        this.exclude = exclude;
        var tree = Path.Exists(Path.Combine(root, ".git")) ? root : Folders.RepositoryAbove(root) ?? root;
        boundary = RealPath.Of(tree) ?? tree;
    }

    /// <summary>What is said of a link that leads out of the repository.</summary>
    public static SourceContent LinkLeftOut { get; } =
        new("", SourceFault.LeftOut, "it is a symbolic link that leads out of the repository or nowhere");

    /// <summary>What is said of an output of a build.</summary>
    /// <param name="path">Path of its list, as it is shown.</param>
    /// <param name="count">How many files are left out.</param>
    public static SourceFile OutputLeftOut(string path, int count)
    {
        var content = new SourceContent(
            "",
            SourceFault.LeftOut,
            $"'meshlint build' wrote {(count == 1 ? "one file" : $"{count} files")} in this folder, which {(count == 1 ? "is" : "are")} "
                + "not read");
        return new SourceFile(path, () => content);
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
                tree.AddFile(RealPath.Of(start) ?? start, tree.Relative(start));
            else if (!tree.IsExcluded(tree.Relative(start)))
                tree.Walk(start);
        }

        foreach (var output in tree.outputs)
        {
            if (output.Skipped > 0)
                tree.files.Add(OutputLeftOut(tree.Relative(Path.Combine(output.Folder, OutputList.FileName)), output.Skipped));
        }

        return tree.files;
    }

    private void Walk(string start)
    {
        // The rules above the start, outermost first.
        var scopes = new List<Scope>();
        foreach (var folder in FoldersAbove(start))
            AddScope(scopes, folder, scopes.Sum(static s => s.Rules.Wildcards));
        // Depth does not cost stack: hostile trees can be deep.
        var pending = new Stack<Visit>();
        pending.Push(new Visit(start, [.. scopes], null));
        while (pending.TryPop(out var visit))
        {
            var own = new List<Scope>(0);
            AddScope(own, visit.Folder, visit.Scopes.Sum(static s => s.Rules.Wildcards));
            if (own.Count > 0)
                visit = visit with { Scopes = visit.Scopes.Add(own[0]) };
            List<Entry> entries;
            try
            {
                entries = [.. EntriesOf(visit.Folder)];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.SecurityException)
            {
                AddFault(Relative(visit.Folder), BoundedFile.Explain(exception));
                continue;
            }

            // The folder that is named is read, whatever it says of itself.
            if (visit.Folder != start && entries.Exists(e => e.Name == OutputList.FileName))
                visit = visit with { Output = OutputIn(visit.Folder) ?? visit.Output };
            LookAt(entries, visit, pending);
        }
    }

    private static FileSystemEnumerable<Entry> EntriesOf(string folder) =>
        new(folder, static (ref entry) => new Entry(entry.FileName.ToString(), entry.IsDirectory), new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
            MatchType = MatchType.Simple,
        });

    private void LookAt(List<Entry> entries, Visit visit, Stack<Visit> pending)
    {
        HashSet<string>? broken = null;
        foreach (var entry in entries)
        {
            if (entry.IsFolder ? SourceNames.IsSkippedFolder(entry.Name) : !SourceNames.IsSource(entry.Name))
                continue;
            var path = Path.Combine(visit.Folder, entry.Name);
            if (IsIgnored(path, entry.IsFolder, visit.Scopes))
                continue;
            var relative = Relative(path);
            if (IsExcluded(relative))
                continue;
            // Bytes that are no UTF-8 arrive as U+FFFD, of which there is no way back: no such file, or a second one of the name.
            if (entry.Name.Contains('\uFFFD') && !(broken ??= new HashSet<string>(StringComparer.Ordinal)).Add(entry.Name))
                AddFault($"{relative}\uFFFD", "its name is not UTF-8");
            else
                LookAt(path, relative, visit, pending);
        }
    }

    private void LookAt(string path, string relative, Visit visit, Stack<Visit> pending)
    {
        switch (FileProbe.KindOf(path))
        {
            case FileKind.Link:
                if (RealPath.Of(path) is not { } target || !Folders.IsBelow(target, boundary)
                    || FileProbe.KindOf(target) == FileKind.Missing)
                    files.Add(new SourceFile(relative, () => LinkLeftOut));
                break;
            case FileKind.Folder:
                pending.Push(visit with { Folder = path });
                break;
            case FileKind.Regular:
                if (visit.Output is null || !visit.Output.Wrote(path))
                    AddFile(path, relative);
                break;
            case var kind:
                AddFault(relative, BoundedFile.Explain(kind, path));
                break;
        }
    }

    private Output? OutputIn(string folder)
    {
        var content = BoundedFile.ReadText(Path.Combine(folder, OutputList.FileName), Limits.OutputList);
        if (content.Fault != SourceFault.None || OutputList.Parse(content.Text) is not { } list)
            return null;
        var output = new Output(folder, list);
        outputs.Add(output);
        return output;
    }

    private bool IsExcluded(string relative) => exclude.Matches(relative);

    private static bool IsIgnored(string path, bool isFolder, ImmutableArray<Scope> scopes)
    {
        for (var i = scopes.Length - 1; i >= 0; i--)
        {
            if (scopes[i].Rules.IsIgnored(RelativeTo(scopes[i].Folder, path), isFolder) is { } answer)
                return answer;
        }

        return false;
    }

    private void AddScope(List<Scope> scopes, string folder, int wildcardsAbove)
    {
        var path = Path.Combine(folder, ".gitignore");
        var kind = FileProbe.KindOf(path);
        // Git follows no link here, and goes on without a file that it may not read.
        if (kind is FileKind.Missing or FileKind.Link or FileKind.Folder or FileKind.Unknown or FileKind.TooLong)
            return;
        var content = BoundedFile.ReadText(path, Limits.GitIgnore);
        var shown = Folders.IsBelow(path, root) ? Relative(path) : ".gitignore";
        if (content.Fault is SourceFault.None or SourceFault.NotUtf8)
        {
            var rules = GitIgnore.Parse(content.Text, Math.Max(0, GitIgnore.MaxWildcards - wildcardsAbove));
            scopes.Add(new Scope(folder, rules));
            if (rules.LeftOut > 0)
                files.Add(TooManyRules(shown, rules.LeftOut));
        }
        else if (kind != FileKind.Regular || content.Fault == SourceFault.TooLarge)
        {
            files.Add(new SourceFile(shown, () => content));
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

    private void AddFile(string path, string relative) =>
        files.Add(new SourceFile(relative, () => BoundedFile.ReadText(path, Limits.Source)));

    private void AddFault(string relative, string detail) =>
        files.Add(new SourceFile(relative, () => new SourceContent("", SourceFault.Unreadable, detail)));

    private static SourceFile TooManyRules(string relative, int leftOut) => new(relative, () => new SourceContent(
        "", SourceFault.TooLarge,
        $"{leftOut} rules with wildcards are left out, {GitIgnore.MaxWildcards} in it and in the files above it count"));

    private string Relative(string path) => RelativeTo(root, path);

    private static string RelativeTo(string folder, string path)
    {
        var relative = path.Length <= folder.Length ? "" : path[folder.Length..].TrimStart('/', Path.DirectorySeparatorChar);
        return Path.DirectorySeparatorChar == '/' ? relative : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    private readonly record struct Entry(string Name, bool IsFolder);

    private readonly record struct Scope(string Folder, GitIgnore Rules);

    private readonly record struct Visit(string Folder, ImmutableArray<Scope> Scopes, Output? Output);

    private sealed class Output(string folder, OutputList list)
    {
        public string Folder => folder;

        public int Skipped { get; private set; }

        public bool Wrote(string path)
        {
            var relative = RelativeTo(folder, path);
            if (!list.Names(relative))
                return false;
            var content = BoundedFile.Read(path, Limits.Source);
            var wrote = content.Fault == SourceFault.None && list.Wrote(relative, content.Bytes.Span);
            if (wrote)
                Skipped++;
            return wrote;
        }
    }
}
