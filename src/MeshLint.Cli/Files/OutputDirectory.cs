using System.Text;
using MeshLint.Cli.Platform;
using MeshLint.Sources;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

/// <summary>A folder that is replaced as a whole: everything is written beside it first, then the two change places.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Shown">The path as the user wrote it.</param>
/// <param name="CurrentFolder">Full path of the current folder.</param>
internal sealed record OutputDirectory(string Folder, string Shown, string CurrentFolder)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Refuses a folder that is, or holds, what is read.</summary>
    /// <param name="sources">Full paths of files and folders.</param>
    /// <exception cref="OutputException">It is or does.</exception>
    public void CheckApartFrom(IEnumerable<string> sources)
    {
        var here = RealPath.Of(Folder) ?? Folder;
        foreach (var source in sources)
        {
            var real = RealPath.Of(source) ?? source;
            if (real == here)
                throw new OutputException($"'{Shown}' is the source itself and cannot be the output; name another folder");
            if (Folders.IsBelow(real, here))
                throw new OutputException($"'{Shown}' holds the source and cannot be the output; name another folder");
        }
    }

    /// <summary>Refuses a folder that holds anything that no build wrote. An empty one holds nothing to lose and is accepted.</summary>
    /// <exception cref="OutputException">The folder may not be replaced.</exception>
    public void Check()
    {
        switch (FileProbe.KindOf(Folder))
        {
            case FileKind.Missing:
                CheckParent();
                return;
            case FileKind.Folder:
                break;
            case FileKind.Link:
                throw new OutputException($"'{Shown}' is a symbolic link; name the folder itself");
            case FileKind.TooLong:
                throw new OutputException($"'{Shown}' is not written: its path is too long");
            case FileKind.Unknown:
                throw OutputException.Failed($"'{Shown}' cannot be written", new UnauthorizedAccessException());
            case var kind:
                throw new OutputException($"'{Shown}' is {FileProbe.Words(kind)}, not a folder");
        }

        CheckParent();
        try
        {
            CheckContent();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Failed($"'{Shown}' cannot be read to see what it holds", exception);
        }
    }

    /// <summary>Replaces the folder by these files.</summary>
    /// <param name="files">Paths relative to it, with '/', and texts.</param>
    /// <exception cref="OutputException">It is refused, or cannot be written; then it is as it was before.</exception>
    public void Replace(IEnumerable<(string Path, string Text)> files)
    {
        Check();
        var parent = Path.GetDirectoryName(Folder) ?? throw new OutputException($"'{Shown}' cannot be replaced");
        try
        {
            Directory.CreateDirectory(parent);
            using var staging = StagingFolder.Create(parent);
            Interruption.Step(() => Directory.CreateDirectory(staging.Content));
            var written = OutputList.Of(files.Select(f => (f.Path, Write(staging.Content, f.Path, f.Text))));
            Write(staging.Content, OutputList.FileName, written.ToString());
            Interruption.Step(() => Swap(staging.Content, Folder));
            DeleteOld(staging);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Failed($"'{Shown}' cannot be written", exception);
        }
    }

    private void DeleteOld(StagingFolder staging)
    {
        try
        {
            staging.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Failed($"'{Shown}' is written, but what it held before cannot be removed", exception);
        }
    }

    private void CheckParent()
    {
        if (Path.GetDirectoryName(Folder) is not { } parent)
            throw new OutputException($"'{Shown}' is the root of the file system and cannot be the output");
        try
        {
            TreeBoundary.Resolve(parent, Shown, CurrentFolder);
        }
        catch (UsageException exception)
        {
            throw new OutputException(exception.Message);
        }
    }

    private void CheckContent()
    {
        if (!Directory.EnumerateFileSystemEntries(Folder).Any())
            return;
        var marker = Path.Combine(Folder, OutputList.FileName);
        if (FileProbe.KindOf(marker) != FileKind.Regular)
            throw new OutputException(
                $"'{Shown}' was not written by MeshLint (it holds no {OutputList.FileName}) and is left alone; name another folder or "
                    + "remove it");
        var content = BoundedFile.ReadText(marker, Limits.OutputList);
        if (content.Fault != SourceFault.None || OutputList.Parse(content.Text) is not { } list)
            throw new OutputException(
                $"'{Shown}' is left alone: its {OutputList.FileName} does not list what MeshLint wrote; name another folder or remove it");
        if (FirstForeign(list) is { } foreign)
            throw new OutputException(
                $"'{Shown}' is left alone: it holds '{foreign}', which MeshLint did not write or which was changed since; name another "
                    + "folder or remove it");
        if (FirstReadOnlyFolder() is { } readOnly)
            throw new OutputException($"'{Path.Combine(Shown, readOnly).TrimEnd('/')}' is read-only, so that '{Shown}' cannot be replaced");
    }

    // The first by path of what no build wrote; whatever stands in the list as it is now can be made again.
    private string? FirstForeign(OutputList list)
    {
        var folders = list.Folders();
        var foreign = new List<string>();
        var pending = new Stack<string>([""]);
        while (pending.TryPop(out var folder))
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(Folder, folder)))
            {
                var relative = folder.Length == 0 ? Path.GetFileName(entry) : $"{folder}/{Path.GetFileName(entry)}";
                if (relative == OutputList.FileName)
                    continue;
                if (folders.Contains(relative) && FileProbe.KindOf(entry) == FileKind.Folder)
                    pending.Push(relative);
                else if (!list.Names(relative) || BoundedFile.Read(entry, int.MaxValue / 2) is not { Fault: SourceFault.None } content
                    || !list.Wrote(relative, content.Bytes.Span))
                    foreign.Add(relative);
            }
        }

        return foreign.Count == 0 ? null : foreign.Min(StringComparer.Ordinal);
    }

    private string? FirstReadOnlyFolder() =>
        Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories).Prepend(Folder)
            .Where(IsReadOnly)
            .Select(f => Path.GetRelativePath(Folder, f) is var relative and not "." ? relative : "")
            .Min(StringComparer.Ordinal);

    private static bool IsReadOnly(string folder) =>
        !OperatingSystem.IsWindows() && !File.GetUnixFileMode(folder).HasFlag(UnixFileMode.UserWrite);

    private static byte[] Write(string folder, string relative, string text)
    {
        var parts = relative.Split('/');
        if (parts.Any(p => p is "" or "." or ".." || p.Contains('\\') || p.Contains('\0') || p.Contains('\n')))
            throw new OutputException($"'{relative}' is not a path below the output folder");
        var path = Path.Combine([folder, .. parts]);
        var bytes = Utf8.GetBytes(text);
        Interruption.Step(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            stream.Write(bytes);
        });
        return bytes;
    }

    private static void Swap(string fresh, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(fresh, folder);
            return;
        }

        // The kernel exchanges the two in one step where it can; what was there is then found under the fresh name.
        if (UnixCalls.TryExchange(fresh, folder))
            return;
        // Without it there is a moment without the folder. What was there waits beside the fresh one, inside the staging folder.
        var old = fresh + StagingFolder.OldSuffix;
        Directory.Move(folder, old);
        try
        {
            Directory.Move(fresh, folder);
        }
        catch
        {
            Directory.Move(old, folder);
            throw;
        }

        Directory.Move(old, fresh);
    }
}
