using MeshLint.Cli.Files;
using MeshLint.Sources;
using MeshLint.Sources.Git;
using MeshLint.Output.Templates;

namespace MeshLint.Cli.Commands;

/// <summary>A folder of templates in a git revision or in the index.</summary>
internal sealed class RevisionTemplates : ITemplateFiles
{
    private readonly IGitRepository repository;
    private readonly Dictionary<string, GitEntry> entries;
    private readonly string folder;

    private RevisionTemplates(IGitRepository repository, Dictionary<string, GitEntry> entries, string folder)
    {
        this.repository = repository;
        this.entries = entries;
        this.folder = folder;
    }

    /// <summary>Opens the folder.</summary>
    /// <param name="root">Full path of the folder that paths are relative to.</param>
    /// <param name="folder">The templates, relative to it.</param>
    /// <param name="revision">The revision; null = the index.</param>
    /// <param name="host">Where git is looked for.</param>
    public static RevisionTemplates Open(string root, string folder, string? revision, CliHost host)
    {
        // The root need not exist any more in the work tree.
        var existing = root;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing) ?? throw new UsageException($"there is no folder '{root}'");
        var repository = GitInputs.Open(existing, host);
        var entries = revision is null ? repository.ListIndex() : repository.ListCommit(repository.ResolveCommit(revision));
        var prefix = Path.GetRelativePath(repository.TopLevel, Path.Combine(root, folder)).Replace(Path.DirectorySeparatorChar, '/');
        var inside = new Dictionary<string, GitEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.IsLink)
                continue;
            if (prefix == "." || entry.Path.StartsWith($"{prefix}/", StringComparison.Ordinal))
                inside[prefix == "." ? entry.Path : entry.Path[(prefix.Length + 1)..]] = entry;
        }

        return new RevisionTemplates(repository, inside, folder);
    }

    public string Shown(string name) => $"{folder.TrimEnd('/')}/{name}";

    public string? Read(string name, out string problem)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            problem = $"there is no template '{Shown(name)}'";
            return null;
        }

        var content = repository.Read([entry], TemplateFolder.MaxBytes, TemplateFolder.MaxBytes)[0];
        problem = content.Fault == SourceFault.None
            ? ""
            : $"'{Shown(name)}' cannot be read: {(content.Fault == SourceFault.NotUtf8 ? "it is not UTF-8" : content.Detail)}";
        return content.Fault == SourceFault.None ? content.Text : null;
    }
}
