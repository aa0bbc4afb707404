using MeshLint.Cli.Platform;
using MeshLint.Sources;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

/// <summary>Looks at the files inside of <c>.git</c> without opening what could wait.</summary>
internal sealed class GitFiles : IGitFiles
{
    public static GitFiles Instance { get; } = new();

    public GitFileKind KindOf(string path) => FileProbe.KindOf(path) switch
    {
        FileKind.Missing => GitFileKind.Missing,
        FileKind.Regular => GitFileKind.Regular,
        FileKind.Folder => GitFileKind.Folder,
        FileKind.Link => GitFileKind.Link,
        FileKind.Pipe or FileKind.CharacterDevice or FileKind.BlockDevice or FileKind.Socket => GitFileKind.Special,
        _ => GitFileKind.Unknown,
    };

    public byte[]? Read(string path, long limit) =>
        BoundedFile.Read(path, limit) is { Fault: SourceFault.None } content ? content.Bytes.ToArray() : null;

    public IReadOnlyList<string> NamesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(static p => Path.GetFileName(p))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // libgit2 and git say themselves what they cannot read.
            return [];
        }
    }
}
