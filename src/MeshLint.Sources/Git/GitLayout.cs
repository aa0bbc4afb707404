using System.Text;

namespace MeshLint.Sources.Git;

/// <summary>Where a repository keeps its files, once they are known to be what libgit2 reads as git does and cannot wait on.</summary>
/// <remarks>
/// libgit2 opens files itself, inside of this process. So what it will open is looked at first. A pipe or device ends the run, as it
/// would end git after its time limit. Whatever is less common is left to git: links, alternates, replaced objects, grafts, extensions,
/// included configurations.
/// </remarks>
internal sealed record GitLayout
{
    // Larger ones are hostile, or slow enough anyway for git's start not to count.
    private const long MaxConfiguration = 1024 * 1024;
    private const long MaxReferences = 256L * 1024 * 1024;
    private const long MaxIndex = 256L * 1024 * 1024;
    private const int MaxPointer = 64 * 1024;

    // They change what git reads; hooks that work on objects of their own set them.
    private static readonly string[] Variables =
    [
        "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CEILING_DIRECTORIES",
        "GIT_DISCOVERY_ACROSS_FILESYSTEM",
        "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE",
        "GIT_NO_REPLACE_OBJECTS", "GIT_REF_FORMAT",
    ];

    private readonly IGitFiles files;

    private GitLayout(IGitFiles files, string topLevel, string prefix)
    {
        this.files = files;
        TopLevel = topLevel;
        Prefix = prefix;
    }

    /// <summary>Full path of the top of the work tree, without links.</summary>
    public string TopLevel { get; }

    /// <summary>The folder that was asked for, relative to the top; "" or ends with '/'.</summary>
    public string Prefix { get; }

    /// <summary>The folder of this work tree: HEAD and the index.</summary>
    public required string GitFolder { get; init; }

    /// <summary>The folder that all work trees share: objects, references, configuration.</summary>
    public required string CommonFolder { get; init; }

    /// <summary>Only the newest part of the history is here.</summary>
    public bool IsShallow { get; private init; }

    /// <summary>Finds the repository that holds a folder.</summary>
    /// <exception cref="NeedsGitException">There is none, or git has to read it.</exception>
    /// <exception cref="GitException">A file of it is a pipe or a device.</exception>
    public static GitLayout Find(GitHost host, string folder)
    {
        foreach (var variable in Variables)
        {
            if (host.Environment(variable) is { Length: > 0 })
                throw new NeedsGitException($"the variable {variable} is set");
        }

        var start = RealPath.Of(folder) ?? throw new NeedsGitException($"the links of '{folder}' lead in a circle");
        for (var current = start; current is not null; current = Path.GetDirectoryName(current))
        {
            var entry = Path.Combine(current, ".git");
            var kind = host.Files.KindOf(entry);
            if (kind is GitFileKind.Folder or GitFileKind.Regular)
                return At(host, current, start, kind == GitFileKind.Regular ? Target(host.Files, entry) : entry);
            if (kind != GitFileKind.Missing)
                throw new NeedsGitException($"'{entry}' is neither a folder nor a file");
            // Git takes a folder that looks like the inside of a repository for one.
            if (host.Files.KindOf(Path.Combine(current, "objects")) != GitFileKind.Missing
                && host.Files.KindOf(Path.Combine(current, "HEAD")) != GitFileKind.Missing)
                throw new NeedsGitException($"'{current}' looks like a repository without a work tree");
        }

        throw new NeedsGitException($"no '.git' is in '{folder}' or above it");
    }

    /// <summary>Looks at the files that a reference is read from.</summary>
    /// <exception cref="NeedsGitException">One is a link.</exception>
    /// <exception cref="GitException">One is a pipe or a device.</exception>
    public void CheckReference(string name)
    {
        // Where git and libgit2 look, in this order.
        foreach (var path in (string[])
                 [
                     name, $"refs/{name}", $"refs/tags/{name}", $"refs/heads/{name}", $"refs/remotes/{name}", $"refs/remotes/{name}/HEAD",
                 ])
        {
            foreach (var folder in GitFolder == CommonFolder ? (string[])[GitFolder] : [GitFolder, CommonFolder])
            {
                var file = Path.Combine(folder, path);
                if (Kind(file) != GitFileKind.Regular)
                    continue;
                // A name that stands for another one, mostly HEAD for the branch.
                var text = Encoding.UTF8.GetString(files.Read(file, MaxPointer) ?? []);
                if (text.StartsWith("ref:", StringComparison.Ordinal))
                    Kind(Path.Combine(CommonFolder, text[4..].Trim()));
            }
        }
    }

    /// <summary>Looks at the index.</summary>
    /// <param name="path">Full path of the one of a hook; null = git's own.</param>
    /// <exception cref="NeedsGitException">It is a link or too large to be read here.</exception>
    /// <exception cref="GitException">It is a pipe or a device.</exception>
    public void CheckIndex(string? path)
    {
        path ??= Path.Combine(GitFolder, "index");
        if (Kind(path) == GitFileKind.Regular && new FileInfo(path).Length > MaxIndex)
            throw new NeedsGitException("the index is large");
    }

