using LibGit2Sharp;

namespace MeshLint.Sources.Git;

/// <summary>A git repository that is read by libgit2, inside of this process: no program, hook, filter or helper runs.</summary>
/// <remarks>
/// The library reads no configuration but the repository's own. It refuses repositories of other owners, as git does; whether the user
/// trusts such a one (<c>safe.directory</c>) is left to git. Each question opens the repository anew, on a thread that is left behind if it
/// does not come to an end.
/// Contents are those of the objects: no line ends are changed, no filter is applied.
/// </remarks>
internal sealed class LibGit2Repository : IGitRepository
{
    // The limit of git's output in GitProcess, which has about so many bytes beside each path.
    private const long MaxNames = 256L * 1024 * 1024;
    private const int BytesBesidePath = 54;

    private readonly GitHost host;
    private readonly GitLayout layout;

    private LibGit2Repository(GitHost host, GitLayout layout)
    {
        this.host = host;
        this.layout = layout;
    }

    public string TopLevel => layout.TopLevel;

    public string Prefix => layout.Prefix;

    /// <summary>Opens a repository.</summary>
    /// <exception cref="NeedsGitException">The library is not there or does not take the repository.</exception>
    public static LibGit2Repository Open(GitHost host, GitLayout layout)
    {
        var repository = new LibGit2Repository(host, layout);
        repository.Ask(static (r, _) => !r.Info.IsBare ? true : throw new NeedsGitException("the repository has no work tree"));
        return repository;
    }

    public string ResolveCommit(string revision)
    {
        GitRevision.RefuseOptions(revision);
        if (!GitRevision.TrySplit(revision, out var name, out var hasSteps))
            throw new NeedsGitException($"only git knows what '{revision}' means") { Answer = GitRevision.NoCommit(revision) };
        if (hasSteps && layout.IsShallow)
            throw new NeedsGitException("the history of the repository is shallow");
        // libgit2 knows "@" only where nothing follows.
        var target = name == "@" ? $"HEAD{revision.AsSpan(1)}" : revision;
        layout.CheckReference(name == "@" ? "HEAD" : name);
        return Ask((repository, _) =>
        {
            // Where there is none, git has the last word: it knows forms that libgit2 does not.
            var commit = repository.Lookup($"{target}^{{commit}}") as Commit;
            return commit?.Sha
                ?? throw new NeedsGitException("libgit2 does not find the commit") { Answer = GitRevision.NoCommit(revision) };
        });
    }

    public ImmutableArray<GitEntry> ListCommit(string commit) => Ask((repository, watch) =>
    {
        var tree = repository.Lookup<Commit>(new ObjectId(commit))?.Tree ?? throw new NeedsGitException("libgit2 does not find the commit");
        var entries = ImmutableArray.CreateBuilder<GitEntry>();
        var names = 0L;
        // Depth does not cost stack: hostile trees can be deep.
        var pending = new Stack<(string Folder, IEnumerator<TreeEntry> Entries)>();
        pending.Push(("", Entries(repository, tree.Id, watch)));
        while (pending.TryPeek(out var top))
        {
            if (!top.Entries.MoveNext())
            {
                pending.Pop().Entries.Dispose();
                continue;
            }

            var entry = top.Entries.Current;
            var path = $"{top.Folder}{Name(entry.Name)}";
            if (entry.Mode == Mode.Directory)
            {
                pending.Push(($"{path}/", Entries(repository, entry.Target.Id, watch)));
            }
            else
            {
                Count(ref names, path);
                watch.Step();
                if (IsRead(entry.Mode))
                    entries.Add(new GitEntry(path, entry.Target.Sha) { IsLink = entry.Mode == Mode.SymbolicLink });
            }
        }

        return entries.ToImmutable();
    });

    public ImmutableArray<GitEntry> ListIndex()
    {
        layout.CheckIndex(host.IndexFile);
        return Ask((repository, watch) =>
        {
            var names = 0L;
            var found = new List<(string Path, IndexEntry Entry)>(repository.Index.Count);
            foreach (var entry in repository.Index)
            {
                var path = Name(entry.Path);
                Count(ref names, path);
                watch.Step();
                if (IsRead(entry.Mode))
                    found.Add((path, entry));
            }

            // Where names differ by case only on disk, libgit2 keeps another order than git.
            found.Sort(static (a, b) =>
                Utf8Order(a.Path, b.Path) is not 0 and var order ? order : a.Entry.StageLevel.CompareTo(b.Entry.StageLevel));
            var entries = ImmutableArray.CreateBuilder<GitEntry>(found.Count);
            foreach (var (path, entry) in found)
            {
                var isUnmerged = entry.StageLevel != StageLevel.Staged;
                if (entries.Count == 0 || entries[^1].Path != path || !isUnmerged)
                {
                    var isLink = entry.Mode == Mode.SymbolicLink && !isUnmerged;
                    entries.Add(new GitEntry(path, entry.Id.Sha) { IsUnmerged = isUnmerged, IsLink = isLink });
                }
            }

            return entries.ToImmutable();
        });
    }

