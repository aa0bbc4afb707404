namespace MeshLint.Sources.Git;

/// <summary>Reads with libgit2, and from the first thing on that it cannot read, with git plumbing. Both name objects alike.</summary>
internal sealed class FallbackRepository(IGitRepository library, Func<NeedsGitException, IGitRepository> openPlumbing) : IGitRepository
{
    private IGitRepository current = library;

    public string TopLevel => current.TopLevel;

    public string Prefix => current.Prefix;

    public string ResolveCommit(string revision) => Ask(r => r.ResolveCommit(revision));

    public ImmutableArray<GitEntry> ListCommit(string commit) => Ask(r => r.ListCommit(commit));

    public ImmutableArray<GitEntry> ListIndex() => Ask(static r => r.ListIndex());

    public ImmutableArray<SourceContent> Read(ImmutableArray<GitEntry> entries, long maxBytes, long maxTotal) =>
        Ask(r => r.Read(entries, maxBytes, maxTotal));

    private T Ask<T>(Func<IGitRepository, T> question)
    {
        try
        {
            return question(current);
        }
        catch (NeedsGitException exception)
        {
            current = openPlumbing(exception);
            return question(current);
        }
    }
}
