using System.Buffers;
using MeshLint.Cli.Platform;
using MeshLint.Sources;

namespace MeshLint.Cli.Files;

/// <summary>Reads regular files up to a size; nothing else is ever opened.</summary>
internal static class BoundedFile
{
    // Nearly every file of a repository is smaller.
    private const int UsualSize = 64 * 1024;

    /// <summary>The bytes of a file, or why they are not read.</summary>
    /// <param name="Bytes">The bytes; empty where there is a fault.</param>
    /// <param name="Fault">What is wrong.</param>
    /// <param name="Detail">The fault in a few words, to follow "'x' cannot be read: ".</param>
    internal readonly record struct Content(ReadOnlyMemory<byte> Bytes, SourceFault Fault = SourceFault.None, string Detail = "");

    /// <summary>Reads a file.</summary>
    /// <param name="path">Full path; a link is refused.</param>
    /// <param name="limit">Most bytes.</param>
    public static Content Read(string path, long limit)
    {
        byte[] buffer = [];
        return Read(path, limit, ref buffer);
    }

    /// <summary>Reads a file and decodes it.</summary>
    public static SourceContent ReadText(string path, long limit)
    {
        // The bytes are gone once they are decoded: one buffer serves file after file.
        var usual = ArrayPool<byte>.Shared.Rent(UsualSize);
        var buffer = usual;
        var content = Read(path, limit, ref buffer);
        var text = content.Fault == SourceFault.None
            ? TextDecoder.Decode(content.Bytes.Span)
            : new SourceContent("", content.Fault, content.Detail);
        ArrayPool<byte>.Shared.Return(usual);
        return text;
    }

    // Reads into the buffer, or into a larger one that takes its place.
    private static Content Read(string path, long limit, ref byte[] buffer)
    {
        try
        {
            using var handle = FileProbe.OpenRegular(path, out var kind);
            if (handle is null)
                return new Content(default, SourceFault.Unreadable, Explain(kind, path));
            var length = RandomAccess.GetLength(handle);
            if (length > limit)
                return TooLarge($"it has {length} bytes", limit);
            // Files of the kernel say length 0 and still hold something, and a file may grow: the bytes that come are what counts.
            if (buffer.Length <= length)
                buffer = new byte[length + 1];
            var count = 0;
            while (RandomAccess.Read(handle, buffer.AsSpan(count), count) is > 0 and var read)
            {
                count += read;
                if (count > limit)
                    return TooLarge("it grows while it is being read", limit);
                if (count == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min(limit + 1, Math.Max(4096, buffer.Length * 2L)));
            }

            return new Content(buffer.AsMemory(0, count));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return new Content(default, SourceFault.Unreadable, Explain(exception));
        }
    }

    /// <summary>Why the system gave nothing, in a few words.</summary>
    public static string Explain(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "it disappeared while it was read",
        PathTooLongException => "its path is too long",
        _ => "an input or output error occurred",
    };

    /// <summary>Why something that is no regular file gives nothing, in a few words.</summary>
    public static string Explain(FileKind kind, string path) => kind switch
    {
        FileKind.Missing => path.Contains('\uFFFD') ? "its name is not UTF-8" : "it disappeared while it was read",
        FileKind.TooLong => "its path is too long",
        FileKind.Unknown => "an input or output error occurred",
        _ => $"it is {FileProbe.Words(kind)}, not a regular file",
    };

    private static Content TooLarge(string what, long limit) => new(default, SourceFault.TooLarge, $"{what}, the limit is {limit}");
}
