using System.Text;
using MeshLint.Cli.Platform;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

/// <summary>A single file that is written as a whole or not at all.</summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes a text. A regular file is replaced in one step; a named pipe or a character device is written to; a symbolic link is refused,
    /// but for one that leads to a pipe or a device (<c>/dev/stdout</c>).
    /// </summary>
    /// <param name="path">Full path.</param>
    /// <param name="shown">The path as the user wrote it.</param>
    /// <param name="currentFolder">Full path of the current folder.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="OutputException">It is refused or cannot be written; a file that was there is as it was.</exception>
    public static void Write(string path, string shown, string currentFolder, string text)
    {
        try
        {
            switch (FileProbe.KindOf(path))
            {
                case FileKind.Missing or FileKind.Regular:
                    Replace(path, shown, currentFolder, text);
                    break;
                case FileKind.Link:
                    WriteToTarget(path, shown, text);
                    break;
                case FileKind.Pipe or FileKind.CharacterDevice:
                    WriteInto(path, FileMode.Open, text);
                    break;
                case FileKind.TooLong:
                    throw new OutputException($"'{shown}' is not written: its path is too long");
                case FileKind.Unknown:
                    throw OutputException.Failed($"'{shown}' cannot be written", new UnauthorizedAccessException());
                case var kind:
                    throw new OutputException($"'{shown}' is not written: it is {FileProbe.Words(kind)}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Failed($"'{shown}' cannot be written", exception);
        }
    }

    private static void Replace(string path, string shown, string currentFolder, string text)
    {
        var parent = Path.GetDirectoryName(path) ?? throw new OutputException($"'{shown}' is not written: it is a folder");
        try
        {
            TreeBoundary.Resolve(parent, shown, currentFolder);
        }
        catch (UsageException exception)
        {
            throw new OutputException(exception.Message);
        }

        if (!Directory.Exists(parent))
            throw new DirectoryNotFoundException();
        using var staging = StagingFolder.Create(parent);
        Interruption.Step(() =>
        {
            File.WriteAllText(staging.Content, text, Utf8);
            if (!OperatingSystem.IsWindows() && File.Exists(path))
                File.SetUnixFileMode(staging.Content, File.GetUnixFileMode(path));
            File.Move(staging.Content, path, overwrite: true);
        });
    }

    // A link to a file could lead anywhere that the author of the tree likes; /dev/stdout and /dev/fd/3 are the system's own.
    private static void WriteToTarget(string path, string shown, string text)
    {
        var target = RealPath.Of(path);
        if (target is not null && FileProbe.KindOf(target) is FileKind.Pipe or FileKind.CharacterDevice)
            WriteInto(path, FileMode.Open, text);
        else if (IsDescriptor(path))
            WriteInto(path, IsRegular(path) ? FileMode.Append : FileMode.Open, text);
        else
            throw new OutputException($"'{shown}' is a symbolic link, which is not followed; name the file itself");
    }

    private static bool IsDescriptor(string path) =>
        !OperatingSystem.IsWindows()
        && (path is "/dev/stdout" or "/dev/stderr" || path.StartsWith("/dev/fd/", StringComparison.Ordinal)
            || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal));

    private static bool IsRegular(string path) => RealPath.Of(path) is { } target && FileProbe.KindOf(target) == FileKind.Regular;

    private static void WriteInto(string path, FileMode mode, string text)
    {
        using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(Utf8.GetBytes(text));
    }
}
