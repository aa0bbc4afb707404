using MeshLint.Cli.Files;
using MeshLint.Sources.Git;
using MeshLint.Output.Templates;

namespace MeshLint.Cli.Commands;

/// <summary>The templates of a user: the one of the plan, and the files beside it that it may include.</summary>
/// <param name="Plan">Text of <c>plan.md.scriban</c>.</param>
/// <param name="Files">The folder.</param>
internal sealed record UserTemplates(string Plan, ITemplateFiles Files)
{
    private const string OldTemplateName = "plan.md.hbs";

    /// <summary>From the folder that <c>--templates</c> names.</summary>
    /// <exception cref="UsageException">There is no such folder, or no template in it.</exception>
    public static UserTemplates FromDisk(string folder, CliHost host)
    {
        var full = Path.GetFullPath(folder, host.Folder);
        TreeBoundary.Resolve(full, folder, host.Folder);
        return Directory.Exists(full)
            ? Read(folder, new TemplateFolder(full, folder, BoundedFile.ReadText))
            : throw new UsageException($"there is no folder '{folder}'");
    }

    /// <summary>
    /// From the folder that the configuration names, read from where the configuration was read; null where it names none.
    /// </summary>
    /// <exception cref="UsageException">There is no such folder, no template in it, or it leads out of the repository.</exception>
    /// <exception cref="GitException">Git cannot give what was asked.</exception>
    public static UserTemplates? FromConfiguration(Inputs inputs, CliHost host, string? revision, bool staged)
    {
        if (inputs.Options.Templates is not { } folder)
            return null;
        if (revision is not null || staged)
            return Read(folder, RevisionTemplates.Open(inputs.Root, folder, revision, host));
        var full = inputs.Root;
        foreach (var segment in folder.Split('/').Where(static s => s is not ("" or ".")))
        {
            full = Path.Combine(full, segment);
            if (new DirectoryInfo(full).LinkTarget is not null)
                throw new UsageException(
                    $"templates '{folder}' of the configuration is a symbolic link, and templates are read from the repository only");
        }

        return Directory.Exists(full)
            ? Read(folder, new TemplateFolder(full, folder, BoundedFile.ReadText))
            : throw new UsageException($"there is no folder '{folder}', which the configuration names for templates");
    }

    private static UserTemplates Read(string folder, ITemplateFiles files)
    {
        if (files.Read(PlanMarkdown.TemplateName, out var problem) is { } text)
            return new UserTemplates(text, files);
        throw new UsageException(files.Read(OldTemplateName, out _) is null
            ? problem
            : $"'{folder}' holds {OldTemplateName}, but templates are Scriban's now: {PlanMarkdown.TemplateName} (docs/migration-plan.md)");
    }
}
