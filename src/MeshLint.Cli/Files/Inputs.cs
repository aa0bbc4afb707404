using MeshLint.Core.Configuration;
using MeshLint.Core.Rules;
using MeshLint.Core.Sources;
using MeshLint.Core.Text;
using MeshLint.Git;

namespace MeshLint.Cli.Files;

/// <summary>What a run reads.</summary>
/// <param name="Root">Full path of the folder that paths are relative to; "" for standard input.</param>
/// <param name="Sources">The files.</param>
/// <param name="Options">The configuration.</param>
/// <param name="HasVersion">Whether the configuration names a Kuma version.</param>
/// <param name="ConfigurationPath">Where the configuration was found, or null.</param>
internal sealed record Inputs(string Root, SourceSet Sources, MeshLintOptions Options, bool HasVersion, string? ConfigurationPath);

/// <summary>Where to read from.</summary>
/// <param name="Paths">As the user wrote them; none = the current folder, "-" = standard input.</param>
/// <param name="Revision">A git revision, or null.</param>
/// <param name="Staged">The git index.</param>
/// <param name="Config">A configuration named by the user, or null.</param>
internal sealed record InputRequest(ImmutableArray<string> Paths, string? Revision, bool Staged, string? Config);

/// <summary>Finds the root, the configuration and the files of a run.</summary>
/// <remarks>
/// The root is the folder of the configuration that was found; without one, the folder that was named, or for files the current
/// folder where it holds them.
/// </remarks>
internal static class InputLoader
{
    /// <exception cref="UsageException">A path or the configuration is wrong.</exception>
    /// <exception cref="GitException">Git cannot give what was asked.</exception>
    public static Inputs Load(InputRequest request, CliHost host)
    {
        var paths = request.Paths.IsEmpty ? ["."] : request.Paths;
        if (paths.Contains("-"))
            return FromStandardInput(request, host, paths);
        if (request.Revision is not null && request.Staged)
            throw new UsageException("--rev and --staged cannot be used together");
        return request.Revision is not null || request.Staged ? FromGit(request, host, paths) : FromDisk(request, host, paths);
    }

    private static Inputs FromStandardInput(InputRequest request, CliHost host, ImmutableArray<string> paths)
    {
        if (paths.Length > 1)
            throw new UsageException("'-' (standard input) cannot be read together with other paths");
        if (request.Revision is not null || request.Staged)
            throw new UsageException("standard input cannot be read from git");
        using var buffer = new MemoryStream();
        host.In.CopyTo(buffer);
        var content = TextDecoder.Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        var sources = SourceSet.Create([new SourceFile("-", () => content)]);
        var config = request.Config is null ? FindConfiguration(host.Folder) : FullConfigPath(request.Config, host);
        return WithConfiguration(host.Folder, config, _ => sources);
    }

    private static Inputs FromDisk(InputRequest request, CliHost host, ImmutableArray<string> paths)
    {
        var starts = new List<string>();
        foreach (var path in paths)
        {
            var full = Full(path, host);
            if (!File.Exists(full) && !Directory.Exists(full))
                throw new UsageException($"there is no file or folder '{path}'");
            starts.Add(full);
        }

        var common = CommonFolder(starts);
        var config = request.Config is null ? FindConfiguration(common) : FullConfigPath(request.Config, host);
        var root = ChooseRoot(starts, common, config, host);
        var inputs = WithConfiguration(root, config, options => SourceSet.Create(FileTree.List(root, starts, options.Exclude)));
        // Of what the configuration speaks of, only a part is read.
        return inputs with { Options = inputs.Options with { IsPartial = config is not null && request.Config is null && !starts.Contains(root) } };
    }

    private static Inputs FromGit(InputRequest request, CliHost host, ImmutableArray<string> paths)
    {
        if (paths.Length > 1)
            throw new UsageException("--rev and --staged take one path");
        // The path need not exist any more: git is asked from the nearest folder that does.
        var full = Full(paths[0], host);
        var existing = full;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing) ?? throw new UsageException($"there is no folder '{paths[0]}'");
        var repository = GitRepository.Open(existing);
        var rest = Path.GetRelativePath(existing, full).Replace(Path.DirectorySeparatorChar, '/');
        var prefix = (repository.Prefix + (rest == "." ? "" : rest)).TrimEnd('/');
        var entries = request.Revision is { } revision ? repository.ListCommit(repository.ResolveCommit(revision)) : repository.ListIndex();
        var inside = entries.Where(e => prefix.Length == 0 || e.Path == prefix || e.Path.StartsWith($"{prefix}/", StringComparison.Ordinal)).ToList();
        if (inside.Count == 0 && prefix.Length > 0)
            throw new UsageException($"there is no file or folder '{paths[0]}' in {(request.Revision is null ? "the index" : $"'{request.Revision}'")}");

