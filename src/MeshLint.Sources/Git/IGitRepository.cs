using MeshLint.Sources;

namespace MeshLint.Sources.Git;

/// <summary>Reads files out of a git repository without touching its work tree.</summary>
public interface IGitRepository
{
    /// <summary>Full path of the top of the work tree.</summary>
    string TopLevel { get; }

    /// <summary>The folder that was opened, relative to the top; "" or ends with '/'.</summary>
    string Prefix { get; }

    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="GitException">There is no such commit, or the text is no revision.</exception>
    string ResolveCommit(string revision);

    /// <summary>The files and symbolic links of a commit, by path; submodules are left out.</summary>
    /// <exception cref="GitException">They cannot be listed.</exception>
    ImmutableArray<GitEntry> ListCommit(string commit);

    /// <summary>The files and symbolic links of the index, by path; of a conflict one entry that says so.</summary>
    /// <exception cref="GitException">They cannot be listed.</exception>
    ImmutableArray<GitEntry> ListIndex();

    /// <summary>Reads the contents of entries, in their order; each content is read once, however often it is named.</summary>
    /// <param name="entries">What to read.</param>
    /// <param name="maxBytes">A larger file is skipped over, not held.</param>
    /// <param name="maxTotal">Once the contents have so many bytes together, the others are skipped over.</param>
    /// <exception cref="GitException">Git fails.</exception>
    ImmutableArray<SourceContent> Read(ImmutableArray<GitEntry> entries, long maxBytes, long maxTotal);
}