    public ImmutableArray<SourceContent> Read(ImmutableArray<GitEntry> entries, long maxBytes, long maxTotal) => Ask((repository, watch) =>
    {
        var blobs = new Dictionary<string, SourceContent>(StringComparer.Ordinal);
        var total = 0L;
        var contents = ImmutableArray.CreateBuilder<SourceContent>(entries.Length);
        foreach (var entry in entries)
        {
            if (entry.Problem is { } problem)
            {
                contents.Add(problem);
                continue;
            }

            if (!blobs.TryGetValue(entry.ObjectId, out var content))
            {
                content = Read(repository, new ObjectId(entry.ObjectId), maxBytes, maxTotal, ref total);
                blobs.Add(entry.ObjectId, content);
                watch.Check();
                watch.Step();
            }

            contents.Add(content);
        }

        return contents.MoveToImmutable();
    });

    // The size is asked for before the content is.
    private static SourceContent Read(Repository repository, ObjectId id, long maxBytes, long maxTotal, ref long total)
    {
        GitObjectMetadata header;
        try
        {
            header = repository.ObjectDatabase.RetrieveObjectMetadata(id);
        }
        catch (NotFoundException)
        {
            return GitContent.Missing;
        }

        if (header.Type != ObjectType.Blob)
            return GitContent.OtherObject;
        if (GitContent.Refuse(header.Size, total, maxBytes, maxTotal) is { } refusal)
            return refusal;
        total += header.Size;
        var bytes = new byte[header.Size];
        using var stream = repository.Lookup<Blob>(id).GetContentStream();
        stream.ReadExactly(bytes);
        return TextDecoder.Decode(bytes);
    }

    private static IEnumerator<TreeEntry> Entries(Repository repository, ObjectId id, GitWatch watch)
    {
        watch.Check();
        if (repository.ObjectDatabase.RetrieveObjectMetadata(id).Size > MaxNames)
            throw TooManyNames();
        return (repository.Lookup<Tree>(id) ?? throw new NeedsGitException("libgit2 does not find a folder of the commit")).GetEnumerator();
    }

    private static void Count(ref long names, string path)
    {
        names += path.Length + BytesBesidePath;
        if (names > MaxNames)
            throw TooManyNames();
    }

    private static GitException TooManyNames() => new($"git lists more than {MaxNames / (1024 * 1024)} MiB of file names");

    // The library gives names as text, with U+FFFD where their bytes are no UTF-8; git gives the bytes.
    private static string Name(string name) =>
        name.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw new NeedsGitException("a file name is not UTF-8, or has the character U+FFFD")
            : name;

    private static bool IsRead(Mode mode) =>
        mode is Mode.NonExecutableFile or Mode.ExecutableFile or Mode.NonExecutableGroupWritableFile or Mode.SymbolicLink;

    // As the bytes of their UTF-8 compare: characters beyond U+FFFF come last.
    private static int Utf8Order(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length - b.Length;
        var first = char.IsSurrogate(a[same]);
        return first == char.IsSurrogate(b[same]) ? a[same] - b[same] : first ? 1 : -1;
    }

    private T Ask<T>(Func<Repository, GitWatch, T> question) => GitWatch.Run(host.Silence, watch =>
    {
        try
        {
            LibGit2Settings.Apply();
            using var repository = new Repository(layout.TopLevel, new RepositoryOptions { IndexPath = host.IndexFile });
            return question(repository, watch);
        }
        catch (LibGit2SharpException exception)
        {
            var line = exception.Message.Split('\n')[0];
            throw new NeedsGitException($"libgit2 says: {line}");
        }
        catch (Exception exception) when (exception
            is TypeInitializationException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new NeedsGitException("libgit2, which lies beside the program, is missing or cannot be loaded");
        }
    });
}