        // The configuration of the same revision, nearest first.
        var isFile = inside.Count == 1 && inside[0].Path == prefix;
        var byPath = entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        var rootPath = isFile ? Folder(prefix) : prefix;
        SourceText? configuration = null;
        if (request.Config is not null)
        {
            configuration = ReadText(FullConfigPath(request.Config, host), request.Config);
        }
        else
        {
            for (var folder = rootPath; ; folder = Folder(folder))
            {
                if (byPath.TryGetValue(Join(folder, ConfigurationReader.FileName), out var entry))
                {
                    configuration = new SourceText(entry.Path, repository.Read([entry], SourceNames.MaxBytes)[0].Text);
                    rootPath = folder;
                    break;
                }

                if (folder.Length == 0)
                    break;
            }
        }

        var (options, hasVersion) = Understand(configuration);
        var exclude = options.Exclude.Select(e => new PathPattern(e)).ToArray();
        var ours = entries.Where(e => e.Path.EndsWith($"/{OutputDirectory.Marker}", StringComparison.Ordinal)).Select(e => Folder(e.Path)).ToArray();
        ImmutableArray<GitEntry> wanted =
        [
            .. inside.Where(e => (isFile || SourceNames.IsSource(e.Path)) && !SourceNames.IsInSkippedFolder(e.Path)
                && !ours.Any(f => e.Path.StartsWith($"{f}/", StringComparison.Ordinal))
                && !exclude.Any(p => p.Matches(Below(rootPath, e.Path)))),
        ];
        var contents = repository.Read(wanted, SourceNames.MaxBytes);
        var files = wanted.Select((e, i) => new SourceFile(Below(rootPath, e.Path), () => contents[i]));
        options = options with { IsPartial = configuration is not null && request.Config is null && prefix != rootPath };
        return new Inputs(Path.Combine(repository.TopLevel, rootPath), SourceSet.Create(files), options, hasVersion, configuration?.Path);
    }

    private static Inputs WithConfiguration(string root, string? configPath, Func<MeshLintOptions, SourceSet> list)
    {
        var (options, hasVersion) = Understand(configPath is null ? null : ReadText(configPath, configPath));
        return new Inputs(root, list(options), options, hasVersion, configPath);
    }

    private static (MeshLintOptions Options, bool HasVersion) Understand(SourceText? configuration)
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

    private static SourceText ReadText(string path, string shown)
    {
        try
        {
            var content = TextDecoder.Decode(File.ReadAllBytes(path));
            if (content.Fault != SourceFault.None)
                throw new UsageException($"the configuration '{shown}' is not UTF-8");
            return new SourceText(shown, content.Text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the configuration '{shown}' cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string FullConfigPath(string path, CliHost host)
    {
        var full = Full(path, host);
        return File.Exists(full) ? full : throw new UsageException($"there is no configuration '{path}'");
    }

    // The nearest configuration at or above a folder, not above the top of its repository.
    private static string? FindConfiguration(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            var candidate = Path.Combine(current, ConfigurationReader.FileName);
            if (File.Exists(candidate))
                return candidate;
            if (Path.Exists(Path.Combine(current, ".git")))
                return null;
        }

        return null;
    }

    private static string ChooseRoot(List<string> starts, string common, string? config, CliHost host)
    {
        if (config is not null && Path.GetDirectoryName(config) is { } folder && IsBelow(common, folder))
            return folder;
        if (starts is [{ } only] && Directory.Exists(only))
            return only;
        return IsBelow(common, host.Folder) ? host.Folder : common;
    }

    private static string CommonFolder(List<string> starts)
    {
        string? common = null;
        foreach (var start in starts)
        {
            var folder = Directory.Exists(start) ? start : Path.GetDirectoryName(start) ?? start;
            common ??= folder;
            while (!IsBelow(folder, common))
                common = Path.GetDirectoryName(common) ?? throw new UsageException("the paths have no folder in common");
        }

        return common ?? throw new UsageException("no path is given");
    }

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Full(string path, CliHost host)
    {
        if (path.Length == 0 || path.Contains('\0'))
            throw new UsageException("an empty path is no path");
        var full = Path.GetFullPath(path, host.Folder);
        return full.Length > 1 ? Path.TrimEndingDirectorySeparator(full) : full;
    }

    private static string Folder(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static string Below(string folder, string path) => folder.Length == 0 ? path : path[(folder.Length + 1)..];
}
