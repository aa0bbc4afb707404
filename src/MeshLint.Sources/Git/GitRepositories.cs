using System.Runtime.CompilerServices;

namespace MeshLint.Sources.Git;

/// <summary>Opens repositories: with libgit2, which starts no program, and where that cannot read one, with git plumbing.</summary>
public static class GitRepositories
{
    /// <summary>Finds the repository that holds a folder.</summary>
    /// <param name="host">What reading takes from the host.</param>
    /// <param name="folder">Full path of the folder.</param>
    /// <exception cref="GitException">There is none, it is refused, or nothing here can read it.</exception>
    public static IGitRepository Open(GitHost host, string folder)
    {
        if (!host.UsesLibrary)
            return OpenPlumbing(host, folder, null);
        try
        {
            return new FallbackRepository(OpenLibrary(host, GitLayout.Find(host, folder)), reason => OpenPlumbing(host, folder, reason));
        }
        catch (NeedsGitException exception)
        {
            return OpenPlumbing(host, folder, exception);
        }
    }

    /// <summary>Whether libgit2 alone can read the repository that holds a folder.</summary>
    /// <param name="host">What reading takes from the host.</param>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="reason">Why it cannot.</param>
    /// <exception cref="GitException">Something in the repository is no file that can be read.</exception>
    internal static bool CanUseLibrary(GitHost host, string folder, out string reason)
    {
        try
        {
            OpenLibrary(host, GitLayout.Find(host, folder));
            reason = "";
            return true;
        }
        catch (NeedsGitException exception)
        {
            reason = exception.Message;
            return false;
        }
    }

    // A method of its own: no type of the library is loaded before it runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LibGit2Repository OpenLibrary(GitHost host, GitLayout layout) => LibGit2Repository.Open(host, layout);

    private static IGitRepository OpenPlumbing(GitHost host, string folder, NeedsGitException? reason)
    {
        if (GitSetup.TryFor(folder, host.Environment("PATH") ?? Environment.GetEnvironmentVariable("PATH"), host.Silence) is { } setup)
            return PlumbingRepository.Open(setup with { IndexFile = host.IndexFile }, folder);
        const string noGit = "git is needed for this and is in no absolute folder of PATH outside of what is read";
        throw new GitException(reason is null ? noGit : reason.Answer ?? $"{noGit}: {reason.Message}");
    }
}
