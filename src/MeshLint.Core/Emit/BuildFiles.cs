using MeshLint.Core.Migration;

namespace MeshLint.Core.Emit;

/// <summary>The files of <c>meshlint build</c>: manifests, <c>graph.json</c>, <c>migration/plan.json</c> and <c>migration/plan.md</c>.</summary>
public static class BuildFiles
{
    /// <summary>All files, sorted by path.</summary>
    /// <param name="compilation">The repository.</param>
    /// <param name="forms">The forms of manifests wanted.</param>
    /// <param name="planMarkdown">Renders plan.md; lives outside of Core with its template engine.</param>
    /// <param name="notes">What a form cannot say.</param>
    public static ImmutableArray<OutputFile> Of(Compilation compilation, ManifestForms forms, Func<MigrationPlan, string> planMarkdown, out ImmutableArray<EmitNote> notes)
    {
        ArgumentNullException.ThrowIfNull(compilation);
        ArgumentNullException.ThrowIfNull(planMarkdown);
        var manifests = ManifestEmitter.Emit(compilation.Verdicts, compilation.Objects, forms, compilation.Version);
        notes = manifests.Notes;
        ImmutableArray<OutputFile> files =
        [
            .. manifests.Files,
            new("graph.json", GraphJson.Write(compilation.Graph)),
            new("migration/plan.json", PlanJson.Write(compilation.Plan)),
            new("migration/plan.md", planMarkdown(compilation.Plan)),
        ];
        return files.Sort(static (a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
    }
}
