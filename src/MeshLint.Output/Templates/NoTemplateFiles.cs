namespace MeshLint.Output.Templates;

/// <summary>Where there is no template folder: nothing can be included.</summary>
internal sealed class NoTemplateFiles : ITemplateFiles
{
    public string? Read(string name, out string problem)
    {
        problem = $"there is no template folder to include '{name}' from";
        return null;
    }

    public string Shown(string name) => name;
}
