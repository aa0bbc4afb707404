using MeshLint.Core;
using MeshLint.Core.Emit;
using MeshLint.Core.Migration;
using MeshLint.Templates;

namespace MeshLint.Cli.Commands;

/// <summary>Every file that a build writes, by path.</summary>
internal static class BuildOutputs
{
    /// <summary>Computes the files.</summary>
    /// <param name="compilation">The repository.</param>
    /// <param name="forms">The manifests wanted.</param>
    /// <param name="planTemplate">The user's own template of <c>plan.md</c>, or null.</param>
    /// <exception cref="TemplateException">The user's template is wrong.</exception>
    public static ImmutableArray<OutputFile> Of(Compilation compilation, ManifestForms forms, string? planTemplate)
    {
        var plan = compilation.Plan;
        var files = ImmutableArray.CreateBuilder<OutputFile>();
        files.AddRange(ManifestEmitter.Emit(compilation.Verdicts, compilation.Objects, forms, compilation.Version).Files);
        files.Add(new OutputFile("graph.json", GraphJson.Write(compilation.Graph)));
        files.Add(new OutputFile("migration/plan.json", PlanJson.Write(plan)));
        files.Add(new OutputFile("migration/plan.md", PlanMarkdown.Render(plan, planTemplate)));
        files.Sort(static (a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
        return files.ToImmutable();
    }
}
