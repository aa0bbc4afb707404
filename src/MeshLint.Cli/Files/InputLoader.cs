using MeshLint.Cli.Platform;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Sources;
using MeshLint.Sources.Git;

namespace MeshLint.Cli.Files;

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
        return request.Revision is not null || request.Staged ? GitInputs.Load(request, host, paths) : FromDisk(request, host, paths);
    }

    /// <summary>The full path of what a user names.</summary>
    /// <exception cref="UsageException">It is empty.</exception>
    public static string Full(string path, string currentFolder)
    {
        if (path.Length == 0 || path.Contains('\0'))
            throw new UsageException("a path is empty");
        var full = Path.GetFullPath(path, currentFolder);
        return full.Length > 1 ? Path.TrimEndingDirectorySeparator(full) : full;
    }

    private static Inputs FromStandardInput(InputRequest request, CliHost host, ImmutableArray<string> paths)
    {
        if (paths.Length > 1)
            throw new UsageException("'-' (standard input) cannot be read together with other paths");
        if (request.Revision is not null || request.Staged)
            throw new UsageException("standard input cannot be read from git");
        var content = ReadStandardInput(host.In);
        var sources = SourceSet.Create([new SourceFile("-", () => content)]);
        return WithConfiguration(host.Folder, ConfigurationFile.Find(request.Config, host.Folder, host.Folder), _ => sources, []);
    }

    private static SourceContent ReadStandardInput(Stream input)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (input.Read(buffer) is > 0 and var count)
            {
                all.Write(buffer, 0, count);
                if (all.Length > Limits.StandardInput)
                    throw new UsageException($"standard input holds more than {Limits.Words(Limits.StandardInput)}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"standard input cannot be read: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}");
        }

        return TextDecoder.Decode(all.GetBuffer().AsSpan(0, (int)all.Length));
    }

    private static Inputs FromDisk(InputRequest request, CliHost host, ImmutableArray<string> paths)
    {
        var starts = new List<string>();
        foreach (var path in paths)
        {
            var full = Full(path, host.Folder);
            CheckStart(full, path, host);
            starts.Add(full);
        }

        var common = CommonFolder(starts);
        var config = ConfigurationFile.Find(request.Config, common, host.Folder);
        var root = ChooseRoot(starts, common, config?.Path, host);
        var inputs =
            WithConfiguration(root, config, options => SourceSet.Create(FileTree.List(root, starts, options.Exclude)), [.. starts]);
        // Of what the configuration speaks of, only a part is read.
        return inputs with
        {
            Options = inputs.Options with { IsPartial = config is not null && request.Config is null && !starts.Contains(root) },
        };
    }

    // What the user names is a folder or a regular file, and no link on the way leads out of the repository.
    private static void CheckStart(string full, string shown, CliHost host)
    {
        switch (FileProbe.KindOf(TreeBoundary.Resolve(full, shown, host.Folder)))
        {
            case FileKind.Folder or FileKind.Regular:
                return;
            // A pipe of the shell (/dev/fd/63) has no path of its own.
            case FileKind.Missing when File.Exists(full):
                throw NoRegularFile(shown, FileKind.Pipe);
            case FileKind.Missing:
                throw new UsageException($"there is no file or folder '{shown}'");
            case FileKind.TooLong:
                throw new UsageException($"'{shown}' cannot be read: its path is too long");
            case FileKind.Unknown:
                throw new UsageException($"'{shown}' cannot be read: permission denied");
            case var kind:
                throw NoRegularFile(shown, kind);
        }
    }

    private static UsageException NoRegularFile(string shown, FileKind kind) =>
        new($"'{shown}' is {FileProbe.Words(kind)}; what is read is regular files, and standard input where the path is '-'");

    private static Inputs WithConfiguration(
        string root, ConfigurationFile? config, Func<MeshLintOptions, SourceSet> list, ImmutableArray<string> starts)
    {
        var (options, hasVersion) = ConfigurationFile.Understand(config?.Read());
        return new Inputs(root, list(options), options, hasVersion, config?.Path, starts);
    }

    private static string ChooseRoot(List<string> starts, string common, string? config, CliHost host)
    {
        if (config is not null && Path.GetDirectoryName(config) is { } folder && Folders.IsBelow(common, folder))
            return folder;
        if (starts is [{ } only] && Directory.Exists(only))
            return only;
        return Folders.IsBelow(common, host.Folder) ? host.Folder : common;
    }

    private static string CommonFolder(List<string> starts)
    {
        string? common = null;
        foreach (var start in starts)
        {
            var folder = Directory.Exists(start) ? start : Path.GetDirectoryName(start) ?? start;
            common ??= folder;
            while (!Folders.IsBelow(folder, common))
                common = Path.GetDirectoryName(common) ?? throw new UsageException("the paths have no folder in common");
        }

        return common ?? throw new UsageException("no path is given");
    }
}