    private static GitLayout At(GitHost host, string top, string start, string gitFolder)
    {
        var files = host.Files;
        var common = gitFolder;
        if (files.KindOf(Path.Combine(gitFolder, "commondir")) != GitFileKind.Missing)
        {
            common = RealPath.Of(Path.GetFullPath(Line(files, Path.Combine(gitFolder, "commondir")), gitFolder)) ?? gitFolder;
            // A work tree and its folder point to each other.
            if (RealPath.Of(Path.GetFullPath(Line(files, Path.Combine(gitFolder, "gitdir")), gitFolder)) != Path.Combine(top, ".git"))
                throw new NeedsGitException("the work tree was moved");
        }

        var relative = Path.GetRelativePath(top, start).Replace(Path.DirectorySeparatorChar, '/');
        var layout = new GitLayout(files, top, relative == "." ? "" : $"{relative}/")
        {
            GitFolder = gitFolder,
            CommonFolder = common,
            IsShallow = files.KindOf(Path.Combine(common, "shallow")) != GitFileKind.Missing,
        };
        layout.Check();
        return layout;
    }

    private void Check()
    {
        if (Kind(Path.Combine(GitFolder, "HEAD")) != GitFileKind.Regular
            || Kind(Path.Combine(CommonFolder, "objects")) != GitFileKind.Folder
            || Kind(Path.Combine(CommonFolder, "refs")) != GitFileKind.Folder)
            throw new NeedsGitException($"'{GitFolder}' has not the files of a repository");
        foreach (var name in (string[])
                 [
                     "config", "packed-refs", "shallow", "objects/pack", "objects/info", "objects/info/commit-graph",
                     "objects/pack/multi-pack-index",
                 ])
            Kind(Path.Combine(CommonFolder, name));
        foreach (var name in (string[])["objects/info/alternates", "info/grafts", "refs/replace", "reftable"])
        {
            if (Kind(Path.Combine(CommonFolder, name)) != GitFileKind.Missing)
                throw new NeedsGitException($"the repository has '{name}'");
        }

        foreach (var name in files.NamesIn(Path.Combine(CommonFolder, "objects", "pack")))
            Kind(Path.Combine(CommonFolder, "objects", "pack", name));
        CheckConfiguration();
        CheckPackedReferences();
    }

    // By words, wherever they stand: a branch that is called "include" costs the start of git, no more.
    private void CheckConfiguration()
    {
        var path = Path.Combine(CommonFolder, "config");
        if (Kind(path) == GitFileKind.Missing)
            return;
        var bytes = files.Read(path, MaxConfiguration) ?? throw new NeedsGitException("the configuration of the repository cannot be read");
        var text = Encoding.Latin1.GetString(bytes);
        var isExtension = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith('['))
                isExtension = trimmed.Equals("[extensions]", StringComparison.OrdinalIgnoreCase);
            if (isExtension ? trimmed.Contains('=') && !IsPartialClone(trimmed) : Word(line) is not null)
                throw new NeedsGitException($"the configuration of the repository has '{Word(line) ?? trimmed.ToString()}'");
        }
    }

    private static bool IsPartialClone(ReadOnlySpan<char> line) =>
        line[..line.IndexOf('=')].Trim().Equals("partialClone", StringComparison.OrdinalIgnoreCase);

    private static string? Word(ReadOnlySpan<char> line)
    {
        foreach (var word in (string[])["include", "extensions", "worktree"])
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
                return word;
        }

        return null;
    }

    private void CheckPackedReferences()
    {
        var path = Path.Combine(CommonFolder, "packed-refs");
        if (Kind(path) == GitFileKind.Missing)
            return;
        var bytes = files.Read(path, MaxReferences) ?? throw new NeedsGitException("'packed-refs' cannot be read");
        if (bytes.AsSpan().IndexOf("refs/replace/"u8) >= 0)
            throw new NeedsGitException("the repository replaces objects");
    }

    private GitFileKind Kind(string path)
    {
        var kind = files.KindOf(path);
        var shown = Path.GetRelativePath(TopLevel, path).Replace(Path.DirectorySeparatorChar, '/');
        return kind switch
        {
            GitFileKind.Special =>
                throw new GitException($"'{shown}' cannot be read: it is a pipe, a device or a socket, not a regular file"),
            GitFileKind.Link or GitFileKind.Unknown => throw new NeedsGitException($"'{shown}' is a symbolic link or cannot be looked at"),
            _ => kind,
        };
    }

    // The file of a linked work tree or of a submodule: "gitdir: path".
    private static string Target(IGitFiles files, string file)
    {
        var line = Line(files, file);
        const string start = "gitdir: ";
        if (!line.StartsWith(start, StringComparison.Ordinal))
            throw new NeedsGitException($"'{file}' does not say where the repository is");
        var folder = RealPath.Of(Path.GetFullPath(line[start.Length..], Path.GetDirectoryName(file) ?? file));
        return folder is not null && files.KindOf(folder) == GitFileKind.Folder
            ? folder
            : throw new NeedsGitException($"'{file}' leads nowhere");
    }

    private static string Line(IGitFiles files, string file)
    {
        var bytes = files.Read(file, MaxPointer) ?? throw new NeedsGitException($"'{file}' cannot be read");
        return Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n');
    }
}
