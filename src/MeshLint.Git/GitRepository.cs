using System.Globalization;
using System.Text;
using MeshLint.Core.Sources;

namespace MeshLint.Git;

/// <summary>One regular file of a revision or of the index.</summary>
/// <param name="Path">Path relative to the top of the work tree, with '/'.</param>
/// <param name="ObjectId">The blob.</param>
/// <param name="IsUnmerged">The index holds several sides of a conflict; there is no one content.</param>
public sealed record GitEntry(string Path, string ObjectId, bool IsUnmerged);

/// <summary>Reads files out of a git repository without touching its work tree. Symbolic links and submodules are left out.</summary>
public sealed class GitRepository
{
    private GitRepository(string topLevel, string prefix)
    {
        TopLevel = topLevel;
        Prefix = prefix;
    }

    /// <summary>Full path of the top of the work tree.</summary>
    public string TopLevel { get; }

    /// <summary>The folder that was opened, relative to the top; "" or ends with '/'.</summary>
    public string Prefix { get; }

    /// <summary>Finds the repository that holds a folder.</summary>
    /// <exception cref="GitException">There is none, or git refuses it.</exception>
    public static GitRepository Open(string folder)
    {
        var lines = Encoding.UTF8.GetString(GitProcess.Run(folder, "rev-parse", "--show-toplevel", "--show-prefix")).Split('\n');
        return new GitRepository(lines[0], lines.Length > 1 ? lines[1] : "");
    }

    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="GitException">There is no such commit, or the text is no revision.</exception>
    public string ResolveCommit(string revision)
    {
        // "--end-of-options" keeps git from reading it as an option; the check makes the complaint readable.
        if (revision.Length == 0 || revision[0] == '-' || revision.Any(char.IsControl))
            throw new GitException($"'{new string([.. revision.Where(c => !char.IsControl(c))])}' is not a revision");
        try
        {
            var output = GitProcess.Run(TopLevel, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");
            return Encoding.ASCII.GetString(output).Trim();
        }
        catch (GitException)
        {
            throw new GitException($"'{revision}' is not a commit of this repository");
        }
    }

    /// <summary>The regular files of a commit, by path.</summary>
    public ImmutableArray<GitEntry> ListCommit(string commit)
    {
        var entries = ImmutableArray.CreateBuilder<GitEntry>();
        foreach (var record in Records(GitProcess.Run(TopLevel, "ls-tree", "-r", "-z", "--full-tree", commit)))
        {
            // mode SP type SP object TAB path
            var tab = record.IndexOf('\t');
            var fields = record[..Math.Max(0, tab)].Split(' ');
            if (fields is [{ } mode, "blob", { } id] && IsRegular(mode))
                entries.Add(new GitEntry(record[(tab + 1)..], id, IsUnmerged: false));
        }

        return entries.ToImmutable();
    }

    /// <summary>The regular files of the index, by path; of a conflict one entry that says so.</summary>
    public ImmutableArray<GitEntry> ListIndex()
    {
        var entries = ImmutableArray.CreateBuilder<GitEntry>();
        foreach (var record in Records(GitProcess.Run(TopLevel, "ls-files", "-s", "-z", "--full-name")))
        {
            // mode SP object SP stage TAB path
            var tab = record.IndexOf('\t');
            var fields = record[..Math.Max(0, tab)].Split(' ');
            if (fields is not [{ } mode, { } id, { } stage] || !IsRegular(mode))
                continue;
            var path = record[(tab + 1)..];
            if (entries.Count == 0 || entries[^1].Path != path)
                entries.Add(new GitEntry(path, id, IsUnmerged: stage != "0"));
        }

        return entries.ToImmutable();
    }

    /// <summary>Reads the contents of entries, in their order. Blobs over the limit are skipped over, not held.</summary>
    public ImmutableArray<SourceContent> Read(ImmutableArray<GitEntry> entries, long maxBytes)
    {
        var contents = ImmutableArray.CreateBuilder<SourceContent>(entries.Length);
        if (entries.IsEmpty)
            return contents.ToImmutable();
        using var process = GitProcess.Start(TopLevel, "cat-file", "--batch", "--buffer");
        var error = process.StandardError.ReadToEndAsync();
        // Written from another thread: both pipes are finite, and git answers while it still reads.
        var requests = Task.Run(() =>
        {
            using var input = process.StandardInput;
            foreach (var entry in entries)
            {
                if (!entry.IsUnmerged)
                    input.Write($"{entry.ObjectId}\n");
            }
        });
        using var output = new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024);
        foreach (var entry in entries)
        {
            contents.Add(entry.IsUnmerged
                ? new SourceContent("", SourceFault.Unreadable, "it is in conflict in the index")
                : ReadBlob(output, maxBytes));
        }

        requests.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0
            ? contents.MoveToImmutable()
            : throw new GitException(GitProcess.FirstLine(error.GetAwaiter().GetResult(), process.ExitCode));
    }

    private static SourceContent ReadBlob(BufferedStream output, long maxBytes)
    {
        // "object SP type SP size LF content LF", or "object SP missing LF".
        var header = ReadLine(output).Split(' ');
        if (header is not [_, "blob", { } text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            return new SourceContent("", SourceFault.Unreadable, "git does not have the object");
        if (size > maxBytes)
        {
            Skip(output, size + 1);
            return new SourceContent("", SourceFault.TooLarge, $"it has {size} bytes, the limit is {maxBytes}");
        }

        var bytes = new byte[size];
        output.ReadExactly(bytes);
        Skip(output, 1);
        return TextDecoder.Decode(bytes);
    }

    private static string ReadLine(BufferedStream stream)
    {
        var line = new StringBuilder();
        for (var b = stream.ReadByte(); b != '\n'; b = stream.ReadByte())
        {
            if (b < 0)
                throw new GitException("git ended early");
            line.Append((char)b);
        }

        return line.ToString();
    }

    private static void Skip(BufferedStream stream, long count)
    {
        var buffer = new byte[Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(count, buffer.Length));
            if (read <= 0)
                throw new GitException("git ended early");
            count -= read;
        }
    }

    private static bool IsRegular(string mode) => mode is "100644" or "100755" or "100664";

    private static IEnumerable<string> Records(byte[] output) => Encoding.UTF8.GetString(output).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
