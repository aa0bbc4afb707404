namespace MeshLint.Build;

/// <summary>Writes <c>RuleCatalog.g.cs</c> from the rule files.</summary>
internal static class RulesTask
{
    /// <summary>Writes the catalogue; with <c>--check</c> it only says (exit 1) whether the file would change.</summary>
    public static int Run(string[] args)
    {
        var folder = Path.Combine(ProjectPaths.Root, "src", "MeshLint.Analysis", "Rules");
        return GeneratedFile.Write(Path.Combine(folder, "RuleCatalog.g.cs"), RuleCatalogText.Of(folder), args.Contains("--check"));
    }
}
