namespace MeshLint.Output.Templates;

/// <summary>The files that a template may include.</summary>
public interface ITemplateFiles
{
    /// <summary>The text of a file, or null with the reason as a sentence without a full stop.</summary>
    /// <param name="name">Path below the folder, with slashes.</param>
    string? Read(string name, out string problem);

    /// <summary>The file as messages name it.</summary>
    string Shown(string name);
}
