using LibGit2Sharp;

namespace MeshLint.Sources.Git;

/// <summary>The settings of libgit2 that count for the whole process.</summary>
internal static class LibGit2Settings
{
    private static readonly Lazy<bool> Applied = new(static () =>
    {
        // Only the repository's own configuration is read. Whom the user trusts (safe.directory) is asked of git where it matters.
        foreach (var level in (ConfigurationLevel[])
                 [
                     ConfigurationLevel.Global, ConfigurationLevel.Xdg, ConfigurationLevel.System, ConfigurationLevel.ProgramData,
                 ])
            GlobalSettings.SetConfigSearchPaths(level, "");
        GlobalSettings.SetOwnerValidation(true);
        // An object that a partial clone does not have is one that is missing: nothing is fetched.
        GlobalSettings.SetExtensions("partialclone");
        return true;
    });

    /// <summary>Applies them once.</summary>
    public static void Apply() => _ = Applied.Value;
}
