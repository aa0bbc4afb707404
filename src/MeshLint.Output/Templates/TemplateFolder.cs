using MeshLint.Sources;
using MeshLint.Kuma.Go;
using MeshLint.Yaml;

namespace MeshLint.Output.Templates;

/// <summary>
/// A folder of templates on disk. Nothing outside of it is read: no <c>..</c>, no absolute path, no symbolic link, no pipe, nothing above 1
/// MiB.
/// </summary>
/// <param name="folder">Full path of the folder.</param>
/// <param name="shown">The folder as the user wrote it.</param>
/// <param name="read">Reads a file up to a size and never waits; null: the file system is asked directly.</param>
public sealed class TemplateFolder(string folder, string shown, Func<string, long, SourceContent>? read = null) : ITemplateFiles
{
    /// <summary>Largest template, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    public string Shown(string name) => $"{shown.TrimEnd('/')}/{name}";

    public string? Read(string name, out string problem)
    {
        if (name.Split('/').Any(static s => s is "" or "." or "..") || name.Any(static c => c is '\\' or ':' || char.IsControl(c)))
        {
            problem = $"'{name}' is no path below the template folder";
            return null;
        }

        try
        {
            return ReadFile(name, out problem);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception is UnauthorizedAccessException
                ? $"'{Shown(name)}' cannot be read: permission denied"
                : $"'{Shown(name)}' cannot be read";
            return null;
        }
    }

    private string? ReadFile(string name, out string problem)
    {
        var path = folder;
        foreach (var segment in name.Split('/'))
        {
            path = Path.Combine(path, segment);
            if (new FileInfo(path).LinkTarget is not null)
            {
                problem = $"'{Shown(name)}' is a symbolic link, and templates are read from their folder only";
                return null;
            }
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            problem = $"there is no template '{Shown(name)}'";
            return null;
        }

        if (file.Length > MaxBytes)
        {
            problem = $"'{Shown(name)}' has {file.Length} bytes, the limit for a template is {MaxBytes}";
            return null;
        }

        // Without a reader: pipes and devices have no length, and opening one could wait for ever.
        var content = read is not null ? read(path, MaxBytes) : file.Length == 0 ? default : TextDecoder.Decode(File.ReadAllBytes(path));
        problem = content.Fault switch
        {
            SourceFault.None => "",
            SourceFault.NotUtf8 => $"'{Shown(name)}' is not UTF-8",
            _ => $"'{Shown(name)}' cannot be read: {content.Detail}",
        };
        return content.Fault == SourceFault.None ? content.Text ?? "" : null;
    }
}
