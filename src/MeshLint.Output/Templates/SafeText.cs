namespace MeshLint.Output.Templates;

/// <summary>Text that is Markdown already: written as it is, where any other value is escaped.</summary>
internal sealed class SafeText(string text)
{
    public override string ToString() => text;
}
