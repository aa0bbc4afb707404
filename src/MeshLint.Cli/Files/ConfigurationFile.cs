using MeshLint.Cli.Platform;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Analysis.Rules;
using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Cli.Files;

/// <summary>Finds and reads the configuration.</summary>
/// <param name="Path">Full path, as it was found or named.</param>
/// <param name="Target">The same without links.</param>
/// <param name="Shown">The path in messages.</param>
internal sealed record ConfigurationFile(string Path, string Target, string Shown)
{
    /// <summary>
    /// The configuration that the user names, else the nearest one at or above a folder, not above the top of its repository.
    /// </summary>
    /// <param name="named">What the user names, or null.</param>
    /// <param name="folder">Full path of a folder.</param>
    /// <param name="currentFolder">Full path of the current folder.</param>
    /// <exception cref="UsageException">The named one does not exist, or a link leads out of the repository.</exception>
    public static ConfigurationFile? Find(string? named, string folder, string currentFolder)
    {
        if (named is not null)
            return Named(named, currentFolder);
        for (var current = folder; current is not null; current = System.IO.Path.GetDirectoryName(current))
        {
            var candidate = System.IO.Path.Combine(current, ConfigurationReader.FileName);
            // Whatever has the name is the configuration: one that cannot be read ends the run, it does not run without.
            if (FileProbe.KindOf(candidate) != FileKind.Missing)
                return new ConfigurationFile(candidate, TreeBoundary.Resolve(candidate, candidate, currentFolder, current), candidate);
            if (System.IO.Path.Exists(System.IO.Path.Combine(current, ".git")))
                return null;
        }

        return null;
    }

    /// <summary>The configuration that the user names.</summary>
    /// <exception cref="UsageException">It does not exist, or a link leads out of the repository.</exception>
    public static ConfigurationFile Named(string named, string currentFolder)
    {
        var full = InputLoader.Full(named, currentFolder);
        var target = TreeBoundary.Resolve(full, named, currentFolder);
        return FileProbe.KindOf(target) == FileKind.Missing
            ? throw new UsageException($"there is no configuration '{named}'")
            : new ConfigurationFile(full, target, named);
    }

    /// <summary>Its text.</summary>
    /// <exception cref="UsageException">It is no regular file, too large, not UTF-8, or cannot be read.</exception>
    public SourceText Read() => TextOf(BoundedFile.ReadText(Target, Limits.Configuration), Shown);

    /// <summary>The text of a configuration that was read.</summary>
    /// <exception cref="UsageException">It could not be read.</exception>
    public static SourceText TextOf(SourceContent content, string shown) => content.Fault switch
    {
        SourceFault.None => new SourceText(shown, content.Text),
        SourceFault.NotUtf8 => throw new UsageException($"the configuration '{shown}' is not UTF-8"),
        SourceFault.TooLarge => throw new UsageException($"the configuration '{shown}' is not read: {content.Detail}"),
        _ => throw new UsageException($"the configuration '{shown}' cannot be read: {content.Detail}"),
    };

    /// <summary>What a configuration says; the defaults where there is none.</summary>
    /// <exception cref="UsageException">It is wrong; a message for each fault.</exception>
    public static (MeshLintOptions Options, bool HasVersion) Understand(SourceText? configuration)
    {
        if (configuration is null)
            return (new MeshLintOptions(), false);
        var result = ConfigurationReader.Read(configuration, KnownRules());
        if (!result.Problems.IsEmpty)
            throw new UsageException([.. result.Problems.Select(p => p.ToString())]);
        return (result.Options, result.HasVersion);
    }

    // An iterator: the catalogue is only built where the configuration names a rule.
    private static IEnumerable<string> KnownRules()
    {
        foreach (var name in RuleCatalog.Names)
            yield return name;
    }
}
