using System.Globalization;
using System.Security.Cryptography;
using MeshLint.Cli.Platform;

namespace MeshLint.Cli.Files;

/// <summary>A folder beside an output where the output is made before it takes its place.</summary>
/// <remarks>
/// It lies in the output's own parent, so that taking the place is one rename. It holds a <c>.gitignore</c> that ignores everything, so
/// that
/// neither git nor a later run of MeshLint sees it, and a locked file for as long as its process lives. Whoever makes the next one in the
/// same parent removes those whose process has ended.
/// </remarks>
internal sealed class StagingFolder : IDisposable
{
    /// <summary>Behind the name of the content: what it replaces, for the moment in which the two change places.</summary>
    public const string OldSuffix = "-old";

    private const string Prefix = ".meshlint-staging-";
    private const string LockName = "lock";
    private const string IgnoreName = ".gitignore";
    private const string ContentName = "new";
    private const string OldName = ContentName + OldSuffix;
    private const int SuffixLength = 8;
    private const int Attempts = 8;

    private readonly string path;
    private readonly FileStream held;

    private StagingFolder(string path, FileStream held)
    {
        this.path = path;
        this.held = held;
    }

    /// <summary>Full path of the file or folder to make; nothing is there yet.</summary>
    public string Content => Path.Combine(path, ContentName);

    /// <summary>Removes what dead processes left in a folder, and makes a new one.</summary>
    /// <param name="parent">Full path of the folder that holds the output.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission.</exception>
    public static StagingFolder Create(string parent)
    {
        RemoveLeftovers(parent);
        for (var attempt = 1; ; attempt++)
        {
            var path = Path.Combine(parent, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SuffixLength / 2)));
            if (Path.Exists(path))
                continue;
            Directory.CreateDirectory(path);
            try
            {
                return Occupy(path);
            }
            catch (DirectoryNotFoundException) when (attempt < Attempts)
            {
                // Another process took the empty folder for a leftover.
            }
        }
    }

    /// <summary>Removes the folder with everything in it.</summary>
    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission.</exception>
    public void Delete()
    {
        Interruption.Step(() =>
        {
            DeleteParts(path);
            held.Dispose();
            Directory.Delete(path, recursive: true);
        });
    }

    /// <summary>Removes the folder as far as it can be removed; the next run removes the rest.</summary>
    public void TryDelete()
    {
        try
        {
            if (Directory.Exists(path))
                DeleteParts(path);
            held.Dispose();
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process ends, or has something worse to report.
        }
    }

    public void Dispose()
    {
        Interruption.Step(TryDelete);
        Interruption.Remove(this);
    }

    private static StagingFolder Occupy(string path)
    {
        FileStream? held = null;
        try
        {
            held = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            var folder = new StagingFolder(path, held);
            Interruption.Add(folder);
            File.WriteAllText(Path.Combine(path, IgnoreName), "*\n");
            return folder;
        }
        catch
        {
            held?.Dispose();
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            throw;
        }
    }

    private static void RemoveLeftovers(string parent)
    {
        string[] candidates;
        try
        {
            candidates = Directory.GetDirectories(parent, Prefix + "*");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that may be written to but not listed: then leftovers stay.
            return;
        }

        foreach (var candidate in candidates)
        {
            if (IsOurs(candidate))
                RemoveLeftover(candidate);
        }
    }

    // Only what a staging folder holds; anything else in it means that it is somebody's own.
    private static bool IsOurs(string folder) =>
        FileProbe.KindOf(folder) == FileKind.Folder
        && Path.GetFileName(folder)[Prefix.Length..] is { Length: SuffixLength } suffix
        && uint.TryParse(suffix, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
        && Directory.EnumerateFileSystemEntries(folder).All(e => Path.GetFileName(e) is LockName or IgnoreName or ContentName or OldName);

    private static void RemoveLeftover(string folder)
    {
        try
        {
            var lockPath = Path.Combine(folder, LockName);
            switch (FileProbe.KindOf(lockPath))
            {
                case FileKind.Regular:
                    // Fails while the process that made it lives.
                    using (new FileStream(lockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                        DeleteParts(folder);
                    Directory.Delete(folder, recursive: true);
                    break;
                case FileKind.Missing:
                    // Made a moment ago or almost removed: gone if it is empty.
                    Directory.Delete(folder, recursive: false);
                    break;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, or not ours to remove.
        }
    }

    // The lock goes last, so that whatever is left when this is killed is still known as a leftover.
    private static void DeleteParts(string folder)
    {
        foreach (var content in (ReadOnlySpan<string>)[Path.Combine(folder, ContentName), Path.Combine(folder, OldName)])
        {
            switch (FileProbe.KindOf(content))
            {
                case FileKind.Folder:
                    Directory.Delete(content, recursive: true);
                    break;
                case FileKind.Missing:
                    break;
                default:
                    File.Delete(content);
                    break;
            }
        }

        File.Delete(Path.Combine(folder, IgnoreName));
    }
}
