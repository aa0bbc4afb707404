using System.Text.RegularExpressions;

namespace MeshLint.Sources.Git;

/// <summary>Texts that name a commit (gitrevisions(7)).</summary>
internal static partial class GitRevision
{
    /// <summary>Refuses what git would read as an option, and what no revision can be.</summary>
    /// <exception cref="GitException">It is no revision.</exception>
    public static void RefuseOptions(string revision)
    {
        if (revision.Length == 0 || revision[0] == '-' || revision.Any(char.IsControl))
            throw new GitException($"'{new string([.. revision.Where(c => !char.IsControl(c))])}' is not a revision");
    }

    /// <summary>What is said where there is no such commit.</summary>
    public static string NoCommit(string revision) => $"'{revision}' is not a commit of this repository";

    /// <summary>Splits a revision whose meaning is the same to git and to libgit2.</summary>
    /// <remarks>It is a name or an object id, then steps to ancestors or to what a tag names.</remarks>
    /// <param name="revision">The text. Searches, paths, dates and reflogs are left to git.</param>
    /// <param name="name">The name or id.</param>
    /// <param name="hasSteps">Whether ancestors are asked for.</param>
    public static bool TrySplit(string revision, out string name, out bool hasSteps)
    {
        var match = Plain().Match(revision);
        name = match.Groups["name"].Value;
        hasSteps = match.Groups["steps"].Value.AsSpan().ContainsAny('~', '^');
        return match.Success && name[0] != '/' && !name.Contains("..", StringComparison.Ordinal);
    }

    // "@" alone is HEAD; "@{…}" is a reflog.
    [GeneratedRegex(@"\A(?<name>@|[\p{L}\p{N}_./+#%=,!-]+)(?<steps>(?:~[0-9]{0,9}|\^[0-9]{0,9}|\^\{(?:commit)?\})*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
