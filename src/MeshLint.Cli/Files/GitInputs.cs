using System.Text;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

/// <summary>The files of a git revision or of the index, with the configuration that lies among them.</summary>
internal sealed class GitInputs
{
    private readonly IGitRepository repository;
    private readonly ImmutableArray<GitEntry> entries;
    private readonly string prefix;

    private GitInputs(IGitRepository repository, ImmutableArray<GitEntry> entries, string prefix)
    {
        this.repository = repository;
        this.entries = entries;
        this.prefix = prefix;
    }

    /// <summary>Reads what a request names.</summary>
    /// <exception cref="UsageException">A path or the configuration is wrong.</exception>
    /// <exception cref="GitException">Git cannot give what was asked.</exception>
    public static Inputs Load(InputRequest request, CliHost host, ImmutableArray<string> paths)
    {
        if (paths.Length > 1)
            throw new UsageException("--rev and --staged take one path");
        // The path need not exist any more: git is asked from the nearest folder that does.
        var full = InputLoader.Full(paths[0], host.Folder);
        var existing = full;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing) ?? throw new UsageException($"there is no folder '{paths[0]}'");
        TreeBoundary.Resolve(existing, paths[0], host.Folder);
        var repository = Open(existing, host);
        var rest = Path.GetRelativePath(existing, full).Replace(Path.DirectorySeparatorChar, '/');
        var prefix = (repository.Prefix + (rest == "." ? "" : rest)).TrimEnd('/');
        var entries = request.Revision is { } revision ? repository.ListCommit(repository.ResolveCommit(revision)) : repository.ListIndex();
        return new GitInputs(repository, entries, prefix).Read(request, host, paths[0], full);
    }

    /// <summary>The repository that holds a folder.</summary>
    /// <exception cref="GitException">There is none, or nothing here can read it.</exception>
    public static IGitRepository Open(string folder, CliHost host) => GitRepositories.Open(
        new GitHost
        {
            Environment = host.Environment,
            Files = GitFiles.Instance,
            Silence = host.GitSilence,
            UsesLibrary = host.UsesLibGit2,
        },
        folder);

    private Inputs Read(InputRequest request, CliHost host, string shown, string full)
    {
        var inside = entries.Where(e => prefix.Length == 0 || e.Path == prefix || e.Path.StartsWith($"{prefix}/", StringComparison.Ordinal)).ToList();
        if (inside.Count == 0 && prefix.Length > 0)
            throw new UsageException($"there is no file or folder '{shown}' in {(request.Revision is null ? "the index" : $"'{request.Revision}'")}");
        var isFile = inside.Count == 1 && inside[0].Path == prefix;
        if (isFile && inside[0].IsLink)
            throw new UsageException($"'{shown}' is a symbolic link, which is not followed");
        var rootPath = isFile ? Folder(prefix) : prefix;
        var configuration = request.Config is null ? FindConfiguration(ref rootPath) : ConfigurationFile.Named(request.Config, host.Folder).Read();
        var (options, hasVersion) = ConfigurationFile.Understand(configuration);
        var exclude = new PathPatternSet(options.Exclude.Select(static e => new PathPattern(e)));
        var start = isFile ? Folder(prefix) : prefix;
        var outputs = new GitOutputs(repository, inside.Where(e => Folder(e.Path) != start));
        ImmutableArray<GitEntry> wanted =
        [
            .. inside.Where(e => (isFile || SourceNames.IsSource(e.Path)) && !SourceNames.IsInSkippedFolder(e.Path)
                && !exclude.Matches(Below(rootPath, e.Path))),
        ];
        var contents = repository.Read(wanted, Limits.Source, Limits.GitTotal);
        var files = new List<SourceFile>(wanted.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            var content = contents[i];
            var path = Below(rootPath, wanted[i].Path);
            if (wanted[i].IsLink)
                AddLink(files, wanted[i], path, content);
            else if (!outputs.Wrote(wanted[i].Path, content))
                files.Add(new SourceFile(path, () => content));
        }

        files.AddRange(outputs.Skipped(p => Below(rootPath, p)));
        options = options with { IsPartial = configuration is not null && request.Config is null && prefix != rootPath };
        var root = Path.Combine(repository.TopLevel, rootPath);
        return new Inputs(root, SourceSet.Create(files), options, hasVersion, configuration?.Path, [full]);
    }

    // The configuration of the same revision, nearest first.
    private SourceText? FindConfiguration(ref string rootPath)
    {
        var configurations = new Dictionary<string, GitEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Path.EndsWith(ConfigurationReader.FileName, StringComparison.Ordinal))
                configurations.TryAdd(entry.Path, entry);
        }

        for (var folder = rootPath; ; folder = Folder(folder))
        {
            if (configurations.TryGetValue(folder.Length == 0 ? ConfigurationReader.FileName : $"{folder}/{ConfigurationReader.FileName}", out var entry))
            {
                if (entry.IsLink)
                    throw new UsageException($"the configuration '{entry.Path}' cannot be read: it is a symbolic link, which is not followed");
                rootPath = folder;
                return ConfigurationFile.TextOf(repository.Read([entry], Limits.Configuration, Limits.Configuration)[0], entry.Path);
            }

            if (folder.Length == 0)
                return null;
        }
    }

    // As on disk: what a link leads to is read where it lies, and one that leads out of the repository is told.
    private static void AddLink(List<SourceFile> files, GitEntry entry, string path, SourceContent target)
    {
        if (target.Fault == SourceFault.None && StaysInside(Folder(entry.Path), target.Text))
            return;
        files.Add(new SourceFile(path, () => FileTree.LinkLeftOut));
    }

    private static bool StaysInside(string folder, string target)
    {
        if (target.StartsWith('/'))
            return false;
        var depth = folder.Length == 0 ? 0 : folder.Count(c => c == '/') + 1;
        foreach (var part in target.Split('/'))
        {
            depth += part switch { ".." => -1, "" or "." => 0, _ => 1 };
            if (depth < 0)
                return false;
        }

        return true;
    }

    private static string Folder(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    private static string Below(string folder, string path) => folder.Length == 0 ? path : path[(folder.Length + 1)..];
}
