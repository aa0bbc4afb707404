using System.Security.Cryptography;
using System.Text;

namespace MeshLint.Cli.Files;

/// <summary>What a build wrote into its output: the content of the <c>.meshlint-output</c> file.</summary>
/// <remarks>
/// A line that says what the file is, then for each file its SHA-256 digest in hexadecimal, two blanks and its path, by path: what
/// <c>sha256sum --check</c> reads. A folder counts as an output only for files that the list names with the digest that they have.
/// </remarks>
internal sealed class OutputList
{
    /// <summary>The name of the file.</summary>
    public const string FileName = ".meshlint-output";

    private const string Header = "# Written by 'meshlint build', which replaces this folder as a whole.";

    private readonly SortedDictionary<string, string> digests;

    private OutputList(SortedDictionary<string, string> digests) => this.digests = digests;

    /// <summary>How many files are listed.</summary>
    public int Count => digests.Count;

    /// <summary>The list of these files.</summary>
    /// <param name="files">Paths relative to the output, with '/', and contents.</param>
    public static OutputList Of(IEnumerable<(string Path, byte[] Content)> files)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, content) in files)
            digests[path] = DigestOf(content);
        return new OutputList(digests);
    }

    /// <summary>Reads a list; null where the text is none.</summary>
    public static OutputList? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 2 || lines[0] != Header || lines[^1].Length > 0)
            return null;
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.AsSpan(1, lines.Length - 2))
        {
            const int digestLength = 64;
            if (line.Length <= digestLength + 2 || line[digestLength] != ' ' || line[digestLength + 1] != ' ')
                return null;
            digests[line[(digestLength + 2)..]] = line[..digestLength];
        }

        return new OutputList(digests);
    }

    /// <summary>Whether a build wrote this file with this content.</summary>
    /// <param name="path">Path relative to the output, with '/'.</param>
    /// <param name="content">What the file holds now.</param>
    public bool Wrote(string path, ReadOnlySpan<byte> content) => digests.TryGetValue(path, out var digest) && digest == DigestOf(content);

    /// <summary>Whether a build wrote a file of that name.</summary>
    public bool Names(string path) => digests.ContainsKey(path);

    /// <summary>Every folder that holds a listed file, relative to the output; not the output itself.</summary>
    public HashSet<string> Folders()
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in digests.Keys)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                if (!folders.Add(path[..slash]))
                    break;
            }
        }

        return folders;
    }

    /// <summary>The text of the file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var (path, digest) in digests)
            text.Append(digest).Append("  ").Append(path).Append('\n');
        return text.ToString();
    }

    private static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
