using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MeshLint.Cli.Platform;

/// <summary>Asks what a path names without opening it, and opens regular files so that nothing can block.</summary>
internal static class FileProbe
{
    private const int NameTooLong = 36;
    private const int NameTooLongOnMac = 63;
    private const int NotFound = 2;
    private const int NotAFolder = 20;
    private const int TooManyLinks = 40;
    private const int TooManyLinksOnMac = 62;

    /// <summary>What the path names; a link is a <see cref="FileKind.Link"/>.</summary>
    public static FileKind KindOf(string path)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            try
            {
                var error = UnixCalls.LinkStatus(path, out var mode, out _);
                return error == 0 ? KindOfMode(mode) : KindOfError(error);
            }
            catch (EntryPointNotFoundException)
            {
                // A C library without the call: the kinds that .NET knows are left, and opening never blocks.
            }
        }

        return KindByAttributes(path);
    }

    /// <summary>The kind in words, with an article.</summary>
    public static string Words(FileKind kind) => kind switch
    {
        FileKind.Regular => "a file",
        FileKind.Folder => "a folder",
        FileKind.Link => "a symbolic link",
        FileKind.Pipe => "a named pipe",
        FileKind.CharacterDevice or FileKind.BlockDevice => "a device",
        FileKind.Socket => "a socket",
        _ => "no file",
    };

    /// <summary>Opens a regular file for reading; it never waits, whatever has taken the place of the file meanwhile.</summary>
    /// <param name="path">A path whose last part is no link.</param>
    /// <param name="kind">What is there, where it is no regular file.</param>
    /// <returns>The file, or null where it is no regular file.</returns>
    /// <exception cref="IOException">The system refuses to open it.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission.</exception>
    public static SafeFileHandle? OpenRegular(string path, out FileKind kind)
    {
        kind = KindOf(path);
        if (kind is not (FileKind.Regular or FileKind.Unknown))
            return null;
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var handle = UnixCalls.OpenWithoutWaiting(path, out var error);
        if (handle is null)
        {
            kind = error is TooManyLinks or TooManyLinksOnMac ? FileKind.Link : KindOfError(error);
            if (kind != FileKind.Unknown)
                return null;
            const int permissionDenied = 13;
            throw error == permissionDenied
                ? new UnauthorizedAccessException("permission denied")
                : new IOException(Marshal.GetPInvokeErrorMessage(error));
        }

        try
        {
            if (UnixCalls.HandleStatus(handle, out var mode, out _) == 0)
                kind = KindOfMode(mode);
        }
        catch (EntryPointNotFoundException)
        {
            kind = FileKind.Regular;
        }

        if (kind == FileKind.Regular)
            return handle;
        handle.Dispose();
        return null;
    }

    private static FileKind KindOfMode(uint mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        0x1000 => FileKind.Pipe,
        0x2000 => FileKind.CharacterDevice,
        0x6000 => FileKind.BlockDevice,
        0xC000 => FileKind.Socket,
        _ => FileKind.Unknown,
    };

    private static FileKind KindOfError(int error) => error switch
    {
        NotFound or NotAFolder => FileKind.Missing,
        NameTooLong when OperatingSystem.IsLinux() => FileKind.TooLong,
        NameTooLongOnMac when OperatingSystem.IsMacOS() => FileKind.TooLong,
        _ => FileKind.Unknown,
    };

    private static FileKind KindByAttributes(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            if (attributes.HasFlag(FileAttributes.ReparsePoint))
                return FileKind.Link;
            if (attributes.HasFlag(FileAttributes.Device))
                return FileKind.CharacterDevice;
            return attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder : FileKind.Regular;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return FileKind.Missing;
        }
        catch (PathTooLongException)
        {
            return FileKind.TooLong;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileKind.Unknown;
        }
    }
}
