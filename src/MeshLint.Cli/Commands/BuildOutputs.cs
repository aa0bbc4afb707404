using MeshLint.Output.Graph;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Output.Emit;
using MeshLint.Yaml;
using MeshLint.Analysis.Migration;
using MeshLint.Output.Migration;
using MeshLint.Output.Templates;

namespace MeshLint.Cli.Commands;

/// <summary>Every file that a build writes, by path.</summary>
internal static class BuildOutputs
{
    /// <summary>Computes the files.</summary>
    /// <param name="compilation">The repository.</param>
    /// <param name="forms">The manifests wanted.</param>
    /// <param name="templates">The user's own templates, or null for the built-in ones.</param>
    /// <exception cref="TemplateException">A template of the user's is wrong.</exception>
    public static ImmutableArray<OutputFile> Of(Compilation compilation, ManifestForms forms, UserTemplates? templates)
    {
        var plan = compilation.Plan;
        var files = ImmutableArray.CreateBuilder<OutputFile>();
        files.AddRange(ManifestEmitter.Emit(compilation.Verdicts, compilation.Objects, forms, compilation.Version).Files);
        files.Add(new OutputFile("graph.json", GraphJson.Write(GraphDocument.Of(compilation.Bindings))));
        files.Add(new OutputFile("migration/plan.json", PlanJson.Write(plan)));
        files.Add(
            new OutputFile(
                "migration/plan.md",
                templates is null ? PlanMarkdown.Render(plan) : PlanMarkdown.Render(plan, templates.Plan, templates.Files)));
        files.Sort(static (a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
        return files.ToImmutable();
    }
}
