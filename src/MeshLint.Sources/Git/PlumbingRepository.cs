using System.Text;
using MeshLint.Sources;

namespace MeshLint.Sources.Git;

/// <summary>A git repository that is read by the git program, of whatever kind it is. Submodules are left out.</summary>
internal sealed class PlumbingRepository : IGitRepository
{
    private readonly GitSetup setup;

    private PlumbingRepository(GitSetup setup, string topLevel, string prefix)
    {
        this.setup = setup;
        TopLevel = topLevel;
        Prefix = prefix;
    }

    public string TopLevel { get; }

    public string Prefix { get; }

    /// <summary>Finds the repository that holds a folder.</summary>
    /// <param name="setup">How git is started.</param>
    /// <param name="folder">Full path of the folder.</param>
    /// <exception cref="GitException">There is none, or git refuses it.</exception>
    public static IGitRepository Open(GitSetup setup, string folder)
    {
        var lines = Encoding.UTF8.GetString(GitProcess.Run(setup, folder, "rev-parse", "--show-toplevel", "--show-prefix")).Split('\n');
        return new PlumbingRepository(setup, lines[0], lines.Length > 1 ? lines[1] : "");
    }

    public string ResolveCommit(string revision)
    {
        // "--end-of-options" keeps git from reading it as an option; the check makes the complaint readable.
        GitRevision.RefuseOptions(revision);
        byte[] output;
        try
        {
            output = GitProcess.Run(setup, TopLevel, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");
        }
        catch (GitException exception) when (exception.IsRefusal)
        {
            throw new GitException(GitRevision.NoCommit(revision));
        }

        return Encoding.ASCII.GetString(output).Trim();
    }

    public ImmutableArray<GitEntry> ListCommit(string commit)
    {
        var entries = ImmutableArray.CreateBuilder<GitEntry>();
        foreach (var (head, path, isNameBroken) in Records(GitProcess.Run(setup, TopLevel, "ls-tree", "-r", "-z", "--full-tree", commit)))
        {
            // mode SP type SP object TAB path
            if (head.Split(' ') is [{ } mode, "blob", { } id] && IsRead(mode))
                entries.Add(new GitEntry(path, id) { IsLink = mode == LinkMode, IsNameBroken = isNameBroken });
        }

        return entries.ToImmutable();
    }

    public ImmutableArray<GitEntry> ListIndex()
    {
        var entries = ImmutableArray.CreateBuilder<GitEntry>();
        foreach (var (head, path, isNameBroken) in Records(GitProcess.Run(setup, TopLevel, "ls-files", "-s", "-z", "--full-name")))
        {
            // mode SP object SP stage TAB path
            if (head.Split(' ') is not [{ } mode, { } id, { } stage] || !IsRead(mode))
                continue;
            var isUnmerged = stage != "0";
            if (entries.Count == 0 || entries[^1].Path != path || !isUnmerged || isNameBroken)
                entries.Add(new GitEntry(path, id) { IsUnmerged = isUnmerged, IsLink = mode == LinkMode && !isUnmerged, IsNameBroken = isNameBroken });
        }

        return entries.ToImmutable();
    }

    public ImmutableArray<SourceContent> Read(ImmutableArray<GitEntry> entries, long maxBytes, long maxTotal)
    {
        var wanted = entries.Where(e => !e.IsUnmerged && !e.IsNameBroken).Select(e => e.ObjectId).Distinct(StringComparer.Ordinal).ToArray();
        var blobs = ReadPresent(wanted, maxBytes, maxTotal);
        var contents = ImmutableArray.CreateBuilder<SourceContent>(entries.Length);
        foreach (var entry in entries)
        {
            contents.Add(entry.Problem ?? blobs[entry.ObjectId]);
        }

        return contents.MoveToImmutable();
    }

    private const string LinkMode = "120000";

    // In a partial clone git ends at the first object that it would have to fetch; then those that are here are listed before.
    private Dictionary<string, SourceContent> ReadPresent(string[] wanted, long maxBytes, long maxTotal)
    {
        if (wanted.Length == 0)
            return [];
        try
        {
            return ReadBlobs(wanted, maxBytes, maxTotal);
        }
        catch (GitException exception) when (exception.IsRefusal && exception.Message.Contains("promisor", StringComparison.Ordinal))
        {
            var list = GitProcess.Run(setup, TopLevel, "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)");
            var present = Encoding.ASCII.GetString(list).Split('\n').ToHashSet(StringComparer.Ordinal);
            var blobs = ReadBlobs([.. wanted.Where(present.Contains)], maxBytes, maxTotal);
            foreach (var id in wanted.Where(id => !present.Contains(id)))
                blobs.Add(id, GitContent.Missing);
            return blobs;
        }
    }

    private Dictionary<string, SourceContent> ReadBlobs(string[] wanted, long maxBytes, long maxTotal)
    {
        using var git = GitProcess.Start(setup, TopLevel, "cat-file", "--batch", "--buffer");
        // Written from another thread: both pipes are finite, and git answers while it still reads.
        var requests = Task.Run(() => Request(git.Input, wanted));
        var blobs = new Dictionary<string, SourceContent>(wanted.Length, StringComparer.Ordinal);
        var reader = new BlobReader(git);
        try
        {
            foreach (var id in wanted)
                blobs.Add(id, reader.Read(maxBytes, maxTotal));
        }
        catch (EndOfStreamException)
        {
            // It ended early, for a reason that it tells, or was ended.
            git.Finish();
            throw new GitException("git ended early");
        }

        requests.GetAwaiter().GetResult();
        git.Finish();
        return blobs;
    }

    private static void Request(StreamWriter input, string[] wanted)
    {
        try
        {
            using (input)
            {
                foreach (var id in wanted)
                    input.Write($"{id}\n");
            }
        }
        catch (IOException)
        {
            // Git has ended; why is seen where its answers are read.
        }
    }

    private static bool IsRead(string mode) => mode is "100644" or "100755" or "100664" or LinkMode;

    private static IEnumerable<(string Head, string Path, bool IsNameBroken)> Records(byte[] output)
    {
        for (var start = 0; start < output.Length;)
        {
            var length = output.AsSpan(start).IndexOf((byte)0);
            if (length < 0)
                yield break;
            var record = output.AsMemory(start, length);
            start += length + 1;
            var tab = record.Span.IndexOf((byte)'\t');
            if (tab < 0)
                continue;
            var path = record[(tab + 1)..];
            yield return (Encoding.ASCII.GetString(record.Span[..tab]), Encoding.UTF8.GetString(path.Span), !System.Text.Unicode.Utf8.IsValid(path.Span));
        }
    }
}
