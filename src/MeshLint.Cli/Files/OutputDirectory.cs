using System.Runtime.InteropServices;
using System.Text;

namespace MeshLint.Cli.Files;

/// <summary>Why an output folder cannot be written; the message is one line for the user.</summary>
internal sealed class OutputException(string message) : Exception(message);

/// <summary>A folder that is replaced as a whole: everything is written beside it first, then the two change places.</summary>
internal static partial class OutputDirectory
{
    /// <summary>The file that says that MeshLint wrote the folder and may replace it.</summary>
    public const string Marker = ".meshlint-output";

    private const string MarkerText = "This folder was written by 'meshlint build', which replaces it as a whole.\n";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Refuses a folder that MeshLint did not write. An empty one holds nothing to lose and is accepted.</summary>
    /// <exception cref="OutputException">The folder is not ours.</exception>
    public static void Check(string folder)
    {
        if (File.Exists(folder))
            throw new OutputException($"'{folder}' is a file, not a folder");
        if (!Directory.Exists(folder))
            return;
        if (File.GetAttributes(folder).HasFlag(FileAttributes.ReparsePoint))
            throw new OutputException($"'{folder}' is a symbolic link; name the folder itself");
        var marker = new FileInfo(Path.Combine(folder, Marker));
        if ((!marker.Exists || marker.Attributes.HasFlag(FileAttributes.ReparsePoint)) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new OutputException($"'{folder}' was not written by MeshLint (it holds no {Marker}) and is left alone; name another folder or remove it");
    }

    /// <summary>Replaces the folder by these files.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="files">Paths relative to it, with '/', and texts.</param>
    /// <exception cref="OutputException">It is not ours, or cannot be written; then it is as it was before.</exception>
    public static void Replace(string folder, IEnumerable<(string Path, string Text)> files)
    {
        Check(folder);
        var parent = Path.GetDirectoryName(folder) ?? throw new OutputException($"'{folder}' cannot be replaced");
        var name = Path.GetFileName(folder);
        var suffix = Guid.NewGuid().ToString("N")[..8];
        var fresh = Path.Combine(parent, $".{name}.meshlint-{suffix}");
        try
        {
            Directory.CreateDirectory(fresh);
            foreach (var (path, text) in files)
                Write(fresh, path, text);
            Write(fresh, Marker, MarkerText);
            Swap(fresh, folder, Path.Combine(parent, $".{name}.meshlint-{suffix}-old"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"'{folder}' cannot be written: {exception.Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            if (Directory.Exists(fresh))
                Directory.Delete(fresh, recursive: true);
        }
    }

    private static void Write(string folder, string relative, string text)
    {
        var parts = relative.Split('/');
        if (parts.Any(p => p is "" or "." or ".." || p.Contains('\\') || p.Contains('\0')))
            throw new OutputException($"'{relative}' is no path below the output folder");
        var path = Path.Combine([folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(Utf8.GetBytes(text));
    }

    private static void Swap(string fresh, string folder, string old)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(fresh, folder);
            return;
        }

        // The kernel exchanges the two in one step where it can; what was there is then found under the fresh name.
        if (TryExchange(fresh, folder))
            return;
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

        Directory.Delete(old, recursive: true);
    }

    private static bool TryExchange(string first, string second)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            const int currentFolder = -100;
            const uint exchange = 2;
            return RenameAt2(currentFolder, first, currentFolder, second, exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt2(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
