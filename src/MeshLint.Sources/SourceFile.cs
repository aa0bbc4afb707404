namespace MeshLint.Sources;

/// <summary>Why a file gave no text.</summary>
public enum SourceFault
{
    None,

    /// <summary>The host could not read it (permission, vanished, I/O).</summary>
    Unreadable,

    /// <summary>Larger than the host is willing to read.</summary>
    TooLarge,

    /// <summary>The bytes are no UTF-8; the text holds replacement characters.</summary>
    NotUtf8,

    /// <summary>The host leaves it out on purpose, and says so: a link out of the repository, the output of a build.</summary>
    LeftOut,
}

/// <summary>What reading a file gave.</summary>
/// <param name="Text">The text without a byte order mark; "" where there is none.</param>
/// <param name="Fault">What went wrong, if anything.</param>
/// <param name="Detail">The fault in a few words, for the reader of the report.</param>
public readonly record struct SourceContent(string Text, SourceFault Fault = SourceFault.None, string Detail = "");

/// <summary>One file that a run may look at: a path, and a text that is fetched when it is needed.</summary>
/// <remarks>The text is not kept here: a repository is mostly other things, and those are let go as soon as they were looked at.</remarks>
public sealed class SourceFile
{
    private readonly Func<SourceContent> read;

    /// <summary>A file whose text is at hand.</summary>
    public SourceFile(string path, string text)
        : this(path, () => new SourceContent(text))
    {
    }

    /// <summary>A file that is read on demand. The function is called at most once a stage, from any thread, and must not throw.</summary>
    public SourceFile(string path, Func<SourceContent> read)
    {
        Path = path;
        this.read = read;
    }

    /// <summary>Path relative to the root, with '/' on every platform; "-" for standard input.</summary>
    public string Path { get; }

    /// <summary>Fetches the text.</summary>
    public SourceContent Read() => read();

    public override string ToString() => Path;
}
