using System.Globalization;
using System.Text;
using MeshLint.Sources;

namespace MeshLint.Sources.Git;

/// <summary>Reads the answers of <c>git cat-file --batch</c>, one after the other.</summary>
internal sealed class BlobReader(GitProcess git)
{
    private const int LongestHeader = 1024;

    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;
    private long total;

    /// <summary>The next content.</summary>
    /// <param name="maxBytes">A larger one is skipped over, not held.</param>
    /// <param name="maxTotal">Once all of them have so many bytes together, the others are skipped over.</param>
    /// <exception cref="EndOfStreamException">Git ended before.</exception>
    public SourceContent Read(long maxBytes, long maxTotal)
    {
        // "object SP type SP size LF content LF", or "object SP missing LF".
        var header = ReadLine().Split(' ');
        if (header is not [_, { } type, { } text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            return GitContent.Missing;
        if (type != "blob")
        {
            Skip(size + 1);
            return GitContent.OtherObject;
        }

        if (GitContent.Refuse(size, total, maxBytes, maxTotal) is { } refusal)
        {
            Skip(size + 1);
            return refusal;
        }

        total += size;
        var bytes = new byte[size];
        for (var count = 0; count < size;)
        {
            var part = Available();
            var take = Math.Min(part.Length, (int)size - count);
            part[..take].CopyTo(bytes.AsSpan(count));
            count += take;
            start += take;
        }

        Skip(1);
        return TextDecoder.Decode(bytes);
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            var b = Available()[0];
            start++;
            if (b == '\n')
                return line.ToString();
            if (line.Length == LongestHeader)
                throw new GitException("git gives an answer that MeshLint does not understand");
            line.Append((char)b);
        }
    }

    private void Skip(long count)
    {
        while (count > 0)
        {
            var take = (int)Math.Min(count, Available().Length);
            start += take;
            count -= take;
        }
    }

    private ReadOnlySpan<byte> Available()
    {
        if (start == end)
        {
            start = 0;
            end = git.Read(buffer);
            if (end <= 0)
                throw new EndOfStreamException();
        }

        return buffer.AsSpan(start, end - start);
    }
}
